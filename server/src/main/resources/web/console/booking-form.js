import { html, nothing, LitElement } from 'lit';
import { live } from 'lit/directives/live.js';
import { command, newKey, read, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { date, day, length } from '/kit/time.js';
import { instantsOf, offsetName } from '/kit/wall-clock.js';
import { floorsOf } from './company.js';
import { controls } from './controls.js';
import { EMPTY, meant, requestOf, timely, TIMES, withStart } from './draft.js';
import { formStyles } from './form-styles.js';
import './booking-refused.js';
import './person-field.js';

/** @typedef {import('./draft.js').Draft} Draft */

const LEVELS = ['internal', 'confidential', 'strict'];

/** The fields in the order of the form, and the members of a request that they fill. */
const FIELDS = {
  room: '',
  subject: '/subject',
  date: '',
  from: '/start',
  to: '/end',
  meetingType: '/meetingType',
  level: '/level',
  convener: '/convener',
  headCount: '/headCount',
};

/** The fields that a refusal speaks of. */
const SPOKEN_OF = {
  'empty-period': 'to',
  'too-short': 'to',
  'too-long': 'to',
  'in-the-past': 'from',
  'too-far-ahead': 'date',
  'closed-that-day': 'date',
  'outside-opening-hours': 'from',
  'too-many-people': 'headCount',
  'unknown-person': 'convener',
  'unknown-meeting-type': 'meetingType',
  'no-such-room': 'room',
};

/**
 * Books a room. What was typed stays until the booking is made, over refusals, a change of language and a reload. Sends `booked` with
 * the booking, and `leave`.
 */
export class BookingForm extends LitElement {
  static properties = {
    site: { attribute: false },
    rooms: { attribute: false },
    types: { attribute: false },
    departments: { attribute: false },
    now: { type: Number },
    language: { type: String },
    closable: { type: Boolean },
    draft: { state: true },
    faults: { state: true },
    refused: { state: true },
    busy: { state: true },
    approver: { state: true },
  };

  static styles = [controls, formStyles];

  #last;

  /** For whose request it was asked with whom it would lie. */
  #asked;

  constructor() {
    super();
    this.faults = {};
    this.busy = false;
  }

  /** Begins, or goes on, with a room. */
  async choose(room) {
    if (room) this.#change({ room });
    await this.updateComplete;
    this.#focus(this.draft.room ? 'subject' : 'room');
  }

  /**
   * Goes on with a room and a time that were chosen elsewhere.
   *
   * @param {Partial<Draft>} part
   */
  async propose(part) {
    this.faults = {};
    this.refused = undefined;
    this.#change(part);
    await this.updateComplete;
    this.#focus('subject');
  }

  updated() {
    this.#askWhoApproves();
  }

  /** Whoever asks for a room that is booked by approval learns beforehand with whom the request will lie. */
  async #askWhoApproves() {
    const convener = this.draft.convener?.staffNumber ?? '';
    if (!this.#needsApproval() || this.#asked === convener) return;
    this.#asked = convener;
    try {
      const approver = await read(`/api/approver${convener ? `?convener=${encodeURIComponent(convener)}` : ''}`);
      if (this.#asked === convener) this.approver = approver;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#asked = undefined;
      this.approver = undefined;
    }
  }

  #needsApproval() {
    const room = this.#chosenRoom();
    if (!room) return false;
    const [from, to] = ['from', 'to'].map((edge) => meant(this.draft, edge, this.site.zone)[0]);
    return room.booking === 'approval' || (room.automaticUpTo !== undefined && to - from > room.automaticUpTo * 60_000);
  }

  willUpdate(changed) {
    if (changed.has('site')) {
      this.draft = kept(this.site.id) ?? EMPTY;
      this.faults = {};
      this.refused = undefined;
    }
    if (changed.has('now')) this.draft = timely(this.draft, this.now, this.site.zone);
  }

  render() {
    return html`<form aria-labelledby="title" novalidate @submit=${this.#submit}>
      <div class="head">
        <h2 id="title">${this.#say('console.form')}</h2>
        ${this.closable ? this.#closing() : nothing}
      </div>
      ${this.#room()} ${this.#field('subject', this.#input('subject', { required: true }))} ${this.#when()} ${this.#kind()}
      <person-field
        id="convener"
        .label=${this.#say('console.convener')}
        .words=${this.draft.convenerWords}
        .chosen=${this.draft.convener}
        .fault=${this.#fault('convener')}
        .departments=${this.departments}
        .language=${this.language}
        @choose=${({ detail }) => this.#change(detail, 'convener')}
      ></person-field>
      ${this.#field('headCount', this.#input('headCount', { mode: 'numeric' }), this.#capacity())}
      <div role="alert">${this.refused ? this.#refusal() : nothing}</div>
      <button class="primary" aria-disabled=${this.busy}>${this.#consequence()}</button>
    </form>`;
  }

  #closing() {
    return html`<button type="button" class="plain close" @click=${this.#leave}>${this.#say('console.close')}</button>`;
  }

  #room() {
    const rooms = floorsOf(this.rooms).map(
      ({ building, floor, rooms: all }) => html`<optgroup label="${inLanguage(building, this.language)} · ${floor}">
        ${all.map((room) => this.#option(room.id, this.#nameOf(room), this.draft.room))}
      </optgroup>`,
    );
    const empty = this.draft.room ? nothing : this.#option('', this.#say('console.room.choose'), '');
    return this.#field('room', this.#select('room', html`${empty}${rooms}`));
  }

  #nameOf(room) {
    return `${inLanguage(room.name, this.language)} · ${this.#say('door.capacity', { people: room.capacity })}`;
  }

  #when() {
    const noon = instantsOf(this.draft.date, '12:00', this.site.zone)[0];
    const starts = TIMES.slice(0, -1).map((time) => this.#option(time, time, this.draft.from));
    const ends = TIMES.slice(1).map((time) => this.#option(time, time, this.draft.to));
    return html`
      ${this.#field('date', this.#input('date', { type: 'date', required: true }), noon === undefined ? '' : this.#day(noon))}
      <div class="two">
        ${this.#field('from', this.#select('from', starts))} ${this.#field('to', this.#select('to', ends), this.#length())}
      </div>
      ${['from', 'to'].map((edge) => this.#twice(edge))} ${this.#zone()}
    `;
  }

  #kind() {
    const level = this.#level();
    const types = this.types.map(({ id, name }) => this.#option(id, inLanguage(name, this.language), this.draft.meetingType));
    const levels = LEVELS.map((each) => this.#option(each, this.#say(`console.level.${each}`), level));
    const hint = level === 'internal' ? '' : this.#say('console.level.hint');
    return html`<div class="two">
      ${this.#field('meetingType', this.#select('meetingType', types))} ${this.#field('level', this.#select('level', levels), hint)}
    </div>`;
  }

  #field(id, control, hint = '') {
    const fault = this.faults[id];
    return html`<div class="field">
      <label for=${id}>${this.#say(`console.field.${id}`)}</label>
      ${control}
      <p id="about-${id}" class=${fault ? 'error' : 'hint'}>${fault ? inLanguage(fault.words, this.language) : hint}</p>
      ${fault?.times ? html`<div class="times">${fault.times.map((time) => this.#proposed(id, time))}</div>` : nothing}
    </div>`;
  }

  #proposed(id, time) {
    return html`<button type="button" @click=${() => this.#change({ [id]: time, timed: true }, id)}>${time}</button>`;
  }

  #input(id, { type = 'text', mode = 'text', required = false }) {
    return html`<input
      id=${id}
      type=${type}
      inputmode=${mode}
      autocomplete="off"
      aria-required=${required}
      aria-invalid=${this.#wrong(id)}
      aria-describedby="about-${id}"
      .value=${live(this.draft[id])}
      @input=${this.#typed}
    />`;
  }

  #select(id, options) {
    return html`<select id=${id} @change=${this.#typed} aria-invalid=${this.#wrong(id)} aria-describedby="about-${id}">${options}</select>`;
  }

  #option(value, name, chosen) {
    return html`<option value=${value} .selected=${live(value === chosen)}>${name}</option>`;
  }

  /** Asks which of two is meant, where the clocks show a time twice. */
  #twice(edge) {
    const instants = meant(this.draft, edge, this.site.zone);
    if (instants.length < 2) return nothing;
    return html`<fieldset>
      <legend>${this.#say('console.time.twice', { time: this.draft[edge] })}</legend>
      ${instants.map((at, index) => this.#which(edge, at, index > 0))}
    </fieldset>`;
  }

  #which(edge, at, later) {
    const words = this.#say(later ? 'console.time.second' : 'console.time.first', { offset: offsetName(at, this.site.zone) });
    const chosen = Boolean(this.draft.later[edge]) === later;
    const choose = () => this.#change({ later: { ...this.draft.later, [edge]: later }, timed: true }, edge);
    return html`<label class="choice"><input type="radio" name="later-${edge}" .checked=${live(chosen)} @change=${choose} />${words}</label>`;
  }

  /** Names the zone of the site where the reader lives in another. */
  #zone() {
    if (Intl.DateTimeFormat().resolvedOptions().timeZone === this.site.zone) return nothing;
    const parts = new Intl.DateTimeFormat(this.language, { timeZone: this.site.zone, timeZoneName: 'long' }).formatToParts(this.now);
    const zone = parts.find(({ type }) => type === 'timeZoneName').value;
    return html`<p class="hint zone">${this.#say('console.zone', { site: inLanguage(this.site.name, this.language), zone })}</p>`;
  }

  #day(noon) {
    const name = inLanguage(day(noon, this.site.zone), this.language);
    return date(noon, this.site.zone) === date(this.now, this.site.zone) ? this.#say('console.today', { day: name }) : name;
  }

  #length() {
    const [from, to] = ['from', 'to'].map((edge) => meant(this.draft, edge, this.site.zone)[0]);
    return to > from ? inLanguage(length(to - from), this.language) : '';
  }

  #level() {
    return this.draft.level || (this.types.find(({ id }) => id === this.draft.meetingType)?.level ?? LEVELS[0]);
  }

  #capacity() {
    const room = this.#chosenRoom();
    return room ? this.#say('console.capacity', { people: room.capacity }) : '';
  }

  #consequence() {
    const room = this.#chosenRoom();
    if (this.#needsApproval()) return this.#say('policies.request', { name: this.#approver() });
    return room ? this.#say('console.book-room', { room: inLanguage(room.name, this.language) }) : this.#say('console.book');
  }

  #approver() {
    const { person } = this.approver ?? {};
    return person ? inLanguage(person.name, this.language) : this.#say('policies.request.admin-department');
  }

  #chosenRoom() {
    return this.rooms.find(({ id }) => id === this.draft.room);
  }

  #refusal() {
    return html`<booking-refused
      .refused=${this.refused}
      .room=${this.draft.room}
      .now=${this.now}
      .zone=${this.site.zone}
      .language=${this.language}
      @instead=${({ detail }) => this.#instead(detail)}
    ></booking-refused>`;
  }

  #typed = ({ target }) => {
    const { id, value } = target;
    if (id === 'from') this.#replace(withStart(this.draft, value), id);
    else this.#change({ [id]: value, ...(id === 'to' || id === 'date' ? { later: {}, timed: true } : {}) }, id);
  };

  #change(part, field) {
    this.#replace({ ...this.draft, ...part }, field);
  }

  #replace(draft, field) {
    this.draft = draft;
    if (field) this.faults = { ...this.faults, [field]: undefined };
    keep(this.site.id, this.draft);
  }

  #submit = (event) => {
    event.preventDefault();
    const { request, faults } = requestOf(this.draft, this.#level(), this.site.zone);
    if (request) this.#book(this.draft.room, request);
    else this.#fail(faults);
  };

  #instead({ room, start, end }) {
    const { request, faults } = requestOf(this.draft, this.#level(), this.site.zone);
    if (request) this.#book(room, { ...request, start, end });
    else this.#fail(faults);
  }

  async #book(room, request) {
    if (this.busy) return;
    this.busy = true;
    try {
      const path = `/api/rooms/${room}/bookings`;
      this.#booked(await command(path, request, { key: this.#keyOf(path, request), language: this.language }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#answered(error);
    } finally {
      this.busy = false;
    }
  }

  /** The key of an intention: the same one while it is unknown what became of it. */
  #keyOf(path, request) {
    const intention = path + JSON.stringify(request);
    if (this.#last?.intention !== intention) this.#last = { intention, key: newKey() };
    return this.#last.key;
  }

  #booked(booking) {
    this.#last = undefined;
    this.faults = {};
    this.refused = undefined;
    this.#change({ subject: '', headCount: '', level: '', timed: false });
    this.dispatchEvent(new CustomEvent('booked', { detail: booking }));
  }

  #answered(refused) {
    if (refused.status > 0 && refused.status < 500) this.#last = undefined;
    const faults = faultsIn(refused);
    if (Object.keys(faults).length > 0) {
      this.#fail(faults);
    } else {
      this.faults = {};
      this.refused = refused;
    }
  }

  async #fail(faults) {
    this.faults = faults;
    this.refused = undefined;
    await this.updateComplete;
    this.#focus(Object.keys(FIELDS).find((field) => faults[field]));
  }

  #focus(field) {
    this.renderRoot.getElementById(field)?.focus();
  }

  #leave = () => this.dispatchEvent(new CustomEvent('leave'));

  #fault(field) {
    const fault = this.faults[field];
    return fault ? inLanguage(fault.words, this.language) : '';
  }

  #wrong(field) {
    return this.faults[field] ? 'true' : 'false';
  }

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

/** The fields of which a refusal speaks, and what it says of them. */
function faultsIn(refused) {
  const field = SPOKEN_OF[refused.word];
  if (field) return { [field]: { words: refused.words } };
  const named = (refused.problem.errors ?? []).map(({ at, detail }) => [Object.keys(FIELDS).find((each) => FIELDS[each] === at), detail]);
  return Object.fromEntries(named.filter(([each]) => each).map(([each, detail]) => [each, { words: { zh: detail, en: detail } }]));
}

function keep(site, draft) {
  sessionStorage.setItem(`foyer.draft.${site}`, JSON.stringify(draft));
}

function kept(site) {
  return JSON.parse(sessionStorage.getItem(`foyer.draft.${site}`) ?? 'null') ?? undefined;
}

customElements.define('booking-form', BookingForm);
