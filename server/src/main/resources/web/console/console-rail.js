import { html, css, nothing, LitElement } from 'lit';
import { text } from '/kit/language.js';
import { controls } from './controls.js';
import { icon } from './icons.js';
import { placesIn } from './places.js';

const NARROW = 'foyer.rail.narrow';

/** The way around: a rail at the left, which can be narrowed to its icons; on a phone, a bar below. */
export class ConsoleRail extends LitElement {
  static properties = {
    me: { attribute: false },
    path: { type: String },
    language: { type: String },
    narrow: { type: Boolean, reflect: true },
  };

  static styles = [
    controls,
    css`
      :host {
        position: sticky;
        top: var(--top);
        align-self: start;
        height: calc(100vh - var(--top));
        width: 200px;
        flex: none;
        border-inline-end: 1px solid var(--line);
        background: var(--surface);
      }
      :host([narrow]) {
        width: 57px;
      }
      nav {
        display: flex;
        flex-direction: column;
        gap: 2px;
        height: 100%;
        padding: 12px 8px;
        overflow-y: auto;
      }
      a,
      button {
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: 40px;
        padding: 0 10px;
        border: 0;
        border-radius: var(--radius);
        background: none;
        color: var(--ink2);
        text-decoration: none;
        white-space: nowrap;
        overflow: hidden;
      }
      a:focus-visible,
      button:focus-visible {
        outline-offset: -2px;
      }
      a:hover,
      button:hover {
        background: var(--sunk);
        color: var(--ink);
      }
      a[aria-current] {
        background: var(--accent-soft);
        color: var(--accent);
        font-weight: 600;
      }
      .icon {
        width: 20px;
        height: 20px;
        flex: none;
        fill: none;
        stroke: currentcolor;
        stroke-width: 1.5;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
      h2 {
        margin: 16px 10px 4px;
        font-size: 12px;
        line-height: 18px;
        font-weight: 600;
        color: var(--ink2);
      }
      .fold {
        margin-top: auto;
      }
      .small {
        display: none;
      }
      :host([narrow]) span,
      :host([narrow]) h2 {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
      :host([narrow]) nav .first {
        margin-top: 16px;
      }
      @media (max-width: 899px) {
        :host,
        :host([narrow]) {
          position: fixed;
          z-index: 3;
          inset: auto 0 0;
          width: auto;
          height: auto;
          border: 0;
          border-top: 1px solid var(--line);
          padding-bottom: env(safe-area-inset-bottom);
        }
        nav {
          flex-direction: row;
          padding: 4px;
          gap: 0;
          overflow: visible;
        }
        nav a {
          flex: 1;
          flex-direction: column;
          justify-content: center;
          gap: 0;
          min-height: 52px;
          min-width: 0;
          padding: 0 2px;
          font-size: 12px;
          line-height: 18px;
        }
        :host([narrow]) span {
          position: static;
          width: auto;
          height: auto;
          clip-path: none;
        }
        h2,
        .large {
          display: none;
        }
        .small {
          display: flex;
        }
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.narrow = localStorage.getItem(NARROW) === 'yes';
  }

  render() {
    const admin = placesIn('admin', this.me);
    return html`<nav aria-label=${this.#say('shell.places')}>
      ${placesIn('main', this.me).map((place) => this.#link(place))}
      ${this.#link({ path: '/me', word: 'shell.me', icon: 'me' }, 'small')}
      ${admin.length > 0 ? this.#link({ path: '/admin', word: 'shell.admin', icon: 'admin' }, 'small') : nothing}
      ${admin.length > 0 ? html`<h2>${this.#say('shell.admin')}</h2>` : nothing}
      ${admin.map((place, i) => this.#link(place, i === 0 ? 'large first' : 'large'))}
      <button class="fold large" @click=${this.#fold}>
        ${icon(this.narrow ? 'expand' : 'collapse')}<span>${this.#say(this.narrow ? 'shell.expand' : 'shell.collapse')}</span>
      </button>
    </nav>`;
  }

  #link(place, kind = '') {
    const name = this.#say(place.word);
    const title = this.narrow ? name : nothing;
    return html`<a class=${kind} href=${place.path} title=${title} aria-current=${this.#current(place)}>${icon(place.icon)}<span>${name}</span></a>`;
  }

  /** A place is where one is, or above it. */
  #current({ path }) {
    if (this.path === path) return 'page';
    return path !== '/' && this.path.startsWith(`${path}/`) ? 'true' : nothing;
  }

  #fold = () => {
    this.narrow = !this.narrow;
    localStorage.setItem(NARROW, this.narrow ? 'yes' : 'no');
  };

  #say(key) {
    return text(key, {}, this.language);
  }
}

customElements.define('console-rail', ConsoleRail);
