import { html, svg } from 'lit';

/** What each icon is drawn of, in a square of 24. */
const DRAWN = {
  today: svg`<circle cx="12" cy="12" r="9" /><path d="M12 7v5l3 2" />`,
  board: svg`<rect x="3" y="4" width="18" height="16" rx="2" /><path d="M3 9h18M8 9v11M11.5 12.5h5M13.5 16.5h4" />`,
  rooms: svg`<path d="M5 21V4.5A1.5 1.5 0 0 1 6.5 3h11A1.5 1.5 0 0 1 19 4.5V21M3 21h18M15 12v1.5" />`,
  people: svg`<circle cx="9" cy="8" r="3.5" /><path d="M2.5 20a6.5 6.5 0 0 1 13 0M16 4.9a3.5 3.5 0 0 1 0 6.2M18.5 14.5A6.5 6.5 0 0 1 21.5 20" />`,
  departments: svg`<rect x="9" y="3" width="6" height="5" rx="1" /><rect x="3" y="16" width="6" height="5" rx="1" /><rect x="15" y="16" width="6" height="5" rx="1" /><path d="M12 8v4M6 16v-4h12v4" />`,
  sites: svg`<path d="M12 21s7-6.1 7-11.5A7 7 0 0 0 5 9.5C5 14.9 12 21 12 21Z" /><circle cx="12" cy="9.5" r="2.5" />`,
  devices: svg`<rect x="3" y="4" width="18" height="12" rx="2" /><path d="M9 20h6M12 16v4" />`,
  policies: svg`<path d="M4 7h9M17 7h3M4 17h3M11 17h9" /><circle cx="15" cy="7" r="2" /><circle cx="9" cy="17" r="2" />`,
  audit: svg`<path d="M7 3h7l5 5v12a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1ZM14 3v5h5M9.5 13h5M9.5 17h5" />`,
  me: svg`<circle cx="12" cy="8" r="4" /><path d="M4 21a8 8 0 0 1 16 0" />`,
  admin: svg`<circle cx="12" cy="12" r="3" /><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M5.6 18.400l2.2-2.2M16.2 7.8l2.2-2.2" />`,
  collapse: svg`<path d="M14 7l-5 5 5 5" />`,
  expand: svg`<path d="M10 7l5 5-5 5" />`,
};

/**
 * An icon beside words, or hidden from those who hear the page.
 *
 * @param {string} name
 */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${DRAWN[name]}</svg>`;
}
