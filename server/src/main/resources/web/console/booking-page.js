import { html, css, nothing, LitElement } from 'lit';
import { command, read, readTagged, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { date as dateOf, day, length, moment } from '/kit/time.js';
import { timeOf } from './board-plan.js';
import { slipOf } from './board-data.js';
import { controls } from './controls.js';
import { instead } from './instead.js';
import { pageStyles } from './page-styles.js';
import { standOf, waitsWords, wordOf } from './slip-words.js';
import './booking-cancel.js';
import './booking-move.js';
import './booking-refused.js';
import './booking-spine.js';

const MINUTE = 60_000;

/** By how much a running meeting may be extended from here, minutes. */
const LONGER = [15, 30, 60];

/** Which tag a booking's state wears. */
const TAGS = { running: 'danger', awaited: 'warn', requested: 'warn', held: 'warn', booked: 'ok' };

/** One booking: what, where, when, who, how it stands, with whom it lies, what has become of it, and what its reader may do. */
export class BookingPage extends LitElement {
  static lively = true;

  static properties = {
    me: { attribute: false },
    company: { attribute: false },
    site: { attribute: false },
    live: { attribute: false },
    now: { type: Number },
    language: { type: String },
    params: { attribute: false },
    booking: { state: true },
    deeds: { state: true },
    events: { state: true },
    unknown: { state: true },
    failed: { state: true },
    refused: { state: true },
    done: { state: true },
    busy: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    css`
      .sheet {
        display: grid;
        gap: 24px;
        max-width: 1120px;
      }
      .back {
        display: inline-block;
        margin-bottom: 8px;
      }
      .tag {
        line-height: 24px;
      }
      .deeds {
        margin-inline-start: 0;
        margin-top: 16px;
      }
      .deeds:empty {
        display: none;
      }
      .when {
        margin: 0;
        font-size: 18px;
        line-height: 26px;
        font-weight: 600;
      }
      .where {
        margin: 4px 0 0;
      }
      .where a {
        font-weight: 600;
      }
      .waits {
        margin: 12px 0 0;
        padding: 8px 12px;
        border-radius: var(--radius);
        background: var(--warn-soft);
        color: var(--warn);
      }
      .masked {
        margin: 12px 0 0;
        padding: 8px 12px;
        border-radius: var(--radius);
        background: var(--sunk);
        color: var(--ink2);
      }
      dl {
        display: grid;
        grid-template-columns: minmax(80px, max-content) minmax(0, 1fr);
        gap: 8px 24px;
        margin: 20px 0 0;
        padding-top: 16px;
        border-top: 1px solid var(--line);
      }
      dt {
        color: var(--ink2);
      }
      dd {
        margin: 0;
        white-space: pre-line;
      }
      dd ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .role {
        color: var(--ink2);
      }
      .done {
        margin: 12px 0 0;
        color: var(--ok);
        font-weight: 600;
      }
      .done button {
        margin-inline-start: 8px;
      }
      booking-refused {
        margin-top: 16px;
      }
      .instead h1 {
        color: var(--ink);
      }
      h2 {
        margin-bottom: 12px;
      }
      @media (min-width: 900px) {
        .sheet.past {
          grid-template-columns: minmax(0, 3fr) minmax(280px, 2fr);
          align-items: start;
        }
      }
    `,
  ];

  #shown = '';
  #mark = '';
  #asked = 0;

  willUpdate() {
    const { id } = this.params;
    const revision = this.live.timelines.get(this.booking?.room)?.revision ?? '';
    const mark = `${id} ${revision}`;
    if (id !== this.#shown) {
      this.#shown = id;
      Object.assign(this, { booking: undefined, events: undefined, unknown: false, failed: undefined, refused: undefined, done: undefined });
      this.#load();
    } else if (this.booking && mark !== this.#mark && this.#mark !== '') {
      this.#load();
    }
    this.#mark = this.booking ? mark : '';
  }

  #load = async () => {
    const asked = ++this.#asked;
    const path = `/api/bookings/${this.#shown}`;
    this.failed = undefined;
    try {
      if (!/^[1-9]\d{0,14}$/.test(this.#shown)) throw new Refused({ type: '/problems/no-such-booking' }, 404);
      const [{ value }, { deeds }] = await Promise.all([readTagged(path), read(`${path}/deeds`)]);
      const events = deeds.some(({ deed }) => deed === 'history') ? (await read(`${path}/history`)).events : undefined;
      if (asked === this.#asked) Object.assign(this, { booking: value, deeds: new Map(deeds.map(({ deed, reason }) => [deed, { reason }])), events });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (asked !== this.#asked) return;
      if (error.status === 404) this.unknown = true;
      else this.failed = error;
    }
  };

  render() {
    if (this.unknown) return this.#nowhere();
    if (!this.booking) return instead({ refused: this.failed, again: this.#load, language: this.language });
    const slip = slipOf(this.booking);
    const stand = this.#stand(slip);
    return html`
      <a class="back" href=${`/board?date=${dateOf(slip.from, this.booking.zone)}&site=${this.#room()?.site ?? ''}`}>${this.#say('booking.to-board')}</a>
      <div class="title">
        <h1 tabindex="-1">${this.#title()}</h1>
        <span class="tag ${TAGS[stand] ?? ''}">${inLanguage(this.#word(stand), this.language)}</span>
      </div>
      <div class="sheet ${this.events ? 'past' : ''}">
        <section class="card" aria-label=${this.#title()}>
          ${this.#when(slip)} ${this.#waits()} ${this.booking.masked ? html`<p class="masked">${this.#say('booking.masked')}</p>` : nothing}
          <div class="deeds">${this.#deeds(slip, stand)}</div>
          <div role="status">${this.done ? this.#done() : nothing}</div>
          <div role="alert">${this.refused ? this.#refusal() : nothing}</div>
          ${this.#facts()}
        </section>
        ${this.events
          ? html`<section aria-labelledby="past">
              <h2 id="past">${this.#say('booking.history')}</h2>
              <booking-spine .events=${this.events} .now=${this.now} .zone=${this.booking.zone} .language=${this.language}></booking-spine>
            </section>`
          : nothing}
      </div>
      <booking-move
        .company=${this.company}
        .now=${this.now}
        .language=${this.language}
        @moved=${({ detail }) => this.#changed(detail, 'board.moved')}
      ></booking-move>
      <booking-cancel .language=${this.language} @cancelled=${({ detail }) => this.#changed(detail, detail.status === 'withdrawn' ? 'booking.withdrawn' : 'console.cancelled')}></booking-cancel>
    `;
  }

  #nowhere() {
    return html`<div class="instead">
      <h1 tabindex="-1">${this.#say('booking.none')}</h1>
      <p>${this.#say('booking.none.hint')}</p>
      <p><a href="/board">${this.#say('booking.to-board')}</a></p>
    </div>`;
  }

  #title() {
    return this.booking.subject || this.#say(this.booking.level === 'internal' ? 'board.untitled' : `console.level.${this.booking.level}`);
  }

  #stand(slip) {
    const running = ['requested', 'held', 'confirmed'].includes(this.booking.status);
    return running ? standOf({ ...slip, checkedIn: Boolean(this.booking.checkedInAt) }, this.now) : this.booking.status;
  }

  #word(stand) {
    return wordOf(stand);
  }

  #room() {
    return this.company.rooms.find(({ id }) => id === this.booking.room);
  }

  #when(slip) {
    const room = this.#room();
    const time = dateOf(slip.from, this.booking.zone) === dateOf(this.now, this.booking.zone) ? this.#today(slip) : inLanguage(timeOf(slip, this.now, this.booking.zone), this.language);
    return html`
      <p class="when">${time} · ${inLanguage(length(slip.until - slip.from), this.language)}</p>
      ${room
        ? html`<p class="where"><a href="/rooms/${room.id}">${inLanguage(room.name, this.language)}</a> · ${inLanguage(room.building, this.language)} ${this.#floor(room.floor)} · ${text('board.seats', { people: room.capacity }, this.language)}</p>`
        : nothing}
      ${this.#zone()}
    `;
  }

  #today(slip) {
    return text('console.today', { day: `${inLanguage(day(slip.from, this.booking.zone), this.language)} ${inLanguage(timeOf(slip, this.now, this.booking.zone), this.language)}` }, this.language);
  }

  /** Names the zone where the reader lives in another. */
  #zone() {
    const { zone } = this.booking;
    const site = this.company.sites.find(({ id }) => id === this.#room()?.site);
    if (!site || Intl.DateTimeFormat().resolvedOptions().timeZone === zone) return nothing;
    const parts = new Intl.DateTimeFormat(this.language, { timeZone: zone, timeZoneName: 'long' }).formatToParts(this.now);
    const name = parts.find(({ type }) => type === 'timeZoneName').value;
    return html`<p class="hint">${text('console.zone', { site: inLanguage(site.name, this.language), zone: name }, this.language)}</p>`;
  }

  #floor(floor) {
    return /^\d+$/.test(floor) ? text('console.floor', { floor }, this.language) : floor;
  }

  #waits() {
    const { waitsFor } = this.booking;
    return waitsFor ? html`<p class="waits">${inLanguage(waitsWords(waitsFor), this.language)}</p>` : nothing;
  }

  #facts() {
    const { booking } = this;
    const type = this.company.types.find(({ id }) => id === booking.meetingType);
    const facts = [
      ['console.convener', booking.convener && inLanguage(booking.convener.name, this.language)],
      ['booking.department', booking.department && inLanguage(booking.department.name, this.language)],
      ['console.field.meetingType', type && inLanguage(type.name, this.language)],
      ['console.field.level', this.#say(`console.level.${booking.level}`)],
      ['booking.priority', booking.priority === 'normal' ? undefined : this.#say(`booking.priority.${booking.priority}`)],
      ['console.field.headCount', booking.headCount && text('door.capacity', { people: booking.headCount }, this.language)],
      ['booking.people', booking.attendees.length > 0 ? this.#people() : undefined],
      ['booking.goal', booking.goal || undefined],
      ['booking.checked-in', booking.checkedInAt && inLanguage(moment(Date.parse(booking.checkedInAt), this.now, booking.zone), this.language)],
      ['booking.policy', this.#policy()],
      ['booking.source', this.#say(`booking.source.${booking.source}`)],
    ];
    return html`<dl>${facts.filter(([, value]) => value).map(([name, value]) => html`<dt>${this.#say(name)}</dt><dd>${value}</dd>`)}</dl>`;
  }

  /** The policy versions under which it was made, each with a link to what it says. */
  #policy() {
    return this.booking.policy.split('+').map((version, at) => html`${at > 0 ? ' + ' : ''}<a href="/policies/${version.split('-')[0]}">${version}</a>`);
  }

  #people() {
    return html`<ul>
      ${this.booking.attendees.map(({ role, name }) => html`<li>${name} <span class="role">${this.#say(`booking.role.${role}`)}</span></li>`)}
    </ul>`;
  }

  // deeds ---------------------------------------------------------------------------------------------------------------------

  #deeds(slip, stand) {
    const may = (deed) => this.deeds.has(deed);
    const live = ['booked', 'awaited', 'running', 'held'].includes(stand);
    const begun = this.now >= slip.from;
    const buttons = [];
    if (stand === 'awaited' && may('check-in')) buttons.push(this.#button('check-in', () => this.#do('check-in', {}, 'booking.done.check-in'), 'primary'));
    if (stand === 'running' && may('extend')) buttons.push(...LONGER.map((minutes) => this.#longer(slip, minutes)));
    if (live && begun && may('end-early')) buttons.push(this.#button('end', () => this.#do('end', {}, 'booking.done.end')));
    if (live && !begun && may('move')) buttons.push(this.#button('move', this.#move));
    if ((live && may('cancel')) || (stand === 'requested' && may('withdraw'))) buttons.push(this.#button(stand === 'requested' ? 'withdraw' : 'cancel', this.#cancel));
    return buttons;
  }

  #button(deed, act, kind = '') {
    return html`<button class="${kind} ${deed}" aria-disabled=${Boolean(this.busy)} @click=${act}>${this.#say(`booking.deed.${deed}`)}</button>`;
  }

  #longer(slip, minutes) {
    const newEnd = new Date(slip.until + minutes * MINUTE).toISOString();
    const act = () => this.#do('extend', { end: this.booking.end, newEnd }, 'booking.done.extend');
    return html`<button class="extend" aria-disabled=${Boolean(this.busy)} @click=${act}>
      ${text('booking.deed.extend', { length: inLanguage(length(minutes * MINUTE), this.language) }, this.language)}
    </button>`;
  }

  #move = () => this.renderRoot.querySelector('booking-move').ask(this.booking, this.deeds.get('move').reason);

  #cancel = () => {
    const deed = this.deeds.get('cancel') ?? this.deeds.get('withdraw');
    this.renderRoot.querySelector('booking-cancel').ask(this.booking, deed.reason);
  };

  async #do(verb, body, done) {
    if (this.busy) return;
    this.busy = true;
    this.refused = undefined;
    try {
      this.#changed(await command(`/api/bookings/${this.booking.id}/${verb}`, body, { language: this.language }), done);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
      this.#load();
    } finally {
      this.busy = false;
    }
  }

  #changed(booking, done) {
    this.booking = booking;
    this.refused = undefined;
    this.done = { word: done, back: done === 'booking.done.end' };
    this.#load();
  }

  #done() {
    return html`<p class="done">
      ${this.#say(this.done.word)}
      ${this.done.back ? html`<button class="resume" @click=${() => this.#do('resume', {}, 'booking.done.resume')}>${this.#say('booking.deed.resume')}</button>` : nothing}
    </p>`;
  }

  #refusal() {
    return html`<booking-refused .refused=${this.refused} .room=${this.booking.room} .now=${this.now} .zone=${this.booking.zone} .language=${this.language}></booking-refused>`;
  }

  #say(key) {
    return text(key, {}, this.language);
  }
}

customElements.define('booking-page', BookingPage);
