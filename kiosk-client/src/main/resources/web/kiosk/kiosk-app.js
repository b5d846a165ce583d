import { html, css, nothing } from 'lit';
import { bilingual } from '/kit/bilingual.js';
import { GlassPage } from '/kit/glass-page.js';
import { both } from '/kit/language.js';
import { OFFLINE_AFTER } from '/kit/live-connection.js';
import '/kit/live-ribbon.js';
import { hallOf } from './hall.js';
import './hall-list.js';
import './hall-top.js';
import { Reader } from './reader.js';
import './staff-register.js';

/**
 * The page of a lobby: the meetings of a site today, which depend on the timelines and the server's clock alone, and what people
 * can do here. A badge is heard at any time.
 */
export class KioskApp extends GlassPage {
  static properties = {
    /** Whether somebody is registering. */
    registering: { state: true },
  };

  static styles = [
    GlassPage.styles,
    css`
      main {
        grid-template: auto auto minmax(0, 1fr) auto / 100%;
        font-size: calc(24 * var(--u));
      }
      live-ribbon {
        --ribbon-padding: calc(16 * var(--u)) calc(56 * var(--u));
      }
      .say {
        margin: 0;
        align-self: center;
        text-align: center;
        font-size: calc(40 * var(--u));
        padding: calc(56 * var(--u));
      }
      .say .en {
        display: block;
        margin-top: 0.3em;
        font-size: 0.75em;
        color: #c9ced4;
      }
      .stale {
        filter: saturate(40%);
      }
      .tiles {
        padding: calc(4 * var(--mm)) calc(56 * var(--u)) calc(8 * var(--mm));
        background: #0e1115;
      }
      .tile {
        all: unset;
        box-sizing: border-box;
        width: 100%;
        min-width: calc(60 * var(--mm));
        min-height: calc(24 * var(--mm));
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: calc(8 * var(--mm));
        padding: calc(3 * var(--mm)) calc(8 * var(--mm));
        color: #14181d;
        background: #ffffff;
        border-radius: calc(18 * var(--u));
        cursor: pointer;
        touch-action: manipulation;
      }
      .tile:active {
        background: #d5d9dd;
      }
      .tile:focus-visible {
        outline: calc(5 * var(--u)) solid #8fb8ff;
        outline-offset: calc(4 * var(--u));
      }
      .tile .name,
      .tile .hint {
        display: grid;
        line-height: 1.2;
      }
      .tile .name {
        font-size: calc(9 * var(--mm));
        font-weight: 600;
      }
      .tile .name .en {
        font-size: 0.62em;
      }
      .tile .hint {
        font-size: calc(5 * var(--mm));
        text-align: end;
      }
      .tile .hint .en {
        font-size: 0.86em;
      }
      @media (min-aspect-ratio: 3 / 2) {
        .tiles {
          grid-column: 1;
          padding-right: calc(40 * var(--u));
        }
        .tile {
          flex-direction: column;
          align-items: start;
          gap: calc(3 * var(--mm));
        }
        .tile .hint {
          text-align: start;
        }
        main {
          grid-template: auto minmax(0, 1fr) auto / calc(500 * var(--u)) minmax(0, 1fr);
        }
        hall-top {
          grid-row: 1 / 3;
        }
        hall-list,
        .say {
          grid-column: 2;
          grid-row: 2 / -1;
        }
        .tiles {
          grid-row: 3;
        }
        .ribbon {
          grid-column: 2;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.registering = false;
    new Reader(this, (code) => this.#scanned(code));
  }

  render() {
    const now = this.now();
    const timelines = this.live?.shown() ?? [];
    const zone = timelines[0]?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    const hall = hallOf(timelines, now);
    const age = this.live?.age() ?? 0;
    const stale = age >= OFFLINE_AFTER && hall.rooms > 0;
    return html`
      <main>
        <hall-top .now=${now} .zone=${zone} .hall=${hall}></hall-top>
        <div class="ribbon"><live-ribbon .age=${age} .heard=${this.live?.heard} .now=${now} .zone=${zone}></live-ribbon></div>
        ${this.#body(hall, stale)} ${this.#served ? this.#tiles() : nothing}
      </main>
      ${this.registering ? html`<staff-register .connected=${Boolean(this.live?.connected)} @home=${this.#home}></staff-register>` : nothing}
    `;
  }

  /** Whether nobody is in the middle of something. */
  get atRest() {
    return !this.registering;
  }

  /** Whether this glass is one that serves people. */
  get #served() {
    return this.live && !this.refused && !this.stranger;
  }

  #tiles() {
    return html`
      <div class="tiles">
        <button class="tile" @click=${this.#open}>
          <span class="name">${bilingual(both('kiosk.register.title'))}</span>
          <span class="hint">${bilingual(both(this.live.connected ? 'kiosk.register.hint' : 'kiosk.register.offline'))}</span>
        </button>
      </div>
    `;
  }

  #open = () => {
    this.registering = true;
  };

  /** What was typed goes with the element. */
  #home = () => {
    this.registering = false;
  };

  async #scanned(code) {
    if (!this.#served) return;
    this.registering = true;
    await this.updateComplete;
    this.renderRoot.querySelector('staff-register').scanned(code);
  }

  #body(hall, stale) {
    const words = this.#instead(hall);
    return words
      ? html`<p class="say" role="status">${bilingual(words)}</p>`
      : html`<hall-list class=${stale ? 'stale' : ''} .rows=${hall.rows}></hall-list>`;
  }

  /** What is said where there is no list to show. */
  #instead(hall) {
    const instead = this.instead(both('kiosk.no-site'));
    if (instead) return instead;
    if (hall.rooms === 0) return both('door.unknown.never');
    if (hall.unknown === hall.rooms) return both('door.unknown.past');
    return hall.rows.length === 0 ? both('door.no-more') : undefined;
  }
}

customElements.define('kiosk-app', KioskApp);
