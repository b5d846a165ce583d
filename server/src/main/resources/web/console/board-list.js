import { html, css, nothing, LitElement } from 'lit';
import { inLanguage, text } from '/kit/language.js';
import { length, wallTime } from '/kit/time.js';
import { freeAround, takes } from './board-plan.js';
import { floorsOf } from './company.js';
import { controls } from './controls.js';
import { equipmentWords } from './row.js';
import { standOf, titleOfSlip, wordOf } from './slip-words.js';

const MINUTE = 60_000;

/** Free time shorter than this is not worth a line, ms. */
const SHORTEST = 15 * MINUTE;
const PROPOSED = 60 * MINUTE;

/** The board on a phone: room by room what is booked that day and what is free. Sends `drop` and `open`, as the grid does. */
export class BoardList extends LitElement {
  static properties = {
    rooms: { attribute: false },
    slips: { attribute: false },
    open: { attribute: false },
    scale: { attribute: false },
    now: { type: Number },
    language: { type: String },
  };

  static styles = [
    controls,
    css`
      :host {
        display: block;
      }
      h2 {
        margin: 16px 0 8px;
        font-size: 13px;
        line-height: 20px;
        color: var(--ink2);
      }
      section {
        margin-bottom: 8px;
        padding: 12px 16px;
        background: var(--surface);
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
        content-visibility: auto;
        contain-intrinsic-height: auto 160px;
      }
      h3 {
        margin: 0;
        font-size: 15px;
        line-height: 22px;
      }
      h3 a {
        color: var(--ink);
        text-decoration: none;
      }
      .face {
        display: block;
        overflow: hidden;
        font-size: 12px;
        color: var(--ink2);
        white-space: nowrap;
        text-overflow: ellipsis;
      }
      .strip {
        position: relative;
        height: 10px;
        margin: 8px 0;
        overflow: hidden;
        background: var(--sunk);
        border-radius: 5px;
      }
      .strip i {
        position: absolute;
        top: 0;
        bottom: 0;
        border-radius: 2px;
      }
      .strip .hours {
        background: color-mix(in srgb, var(--ok) 26%, var(--surface));
      }
      .strip .taken {
        background: var(--ink3);
      }
      .strip .own {
        background: var(--accent);
      }
      .strip .now {
        width: 2px;
        background: var(--danger);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        border-top: 1px solid var(--line);
      }
      li > button {
        display: grid;
        grid-template-columns: 96px minmax(0, 1fr) auto;
        gap: 0 8px;
        width: 100%;
        min-height: 44px;
        padding: 6px 0;
        text-align: start;
        align-items: center;
        border: 0;
        border-radius: 0;
        background: none;
      }
      .what {
        min-width: 0;
        overflow: hidden;
        font-weight: 600;
        white-space: nowrap;
        text-overflow: ellipsis;
      }
      .meta {
        font-size: 12px;
        color: var(--ink2);
        white-space: nowrap;
      }
      .free .what {
        font-weight: 400;
        color: var(--ok);
      }
      .free .meta {
        color: var(--accent);
      }
      .over {
        color: var(--ink2);
      }
      .requested .what {
        font-style: normal;
        text-decoration: underline dashed var(--warn);
        text-underline-offset: 4px;
      }
      .none {
        margin: 0;
        color: var(--ink2);
      }
    `,
  ];

  render() {
    return floorsOf(this.rooms).map(
      ({ building, floor, rooms }) => html`<h2>${inLanguage(building, this.language)} · ${/^\d+$/.test(floor) ? text('console.floor', { floor }, this.language) : floor}</h2>
        ${rooms.map((room) => this.#room(room))}`,
    );
  }

  #room(room) {
    const slips = (this.slips.get(room.id) ?? []).filter((slip) => this.scale.shows(slip));
    const lines = this.#lines(slips);
    const face = [text('board.seats', { people: room.capacity }, this.language), ...equipmentWords(room.equipment).map((words) => inLanguage(words, this.language))];
    return html`<section data-room=${room.id} aria-label=${inLanguage(room.name, this.language)}>
      <div class="head">
        <h3><a href="/rooms/${room.id}">${inLanguage(room.name, this.language)}</a></h3>
        <span class="face">${face.join(' · ')}</span>
      </div>
      ${this.#strip(slips)}
      ${lines.length > 0 ? html`<ul>${lines.map((line) => (line.slip ? this.#slip(line.slip) : this.#free(room, line)))}</ul>` : html`<p class="none">${text('board.cell.closed', {}, this.language)}</p>`}
    </section>`;
  }

  #strip(slips) {
    const part = ({ from, until }, kind) => {
      const left = (this.scale.x(from) / this.scale.width) * 100;
      const right = (this.scale.x(until) / this.scale.width) * 100;
      return html`<i class=${kind} .style=${`left: ${left.toFixed(2)}%; width: ${Math.max(0.8, right - left).toFixed(2)}%`}></i>`;
    };
    return html`<div class="strip" aria-hidden="true">
      ${this.open.map((hours) => part(hours, 'hours'))} ${slips.filter(takes).map((slip) => part(slip, slip.part === 'own' ? 'own' : 'taken'))}
      ${this.scale.shows({ from: this.now, until: this.now + 1 }) ? html`<i class="now" .style=${`left: ${(this.scale.x(this.now) / this.scale.width) * 100}%`}></i>` : nothing}
    </div>`;
  }

  /** What is booked, and what is free between, in the order of time. */
  #lines(slips) {
    const free = [];
    const edges = [this.now, ...this.open.map(({ from }) => from), ...slips.filter(takes).map(({ until }) => until)];
    for (const at of edges) {
      const stretch = this.scale.shows({ from: at, until: at + 1 }) ? freeAround(slips, this.open, at, this.now) : undefined;
      if (stretch && stretch.until - stretch.from >= SHORTEST && !free.some(({ from }) => from === stretch.from)) free.push(stretch);
    }
    return [...slips.map((slip) => ({ slip, from: slip.from })), ...free].sort((a, b) => a.from - b.from);
  }

  #slip(slip) {
    const stand = standOf(slip, this.now);
    return html`<li>
      <button class="slip ${stand}" @click=${() => this.#tell('open', slip)}>
        <span class="time">${this.#times(slip)}</span>
        <span class="what">${inLanguage(titleOfSlip(slip), this.language)}</span>
        <span class="meta">${inLanguage(wordOf(stand), this.language)}</span>
      </button>
    </li>`;
  }

  #free(room, { from, until }) {
    const begin = from === this.now ? Math.floor(from / SHORTEST) * SHORTEST : from;
    const plan = { kind: 'create', room: room.id, from: begin, until: Math.min(begin + PROPOSED, until) };
    return html`<li>
      <button class="free" @click=${() => this.#tell('drop', plan)}>
        <span class="time">${this.#times({ from, until })}</span>
        <span class="what">${text('board.cell.free', {}, this.language)} · ${inLanguage(length(until - from), this.language)}</span>
        <span class="meta">${text('console.book', {}, this.language)}</span>
      </button>
    </li>`;
  }

  #times({ from, until }) {
    return `${wallTime(from, this.scale.zone)}–${wallTime(until, this.scale.zone)}`;
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define('board-list', BoardList);
