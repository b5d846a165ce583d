import { svg, html } from 'lit';

const PATHS = {
  people: svg`<circle cx="9" cy="8" r="3.5"></circle><path d="M2.5 20c0-4 3-6.5 6.5-6.5s6.5 2.5 6.5 6.5"></path><path d="M16 5a3.2 3.2 0 0 1 0 6.2M18 14.2c2.2.9 3.5 3 3.5 5.8"></path>`,
  projector: svg`<rect x="2.5" y="7" width="19" height="9.5" rx="2"></rect><circle cx="15.5" cy="11.75" r="2.6"></circle><path d="M6 11.75h3.5M6 16.5V19M18 16.5V19"></path>`,
  screen: svg`<rect x="2.5" y="4" width="19" height="12.5" rx="1.5"></rect><path d="M8 20.5h8M12 16.5v4"></path>`,
  whiteboard: svg`<path d="M2.5 4h19M4 4v11.5h16V4M12 15.5v2M12 17.5l-4 3.5M12 17.5l4 3.5"></path><path d="M8 11.5l2.5-3 2.5 2 3-3"></path>`,
  phone: svg`<path d="M12 3.5v5.5M12 9c-2.5 0-3 2.5-4.5 5L3 18.5c-.8 1 0 2 1 2h16c1 0 1.8-1 1-2L16.5 14C15 11.5 14.5 9 12 9z"></path><circle cx="12" cy="15" r="2"></circle>`,
  video: svg`<rect x="2.5" y="6" width="13" height="12" rx="2"></rect><path d="M15.5 10.5l6-3v9l-6-3z"></path>`,
  sound: svg`<path d="M4 9.5v5h3.5l5 4v-13l-5 4z"></path><path d="M16 9a4.5 4.5 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11"></path>`,
  reach: svg`<circle cx="10.5" cy="4" r="1.8"></circle><path d="M10.5 7.5v6h5.5l2.5 5.5h2M10.5 9.8h4.5M8 11.2a5.2 5.2 0 1 0 6.6 6.6"></path>`,
};

/**
 * An icon, drawn with lines in the colour of the text.
 *
 * @param {keyof PATHS} name
 */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"
    stroke-linejoin="round" aria-hidden="true">${PATHS[name]}</svg>`;
}

/** Whether there is an icon of that name. */
export function hasIcon(name) {
  return name in PATHS;
}
