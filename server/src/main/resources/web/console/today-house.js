import { html, css, nothing, LitElement } from 'lit';
import { inLanguage, text } from '/kit/language.js';
import { date as dateOf, wallTime } from '/kit/time.js';
import '/kit/state-shape.js';
import { dayOf } from './board-scale.js';
import { controls } from './controls.js';
import { pageStyles } from './page-styles.js';
import { rowOf } from './row.js';

const BUSY = new Set(['in-use', 'ending', 'over-time']);
const SOON = new Set(['preparing', 'check-in']);

/** Rooms that are shown one by one; of more there is the board. */
const MOST = 14;

/** The rooms of a site now: how many are free, and each one's day as a strip. */
export class TodayHouse extends LitElement {
  static properties = {
    rooms: { attribute: false },
    timelines: { attribute: false },
    zone: { type: String },
    now: { type: Number },
    language: { type: String },
  };

  static styles = [
    controls,
    pageStyles,
    css`
      .counts {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        margin-bottom: 12px;
      }
      .counts div {
        padding: 0 8px 0 16px;
        border-inline-start: 3px solid var(--tone);
      }
      .free {
        --tone: var(--ok);
      }
      .soon {
        --tone: var(--warn);
      }
      .busy {
        --tone: var(--danger);
      }
      .number {
        display: block;
        font-size: 24px;
        line-height: 32px;
        font-weight: 600;
        color: var(--ink);
        text-align: start;
      }
      .table {
        padding: 12px 16px;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: 16px minmax(72px, 5fr) minmax(0, 9fr);
        gap: 10px;
        align-items: center;
        height: 32px;
      }
      li a {
        overflow: hidden;
        color: var(--ink);
        text-decoration: none;
        white-space: nowrap;
        text-overflow: ellipsis;
      }
      li a:hover {
        text-decoration: underline;
      }
      state-shape {
        width: 14px;
        color: var(--tone, var(--ink3));
      }
      .strip {
        position: relative;
        height: 12px;
        overflow: hidden;
        border-radius: 3px;
        background: var(--sunk);
      }
      .strip i {
        position: absolute;
        top: 0;
        bottom: 0;
      }
      .taken {
        background: var(--ink3);
        border-radius: 2px;
      }
      .taken.past {
        background: var(--line-control);
        opacity: 0.45;
      }
      .now {
        width: 2px;
        background: var(--danger);
      }
      .scale {
        position: relative;
        height: 18px;
        margin-inline-start: 0;
        font-size: 11px;
        line-height: 18px;
        color: var(--ink3);
      }
      .scale span {
        position: absolute;
        translate: -50%;
      }
      .board {
        display: inline-block;
        margin-top: 12px;
      }
      .unseen {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    `,
  ];

  render() {
    const rows = this.rooms.map((room) => ({ room, row: rowOf(this.timelines.get(room.id), this.now) }));
    const count = (states) => rows.filter(({ row }) => states.has(row.state)).length;
    const span = this.#span();
    return html`
      <div class="counts">
        ${this.#count('free', count(new Set(['free'])))} ${this.#count('soon', count(SOON))} ${this.#count('busy', count(BUSY))}
      </div>
      <div class="table">
        <ul>
          ${this.#scale(span)} ${rows.slice(0, MOST).map(({ room, row }) => this.#row(room, row, span))}
        </ul>
        <a class="board" href="/board">${rows.length > MOST ? text('today.all', { rooms: rows.length }, this.language) : text('today.board', {}, this.language)}</a>
      </div>
    `;
  }

  #count(kind, number) {
    return html`<div class=${kind}><span class="number">${number}</span> ${text(`today.${kind}-rooms`, {}, this.language)}</div>`;
  }

  /** From when until when strips go: the hours in which anything is open or held, today. */
  #span() {
    const today = dayOf(dateOf(this.now, this.zone), this.zone);
    let [from, until] = [Infinity, -Infinity];
    const meetings = this.rooms.flatMap(({ id }) => this.timelines.get(id)?.meetings ?? []);
    for (const { from: start, until: end } of meetings.filter((each) => Date.parse(each.from) < today.until)) {
      from = Math.min(from, Date.parse(start));
      until = Math.max(until, Math.min(Date.parse(end), today.until));
    }
    const hour = 3_600_000;
    from = Math.max(today.from, Math.min(from, today.from + 8 * hour));
    until = Math.min(today.until, Math.max(until, today.from + 18 * hour, this.now + hour));
    return { from: Math.floor(from / hour) * hour, until: Math.ceil(until / hour) * hour };
  }

  #scale(span) {
    const hours = [];
    for (let at = span.from + 2 * 3_600_000; at < span.until - 3_600_000; at += 4 * 3_600_000) hours.push(at);
    return html`<li aria-hidden="true"><span></span><span></span>
      <div class="scale">${hours.map((at) => html`<span .style=${`left: ${this.#share(at, span)}%`}>${wallTime(at, this.zone)}</span>`)}</div></li>`;
  }

  #row(room, row, span) {
    const kind = row.state === 'free' ? 'free' : SOON.has(row.state) ? 'soon' : BUSY.has(row.state) ? 'busy' : '';
    const meetings = (this.timelines.get(room.id)?.meetings ?? []).filter(({ from, until }) => Date.parse(from) < span.until && Date.parse(until) > span.from);
    return html`<li class=${kind}>
      <state-shape .state=${row.state} .left=${row.left}></state-shape>
      <a href="/rooms/${room.id}">${inLanguage(room.name, this.language)}<span class="unseen"> · ${inLanguage(row.word, this.language)}</span></a>
      <div class="strip" aria-hidden="true">
        ${meetings.map(({ from, until }) => {
          const left = this.#share(Date.parse(from), span);
          const width = Math.max(0.7, this.#share(Date.parse(until), span) - left);
          return html`<i class="taken ${Date.parse(until) <= this.now ? 'past' : ''}" .style=${`left: ${left}%; width: ${width}%`}></i>`;
        })}
        ${this.now < span.until ? html`<i class="now" .style=${`left: ${this.#share(this.now, span)}%`}></i>` : nothing}
      </div>
    </li>`;
  }

  #share(at, { from, until }) {
    return Number(((100 * Math.max(0, Math.min(at, until) - from)) / (until - from)).toFixed(2));
  }
}

customElements.define('today-house', TodayHouse);
