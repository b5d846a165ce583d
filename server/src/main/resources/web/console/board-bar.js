import { html, css, nothing, LitElement } from 'lit';
import { inLanguage, text } from '/kit/language.js';
import { date as dateOf, day } from '/kit/time.js';
import { dayAfter, dayOf, mondayOf, ZOOMS } from './board-scale.js';
import { controls } from './controls.js';
import { equipmentWords } from './row.js';

const SEATS = [4, 8, 12, 20];

/** Which days, how near, and which rooms. Sends `turn` with what changes of the address. */
export class BoardBar extends LitElement {
  static properties = {
    date: { type: String },
    zoom: { type: String },
    query: { attribute: false },
    now: { type: Number },
    site: { attribute: false },
    rooms: { attribute: false },
    shown: { type: Number },
    named: { attribute: false },
    narrow: { type: Boolean },
    language: { type: String },
  };

  static styles = [
    controls,
    css`
      :host {
        flex: 1;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 12px;
        min-width: 0;
      }
      .when,
      .zooms {
        display: flex;
        align-items: center;
      }
      .when > * {
        border-radius: 0;
        margin-inline-start: -1px;
      }
      .when > :first-child,
      .zooms button:first-child {
        border-start-start-radius: var(--radius);
        border-end-start-radius: var(--radius);
        margin: 0;
      }
      .when > :last-child,
      .zooms button:last-child {
        border-start-end-radius: var(--radius);
        border-end-end-radius: var(--radius);
      }
      .when input {
        width: 144px;
      }
      .day {
        font-weight: 600;
        white-space: nowrap;
      }
      .named {
        color: var(--danger);
      }
      .step {
        width: 36px;
        padding: 0;
      }
      .zooms button {
        border-radius: 0;
        margin-inline-start: -1px;
      }
      .zooms button[aria-pressed="true"] {
        position: relative;
        background: var(--accent-soft);
        border-color: var(--accent);
        color: var(--accent);
        font-weight: 600;
      }
      .filters {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        margin-inline-start: auto;
      }
      select {
        width: auto;
      }
      details {
        position: relative;
      }
      summary {
        display: flex;
        align-items: center;
        min-height: 36px;
        padding: 0 12px;
        border: 1px solid var(--line-control);
        border-radius: var(--radius);
        background: var(--surface);
        cursor: pointer;
        list-style: none;
      }
      summary::after {
        content: '▾';
        margin-inline-start: 8px;
        color: var(--ink2);
      }
      summary::-webkit-details-marker {
        display: none;
      }
      .set {
        border-color: var(--accent);
        background: var(--accent-soft);
      }
      fieldset {
        position: absolute;
        z-index: 7;
        top: calc(100% + 4px);
        right: 0;
        min-width: 184px;
        margin: 0;
        padding: 8px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
        box-shadow: var(--shadow);
      }
      fieldset label {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 36px;
        padding: 0 8px;
        cursor: pointer;
      }
      fieldset input {
        width: 18px;
        min-height: 18px;
        accent-color: var(--accent);
      }
      .unseen {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
      .count {
        color: var(--ink2);
        white-space: nowrap;
      }
      @media (pointer: coarse) {
        summary,
        .step {
          min-height: 44px;
          min-width: 44px;
        }
      }
      @media (max-width: 719px) {
        :host {
          flex-basis: 100%;
        }
        .filters {
          margin: 0;
        }
        .when {
          width: 100%;
        }
        .when input {
          flex: 1;
        }
        fieldset {
          right: auto;
          left: 0;
        }
      }
    `,
  ];

  render() {
    return html`
      <div class="when" role="group" aria-label=${this.#say('board.date')}>
        <button class="step" aria-label=${this.#say(this.zoom === 'week' ? 'board.week.before' : 'board.day.before')} @click=${() => this.#step(-1)}>‹</button>
        <button class="today" aria-current=${this.#isToday() ? 'date' : nothing} @click=${() => this.#turn({ date: undefined })}>${this.#say('shell.today')}</button>
        <input type="date" aria-label=${this.#say('board.date')} .value=${this.date} @change=${this.#picked} />
        <button class="step" aria-label=${this.#say(this.zoom === 'week' ? 'board.week.after' : 'board.day.after')} @click=${() => this.#step(1)}>›</button>
      </div>
      <span class="day">${this.#name()}${this.#named()}</span>
      ${this.narrow ? nothing : this.#zooms()}
      <div class="filters">${this.#filters()}</div>
    `;
  }

  #zooms() {
    return html`<div class="zooms" role="group" aria-label=${this.#say('board.zoom')}>
      ${Object.keys(ZOOMS).map(
        (zoom) => html`<button aria-pressed=${zoom === this.zoom} @click=${() => this.#turn({ zoom: zoom === 'day' ? undefined : zoom })}>
          ${this.#say(`board.zoom.${zoom}`)}
        </button>`,
      )}
    </div>`;
  }

  #filters() {
    const floors = [...new Set(this.rooms.map(({ floor }) => floor))];
    const codes = [...new Set(this.rooms.flatMap(({ equipment }) => equipment))];
    const chosen = this.#chosen();
    const floor = this.query.get('floor') ?? '';
    const seats = this.query.get('seats') ?? '';
    const filtered = floor !== '' || seats !== '' || chosen.length > 0;
    return html`
      ${filtered ? html`<span class="count" role="status">${text('board.shown', { shown: this.shown, all: this.rooms.length }, this.language)}</span>` : nothing}
      ${filtered ? html`<button class="plain clear" @click=${() => this.#turn({ floor: '', seats: '', with: '' })}>${this.#say('board.clear')}</button>` : nothing}
      <select class="floor ${floor ? 'set' : ''}" aria-label=${this.#say('board.floor')} @change=${({ target }) => this.#turn({ floor: target.value })}>
        ${this.#option('', this.#say('board.floor.all'), floor)} ${floors.map((each) => this.#option(each, this.#floorName(each), floor))}
      </select>
      <select class="seats ${seats ? 'set' : ''}" aria-label=${this.#say('board.capacity')} @change=${({ target }) => this.#turn({ seats: target.value })}>
        ${this.#option('', this.#say('board.capacity.any'), seats)}
        ${SEATS.map((each) => this.#option(String(each), text('board.capacity.from', { people: each }, this.language), seats))}
      </select>
      <details @keydown=${this.#key} @focusout=${this.#left}>
        <summary class=${chosen.length > 0 ? 'set' : ''}>${this.#summary(chosen)}</summary>
        <fieldset>
          <legend class="unseen">${this.#say('board.equipment')}</legend>
          ${codes.map((code, at) => this.#box(code, equipmentWords(codes)[at], chosen))}
        </fieldset>
      </details>
    `;
  }

  #option(value, name, chosen) {
    return html`<option value=${value} .selected=${value === chosen}>${name}</option>`;
  }

  #box(code, words, chosen) {
    const change = ({ target }) => {
      const all = target.checked ? [...chosen, code] : chosen.filter((each) => each !== code);
      this.#turn({ with: all.join(',') });
    };
    return html`<label><input type="checkbox" name=${code} .checked=${chosen.includes(code)} @change=${change} />${inLanguage(words, this.language)}</label>`;
  }

  #summary(chosen) {
    if (chosen.length === 0) return this.#say('board.equipment');
    return equipmentWords(chosen)
      .map((words) => inLanguage(words, this.language))
      .join(' + ');
  }

  #chosen() {
    return (this.query.get('with') ?? '').split(',').filter(Boolean);
  }

  #key = (event) => {
    if (event.key !== 'Escape') return;
    const details = event.currentTarget;
    details.open = false;
    details.querySelector('summary').focus();
  };

  #left = ({ currentTarget, relatedTarget }) => {
    if (!currentTarget.contains(relatedTarget)) currentTarget.open = false;
  };

  #floorName(floor) {
    return /^\d+$/.test(floor) ? text('console.floor', { floor }, this.language) : floor;
  }

  #name() {
    const { zone } = this.site;
    const at = (date) => dayOf(date, zone).from;
    if (this.zoom !== 'week') return inLanguage(day(at(this.date), zone), this.language);
    const monday = mondayOf(this.date);
    const format = new Intl.DateTimeFormat(this.language === 'en' ? 'en-GB' : this.language, { timeZone: zone, month: 'short', day: 'numeric' });
    return format.formatRange(at(monday), at(dayAfter(monday, 6)));
  }

  /** What the day is called, where it has a name of its own. */
  #named() {
    const named = this.zoom === 'week' ? undefined : this.named.get(this.date);
    if (!named) return nothing;
    const closed = named.closed ? ` (${this.#say('board.holiday')})` : '';
    return html` · <span class="named">${inLanguage(named.name, this.language)}${closed}</span>`;
  }

  #isToday() {
    return this.date === dateOf(this.now, this.site.zone);
  }

  #step(by) {
    const date = dayAfter(this.date, by * ZOOMS[this.zoom].days);
    this.#turn({ date: date === dateOf(this.now, this.site.zone) ? undefined : date });
  }

  #picked = ({ target }) => {
    if (target.value) this.#turn({ date: target.value });
  };

  #turn(detail) {
    this.dispatchEvent(new CustomEvent('turn', { detail }));
  }

  #say(key) {
    return text(key, {}, this.language);
  }
}

customElements.define('board-bar', BoardBar);
