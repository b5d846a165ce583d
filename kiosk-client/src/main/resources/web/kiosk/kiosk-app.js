import { html, css, LitElement } from 'lit';
import { bilingual } from '/kit/bilingual.js';
import { endOf, entryAt } from '/kit/entry.js';
import { both } from '/kit/language.js';
import { OFFLINE_AFTER } from '/kit/live-connection.js';
import '/kit/live-ribbon.js';
import { hallOf } from './hall.js';
import './hall-list.js';
import './hall-top.js';

/** The longest that the page sleeps, ms: its clock may have been corrected meanwhile. */
const LONGEST_SLEEP = 10_000;

/** Every so often the picture moves by a pixel, so that it does not burn in, ms. */
const ORBIT = 60_000;
const WAY = [0, 1, 2, 3, 4, 4, 4, 4, 4, 3, 2, 1, 0, 0, 0, 0];

/** The page of a lobby: the meetings of a site today. What it shows depends on the timelines and the server's clock alone. */
export class KioskApp extends LitElement {
  static properties = {
    /** All timelines of the site; absent when no site was named. */
    live: { attribute: false },
  };

  static styles = css`
    :host {
      display: block;
      overflow: hidden;
    }
    main {
      height: 100%;
      display: grid;
      grid-template: auto auto minmax(0, 1fr) / 100%;
      transform: translate(var(--orbit-x, 0), var(--orbit-y, 0));
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
    @media (min-aspect-ratio: 3 / 2) {
      main {
        grid-template: auto minmax(0, 1fr) / calc(500 * var(--u)) minmax(0, 1fr);
      }
      hall-top {
        grid-row: 1 / -1;
      }
      .ribbon {
        grid-column: 2;
      }
    }
  `;

  #timer;
  #orbitTimer;
  #step = 0;

  connectedCallback() {
    super.connectedCallback();
    this.live?.addEventListener('change', this.#onChange);
    document.addEventListener('visibilitychange', this.#onChange);
    this.#orbitTimer = setInterval(() => this.#orbit(), ORBIT);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.live?.removeEventListener('change', this.#onChange);
    document.removeEventListener('visibilitychange', this.#onChange);
    clearInterval(this.#orbitTimer);
    clearTimeout(this.#timer);
  }

  #onChange = () => this.requestUpdate();

  render() {
    const now = this.live?.clock.now() ?? Date.now();
    const timelines = this.live?.shown() ?? [];
    const zone = timelines[0]?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    const hall = hallOf(timelines, now);
    const age = this.live?.age() ?? 0;
    const stale = age >= OFFLINE_AFTER && hall.rooms > 0;
    return html`
      <main>
        <hall-top .now=${now} .zone=${zone} .hall=${hall}></hall-top>
        <div class="ribbon"><live-ribbon .age=${age} .heard=${this.live?.heard} .now=${now} .zone=${zone}></live-ribbon></div>
        ${this.#body(hall, stale)}
      </main>
    `;
  }

  #body(hall, stale) {
    const words = this.#instead(hall);
    return words
      ? html`<p class="say" role="status">${bilingual(words)}</p>`
      : html`<hall-list class=${stale ? 'stale' : ''} .rows=${hall.rows}></hall-list>`;
  }

  /** What is said where there is no list to show. */
  #instead(hall) {
    if (!this.live) return both('kiosk.no-site');
    if (hall.rooms === 0) return both('door.unknown.never');
    if (hall.unknown === hall.rooms) return both('door.unknown.past');
    return hall.rows.length === 0 ? both('door.no-more') : undefined;
  }

  updated() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.requestUpdate(), this.#untilNextChange());
  }

  /** Sleeps until the picture changes by itself: the next minute, entry or age. */
  #untilNextChange() {
    const now = this.live?.clock.now() ?? Date.now();
    const turns = [Math.floor(now / 60_000) * 60_000 + 60_000, ...(this.live?.turns() ?? [])];
    for (const timeline of this.live?.shown() ?? []) {
      const entry = entryAt(timeline, now);
      if (entry) turns.push(endOf(timeline, entry));
    }
    const next = Math.min(...turns.filter((turn) => turn > now));
    return Math.min(LONGEST_SLEEP, next - now + 1);
  }

  #orbit() {
    this.#step = (this.#step + 1) % WAY.length;
    this.style.setProperty('--orbit-x', `${WAY[this.#step] - 2}px`);
    this.style.setProperty('--orbit-y', `${WAY[(this.#step + 12) % WAY.length] - 2}px`);
  }
}

customElements.define('kiosk-app', KioskApp);
