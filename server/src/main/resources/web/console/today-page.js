import { html, css, nothing, LitElement } from 'lit';
import { read, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { date as dateOf, day } from '/kit/time.js';
import { controls } from './controls.js';
import { slipOf } from './board-data.js';
import { dayAfter, dayOf } from './board-scale.js';

import { instead } from './instead.js';
import { pageStyles } from './page-styles.js';
import './booking-done.js';
import './today-day.js';
import './today-free.js';
import './today-house.js';
import './today-waiting.js';

/** So many days from today on are told, and asked for. */
const DAYS = 7;

/** Changes that come within this are asked for together, ms. */
const TOGETHER = 400;

/** What the morning needs: what waits for one, one's own day, and the rooms. */
export class TodayPage extends LitElement {
  static lively = true;

  static properties = {
    me: { attribute: false },
    company: { attribute: false },
    site: { attribute: false },
    live: { attribute: false },
    now: { type: Number },
    language: { type: String },
    slips: { state: true },
    waiting: { state: true },
    refused: { state: true },
    booked: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    css`
      .columns {
        display: grid;
        gap: 24px;
      }
      section {
        min-width: 0;
      }
      h2 {
        margin-bottom: 12px;
      }
      @media (min-width: 800px) {
        .columns {
          grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
          grid-template-areas: "day rooms" "day waiting";
          grid-template-rows: auto 1fr;
          align-items: start;
        }
        .waiting {
          grid-area: waiting;
        }
        .day {
          grid-area: day;
        }
        .rooms {
          grid-area: rooms;
        }
      }
      @media (min-width: 1240px) {
        .columns {
          grid-template-columns: minmax(0, 3fr) minmax(0, 5fr) minmax(0, 4fr);
          grid-template-areas: "waiting day rooms";
        }
      }
    `,
  ];

  #marks = new Map();
  #timer;
  #asked = 0;
  #date = '';

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asked++;
  }

  willUpdate() {
    let changed = false;
    for (const { room, epoch, revision } of this.live.timelines.values()) {
      const mark = `${epoch}-${revision}`;
      changed ||= this.#marks.get(room) !== mark;
      this.#marks.set(room, mark);
    }
    const date = dateOf(this.now, this.site.zone);
    changed ||= this.#date !== date;
    this.#date = date;
    if (changed && this.isConnected) this.#timer ??= setTimeout(this.#load, TOGETHER);
  }

  #load = async () => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const asked = ++this.#asked;
    try {
      const [slips, waiting] = await Promise.all([this.#mine(), this.#waiting()]);
      if (asked === this.#asked) Object.assign(this, { slips, waiting, refused: undefined });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (asked === this.#asked && !this.slips) this.refused = error;
    }
  };

  async #mine() {
    const { zone } = this.site;
    const { from } = dayOf(dateOf(this.now, zone), zone);
    const { until } = dayOf(dayAfter(dateOf(this.now, zone), DAYS - 1), zone);
    const query = new URLSearchParams({ from: new Date(from).toISOString(), until: new Date(until).toISOString() });
    const { bookings } = await read(`/api/me/bookings?${query}`);
    return bookings.map(slipOf);
  }

  async #waiting() {
    const { roles, leads } = this.me;
    const decides = leads || roles.includes('admin');
    const tends = roles.includes('admin') || roles.includes('facility');
    const [own, lying, devices] = await Promise.all([
      read('/api/me/requests'),
      decides ? read('/api/requests') : { requests: [] },
      tends ? read('/api/devices') : { devices: [] },
    ]);
    const offline = devices.devices.filter(({ state, revokedAt }) => state === 'offline' && !revokedAt);
    return { own: own.requests.map(slipOf), lying: lying.requests.map(slipOf), offline };
  }

  render() {
    const sees = ['admin', 'front-desk'].some((role) => this.me.roles.includes(role));
    const name = inLanguage(day(this.now, this.site.zone), this.language);
    return html`
      <div class="title">
        <h1 tabindex="-1">${this.#say('shell.today')}</h1>
        <p class="hint">${name}</p>
      </div>
      <div class="columns">
        <section class="day" aria-labelledby="day">
          <h2 id="day">${this.#say('today.day')}</h2>
          ${this.slips
            ? html`<today-day .slips=${this.slips} .company=${this.company} .now=${this.now} .language=${this.language} @changed-booking=${this.#load}></today-day>`
            : this.#instead()}
        </section>
        <section class="rooms" aria-labelledby="rooms">
          <h2 id="rooms">${this.#say(sees ? 'today.house' : 'today.free')}</h2>
          ${sees ? this.#house() : this.#free()}
        </section>
        <section class="waiting" aria-labelledby="waiting">
          <h2 id="waiting">${this.#say('today.waiting')}</h2>
          ${this.waiting
            ? html`<today-waiting .waiting=${this.waiting} .company=${this.company} .now=${this.now} .language=${this.language}></today-waiting>`
            : this.refused
              ? nothing
              : this.#instead()}
        </section>
      </div>
      <booking-done
        .booking=${this.booked}
        .room=${this.company.rooms.find(({ id }) => id === this.booked?.room)}
        .now=${this.now}
        .language=${this.language}
        @close=${() => (this.booked = undefined)}
      ></booking-done>
    `;
  }

  #instead() {
    return instead({ refused: this.refused, again: this.#load, language: this.language });
  }

  #rooms() {
    return this.company.rooms.filter(({ site }) => site === this.site.id);
  }

  #house() {
    return html`<today-house
      .rooms=${this.#rooms()}
      .timelines=${new Map(this.live.timelines)}
      .zone=${this.site.zone}
      .now=${this.now}
      .language=${this.language}
    ></today-house>`;
  }

  #free() {
    return html`<today-free
      .rooms=${this.#rooms()}
      .timelines=${new Map(this.live.timelines)}
      .now=${this.now}
      .language=${this.language}
      @booked=${({ detail }) => (this.booked = detail)}
    ></today-free>`;
  }

  #say(key) {
    return text(key, {}, this.language);
  }
}

customElements.define('today-page', TodayPage);
