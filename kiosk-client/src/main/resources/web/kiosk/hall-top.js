import { html, css, nothing, LitElement } from 'lit';
import { bilingual } from '/kit/bilingual.js';
import { both } from '/kit/language.js';
import { day, wallTime } from '/kit/time.js';
import '/kit/state-shape.js';

/** The time, the day, and how many rooms are free. */
export class HallTop extends LitElement {
  static properties = { now: { type: Number }, zone: { type: String }, hall: { attribute: false } };

  static styles = css`
    :host {
      display: grid;
      grid-template: auto auto / 1fr auto;
      align-items: end;
      gap: calc(20 * var(--u)) calc(40 * var(--u));
      padding: calc(48 * var(--u)) calc(56 * var(--u)) calc(36 * var(--u));
      background: #0e1115;
    }
    h1 {
      margin: 0;
      font-size: calc(52 * var(--u));
      line-height: 1.2;
      font-weight: 600;
    }
    .en {
      color: #c9ced4;
      font-weight: 400;
    }
    h1 .en {
      display: block;
      font-size: 0.6em;
    }
    .clock {
      text-align: end;
    }
    time {
      display: block;
      font-size: calc(132 * var(--u));
      line-height: 1;
      font-weight: 600;
    }
    .day {
      font-size: calc(30 * var(--u));
      white-space: nowrap;
    }
    .counts {
      grid-column: 1 / -1;
      display: flex;
      flex-wrap: wrap;
      gap: calc(14 * var(--u)) calc(56 * var(--u));
      margin: 0;
    }
    .counts div {
      display: flex;
      align-items: center;
      gap: calc(16 * var(--u));
      font-size: calc(30 * var(--u));
    }
    state-shape {
      width: calc(40 * var(--u));
    }
    .free {
      color: var(--strip-free);
    }
    .busy {
      color: var(--strip-busy);
    }
    .unknown {
      color: #c9ced4;
    }
    b {
      font-size: calc(52 * var(--u));
      line-height: 1;
    }
    .label {
      color: #ffffff;
      display: grid;
      line-height: 1.25;
    }
    .label .en {
      font-size: calc(22 * var(--u));
    }
    @media (orientation: landscape) {
      :host {
        grid-template: auto / auto 1fr auto;
        padding: calc(28 * var(--u)) calc(56 * var(--u)) calc(24 * var(--u));
      }
      h1 {
        grid-area: 1 / 1;
      }
      .clock {
        grid-area: 1 / 3;
      }
      time {
        font-size: calc(110 * var(--u));
      }
      .counts {
        grid-area: 1 / 2;
        justify-content: center;
      }
    }
    @media (min-aspect-ratio: 3 / 2) {
      :host {
        grid-template: auto auto 1fr / 100%;
        align-items: start;
        padding: calc(48 * var(--u)) calc(40 * var(--u)) calc(36 * var(--u)) calc(56 * var(--u));
      }
      .clock {
        text-align: start;
        grid-area: 1 / 1;
      }
      time {
        margin-bottom: calc(16 * var(--u));
        font-size: calc(136 * var(--u));
      }
      .day .en {
        display: block;
      }
      h1 {
        grid-area: 2 / 1;
        margin-top: calc(40 * var(--u));
      }
      .counts {
        grid-area: 3 / 1;
        flex-direction: column;
        justify-content: start;
        margin-top: calc(20 * var(--u));
      }
    }
  `;

  render() {
    return html`
      <h1>${bilingual(both('kiosk.today'))}</h1>
      <div class="clock">
        <time>${wallTime(this.now, this.zone)}</time>
        <span class="day">${bilingual(day(this.now, this.zone))}</span>
      </div>
      ${this.hall.rooms > 0 ? this.#counts() : nothing}
    `;
  }

  #counts() {
    const { rooms, free, unknown, rows } = this.hall;
    const busy = rows.filter(({ group }) => group === 'now').length;
    return html`
      <div class="counts">
        ${unknown < rooms ? this.#count('free', 'free', free, 'kiosk.free') : nothing}
        ${unknown < rooms ? this.#count('busy', 'in-use', busy, 'kiosk.running') : nothing}
        ${unknown > 0 ? this.#count('unknown', 'unknown', unknown, 'kiosk.unknown') : nothing}
      </div>
    `;
  }

  #count(kind, state, number, key) {
    return html`<div class=${kind}><state-shape .state=${state}></state-shape><b>${number}</b><span class="label">${bilingual(both(key))}</span></div>`;
  }
}

customElements.define('hall-top', HallTop);
