import { html, css } from 'lit';
import { bilingual } from '/kit/bilingual.js';
import { GlassPage } from '/kit/glass-page.js';
import { both } from '/kit/language.js';
import { OFFLINE_AFTER } from '/kit/live-connection.js';
import '/kit/live-ribbon.js';
import { hallOf } from './hall.js';
import './hall-list.js';
import './hall-top.js';

/** The page of a lobby: the meetings of a site today. What it shows depends on the timelines and the server's clock alone. */
export class KioskApp extends GlassPage {
  static styles = [
    GlassPage.styles,
    css`
      main {
        grid-template: auto auto minmax(0, 1fr) / 100%;
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
    `,
  ];

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
    const instead = this.instead(both('kiosk.no-site'));
    if (instead) return instead;
    if (hall.rooms === 0) return both('door.unknown.never');
    if (hall.unknown === hall.rooms) return both('door.unknown.past');
    return hall.rows.length === 0 ? both('door.no-more') : undefined;
  }
}

customElements.define('kiosk-app', KioskApp);
