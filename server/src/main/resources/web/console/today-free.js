import { html, css, nothing, LitElement } from 'lit';
import { command, newKey, Refused } from '/kit/api.js';
import { actionAt, instant } from '/kit/entry.js';
import { inLanguage, text } from '/kit/language.js';
import { wallTime } from '/kit/time.js';
import './booking-refused.js';
import { controls } from './controls.js';
import { pageStyles } from './page-styles.js';
import { equipmentWords } from './row.js';

const MINUTE = 60_000;

/** What is booked by one click, minutes. */
const LENGTHS = [30, 60];

/** Rooms that are proposed. */
const MOST = 8;

/** Rooms that are free now, each booked for a while by one click. Sends `booked`. */
export class TodayFree extends LitElement {
  static properties = {
    rooms: { attribute: false },
    timelines: { attribute: false },
    now: { type: Number },
    language: { type: String },
    refused: { state: true },
    busy: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    css`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
        background: var(--surface);
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 8px;
        padding: 10px 16px;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      .room {
        flex: 1 1 140px;
        min-width: 0;
      }
      .room a {
        font-weight: 600;
        color: var(--ink);
        text-decoration: none;
      }
      .room a:hover {
        text-decoration: underline;
      }
      .meta {
        margin: 0;
        font-size: 12px;
        line-height: 18px;
        color: var(--ink2);
      }
      .until {
        color: var(--ok);
      }
      .none {
        margin: 0;
        color: var(--ink2);
      }
      .all {
        display: inline-block;
        margin-top: 12px;
      }
      booking-refused {
        margin-bottom: 12px;
      }
    `,
  ];

  #last;

  render() {
    const free = this.#free();
    return html`
      <div role="alert">${this.refused ? this.#refusal() : nothing}</div>
      ${free.length === 0
        ? html`<p class="card none">${text('today.none-free', {}, this.language)}</p>`
        : html`<ul>
            ${free.slice(0, MOST).map((each) => this.#room(each))}
          </ul>`}
      <a class="all" href="/board">${text('today.board', {}, this.language)}</a>
    `;
  }

  /** Rooms that can be booked now for a while, those that stay free the longest first. */
  #free() {
    return this.rooms
      .map((room) => {
        const timeline = this.timelines.get(room.id);
        const until = timeline && actionAt(timeline, this.now, 'book')?.until;
        return { room, zone: timeline?.zone, until: until === undefined ? 0 : Date.parse(until) };
      })
      .filter(({ until }) => until - this.now >= LENGTHS[0] * MINUTE)
      .sort((a, b) => b.until - a.until || a.room.capacity - b.room.capacity);
  }

  #room({ room, until, zone }) {
    const face = [text('board.seats', { people: room.capacity }, this.language), room.floor, ...equipmentWords(room.equipment).map((words) => inLanguage(words, this.language))];
    return html`<li data-room=${room.id}>
      <div class="room">
        <a href="/rooms/${room.id}">${inLanguage(room.name, this.language)}</a>
        <p class="meta"><span class="until">${text('today.free-until', { until: wallTime(until, zone) }, this.language)}</span> · ${face.join(' · ')}</p>
      </div>
      ${LENGTHS.filter((minutes) => until - this.now >= minutes * MINUTE).map((minutes) => this.#button(room, minutes))}
    </li>`;
  }

  #button(room, minutes) {
    const name = text('today.book', { minutes }, this.language);
    return html`<button aria-label=${`${name} ${inLanguage(room.name, this.language)}`} aria-disabled=${Boolean(this.busy)} @click=${() => this.#book(room.id, minutes)}>${name}</button>`;
  }

  #book(room, minutes) {
    const from = Math.floor(this.now / MINUTE) * MINUTE;
    this.#send(room, { start: instant(from), end: instant(from + minutes * MINUTE) });
  }

  async #send(room, { start, end }) {
    if (this.busy) return;
    this.busy = true;
    this.refused = undefined;
    const request = { subject: text('today.subject', {}, this.language), start, end };
    const intention = room + JSON.stringify(request);
    if (this.#last?.intention !== intention) this.#last = { intention, key: newKey() };
    try {
      const detail = await command(`/api/rooms/${room}/bookings`, request, { key: this.#last.key, language: this.language });
      this.#last = undefined;
      this.dispatchEvent(new CustomEvent('booked', { detail }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
      this.#wanted = room;
    } finally {
      this.busy = false;
    }
  }

  #wanted = '';

  #refusal() {
    return html`<booking-refused
      .refused=${this.refused}
      .room=${this.#wanted}
      .now=${this.now}
      .zone=${this.timelines.get(this.#wanted)?.zone ?? 'UTC'}
      .language=${this.language}
      @instead=${({ detail }) => this.#send(detail.room, detail)}
    ></booking-refused>`;
  }
}

customElements.define('today-free', TodayFree);
