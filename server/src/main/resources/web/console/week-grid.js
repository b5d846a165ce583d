import { html, css, LitElement } from 'lit';
import { text } from '/kit/language.js';
import { controls } from './controls.js';
import { TIMES } from './draft.js';

/** @typedef {{weekday: number, opens: string, closes: string}} DayHours */

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const USUAL = { opens: '09:00', closes: '18:00' };

/** The hours of a week, one row a day. Sends `hours` with all days that are open. */
export class WeekGrid extends LitElement {
  static properties = {
    /** @type {DayHours[]} */
    hours: { attribute: false },
    language: { type: String },
    /** Weekdays of which something is wrong. */
    wrong: { attribute: false },
  };

  static styles = [
    controls,
    css`
      :host {
        display: block;
      }
      .day {
        display: grid;
        grid-template-columns: minmax(64px, 96px) auto minmax(0, 1fr);
        align-items: center;
        gap: 4px 12px;
        padding: 6px 0;
        border-top: 1px solid var(--line);
      }
      .day:first-child {
        border-top: 0;
      }
      .open {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .open input {
        width: 18px;
        min-height: 18px;
        accent-color: var(--accent);
      }
      .times {
        display: grid;
        grid-template-columns: 100px max-content 100px;
        align-items: center;
        gap: 8px;
      }
      .closed {
        color: var(--ink2);
      }
      button {
        margin-top: 8px;
      }
      @media (max-width: 479px) {
        .times,
        .closed {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  render() {
    return html`
      ${WEEKDAYS.map((weekday) => this.#day(weekday))}
      <button type="button" class="copy" @click=${this.#copy}>${this.#say('sites.hours.copy')}</button>
    `;
  }

  #day(weekday) {
    const name = this.#say(`sites.weekday.${weekday}`);
    const day = this.hours.find((each) => each.weekday === weekday);
    return html`<div class="day" role="group" aria-label=${name}>
      <span>${name}</span>
      <label class="open">
        <input type="checkbox" data-weekday=${weekday} .checked=${Boolean(day)} @change=${this.#toggle} /> ${this.#say('sites.hours.open')}
      </label>
      ${day
        ? html`<span class="times">${this.#time(day, 'opens')} <span aria-hidden="true">–</span> ${this.#time(day, 'closes')}</span>`
        : html`<span class="closed">${this.#say('sites.hours.closed')}</span>`}
    </div>`;
  }

  #time(day, edge) {
    const times = TIMES.includes(day[edge]) ? TIMES : [...TIMES, day[edge]].sort();
    return html`<select
      data-weekday=${day.weekday}
      data-edge=${edge}
      aria-label=${this.#say(`sites.hours.${edge}`)}
      aria-invalid=${Boolean(this.wrong?.includes(day.weekday))}
      @change=${this.#set}
    >
      ${times.map((time) => html`<option value=${time} ?selected=${time === day[edge]}>${time}</option>`)}
    </select>`;
  }

  #toggle = ({ target }) => {
    const weekday = Number(target.dataset.weekday);
    const others = this.hours.filter((day) => day.weekday !== weekday);
    const { opens, closes } = this.hours[0] ?? USUAL;
    this.#tell(target.checked ? [...others, { weekday, opens, closes }] : others);
  };

  #set = ({ target }) => {
    const weekday = Number(target.dataset.weekday);
    this.#tell(this.hours.map((day) => (day.weekday === weekday ? { ...day, [target.dataset.edge]: target.value } : day)));
  };

  /** Monday's hours for all days of work. */
  #copy = () => {
    const monday = this.hours.find(({ weekday }) => weekday === 1) ?? { ...USUAL };
    const rest = this.hours.filter(({ weekday }) => weekday > 5);
    this.#tell([...[1, 2, 3, 4, 5].map((weekday) => ({ ...monday, weekday })), ...rest]);
  };

  #tell(hours) {
    const sorted = hours.toSorted((one, other) => one.weekday - other.weekday);
    this.dispatchEvent(new CustomEvent('hours', { detail: sorted }));
  }

  #say(key) {
    return text(key, {}, this.language);
  }
}

/** The weekdays whose hours end before they start, or at once. */
export function wrongDays(hours) {
  return hours.filter(({ opens, closes }) => opens >= closes).map(({ weekday }) => weekday);
}

customElements.define('week-grid', WeekGrid);
