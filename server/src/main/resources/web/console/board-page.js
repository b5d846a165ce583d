import { html, css, nothing, LitElement } from 'lit';
import { command, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { date as dateOf, wallTime } from '/kit/time.js';
import { SiteBoard, slipOf } from './board-data.js';
import { BoardGrid } from './board-grid.js';
import { timeOf } from './board-plan.js';
import { daysOf, Scale, windowsOf, ZOOMS } from './board-scale.js';
import { controls } from './controls.js';
import { dialogs } from './dialogs.js';
import { empty, instead } from './instead.js';
import { pageStyles } from './page-styles.js';
import './board-bar.js';
import './board-list.js';
import './booking-done.js';
import './booking-form.js';
import './move-done.js';

/** Below this width, CSS pixels, the board is a list of rooms. */
const NARROW = matchMedia('(max-width: 719px)');

/**
 * The rooms of a site and their time: who meets where and when, as it changes. Date, zoom and filters are in the address. Bookings are
 * made, moved and stretched by hand or keyboard; the server decides, and what was done can be undone for a while.
 */
export class BoardPage extends LitElement {
  static lively = true;

  static properties = {
    me: { attribute: false },
    company: { attribute: false },
    site: { attribute: false },
    live: { attribute: false },
    now: { type: Number },
    language: { type: String },
    query: { attribute: false },
    refused: { state: true },
    moved: { state: true },
    booked: { state: true },
    asking: { state: true },
    width: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    dialogs,
    css`
      :host {
        display: flex;
        flex-direction: column;
        height: calc(100dvh - var(--top) - 48px);
        min-height: 420px;
        margin-bottom: -72px;
      }
      .title {
        margin-bottom: 12px;
      }
      board-grid {
        flex: 1;
      }
      .wait {
        flex: 1;
        min-height: 0;
      }
      .skeleton {
        height: 100%;
      }
      dialog {
        --dialog-width: 420px;
      }
      dialog.side {
        height: 100dvh;
        max-height: none;
        margin: 0 0 0 auto;
        border-width: 0 0 0 1px;
        border-radius: 0;
      }
      label {
        display: block;
        margin: 16px 0 4px;
        font-weight: 600;
      }
      .ask .deeds {
        justify-content: flex-end;
        margin-top: 16px;
      }
      .ask p {
        margin: 8px 0 0;
      }
      .error {
        color: var(--danger);
      }
      @media (max-width: 719px) {
        :host {
          height: auto;
          margin-bottom: 0;
        }
        dialog.side {
          width: 100vw;
          max-width: none;
          padding: 16px;
          border: 0;
        }
      }
    `,
  ];

  /** @type {SiteBoard | undefined} */
  #board;
  #showing = '';
  #scale;
  #scaled = [];
  #rooms;
  #roomed = [];
  #sizes = new ResizeObserver(([{ contentRect }]) => (this.width = Math.floor(contentRect.width)));

  connectedCallback() {
    super.connectedCallback();
    NARROW.addEventListener('change', this.#onChange);
    this.#sizes.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    NARROW.removeEventListener('change', this.#onChange);
    this.#sizes.disconnect();
    this.#board?.end();
    this.#board = undefined;
    this.#showing = '';
  }

  #onChange = () => this.requestUpdate();

  get #zoom() {
    const zoom = this.query.get('zoom');
    if (NARROW.matches) return 'day';
    return zoom in ZOOMS ? zoom : 'day';
  }

  get #date() {
    const date = this.query.get('date') ?? '';
    return /^20\d\d-\d\d-\d\d$/.test(date) && !Number.isNaN(Date.parse(date)) ? date : dateOf(this.now, this.site.zone);
  }

  willUpdate() {
    this.query ??= new URLSearchParams();
    const dates = daysOf(this.#date, this.#zoom);
    const showing = `${this.site.id} ${dates.join()}`;
    if (showing !== this.#showing) this.#turnTo(showing, dates);
    this.#board.follow(this.live.timelines.values());
  }

  #turnTo(showing, dates) {
    this.#showing = showing;
    this.#board?.end();
    const board = new SiteBoard(this.site.id, dates, this.site.zone);
    board.addEventListener('change', () => this.#changed(board));
    this.#board = board;
    this.#load();
  }

  #load = async () => {
    const board = this.#board;
    this.refused = undefined;
    try {
      await board.load();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (board === this.#board) this.refused = error;
    }
  };

  /** Nothing changes under a hand that draws. */
  #changed(board) {
    if (board !== this.#board) return;
    const grid = this.#grid;
    if (grid?.busy) setTimeout(() => this.#changed(board), 100);
    else this.requestUpdate();
  }

  get #grid() {
    return this.renderRoot?.querySelector('board-grid');
  }

  render() {
    return html`
      <div class="title">
        <h1 tabindex="-1">${this.#say('shell.board')}</h1>
        <board-bar
          .date=${this.#date}
          .zoom=${this.#zoom}
          .query=${this.query}
          .now=${this.now}
          .site=${this.site}
          .rooms=${this.#ofSite()}
          .shown=${this.#shownRooms().length}
          .named=${this.#board.days}
          .narrow=${NARROW.matches}
          .language=${this.language}
          @turn=${({ detail }) => this.#go(detail)}
        ></board-bar>
      </div>
      ${this.#body()} ${this.#form()} ${this.#ask()}
      <booking-done
        .booking=${this.booked}
        .room=${this.#room(this.booked?.room)}
        .now=${this.now}
        .language=${this.language}
        @close=${() => (this.booked = undefined)}
      ></booking-done>
      <move-done
        .moved=${this.moved}
        .room=${this.#room(this.moved?.booking?.room ?? this.moved?.plan?.room)}
        .now=${this.now}
        .zone=${this.site.zone}
        .language=${this.language}
        @undo=${this.#undo}
        @instead=${({ detail }) => this.#instead(detail)}
        @close=${() => (this.moved = undefined)}
      ></move-done>
    `;
  }

  #body() {
    if (!this.#board.loaded) return html`<div class="wait">${instead({ refused: this.refused, again: this.#load, language: this.language })}</div>`;
    const rooms = this.#shownRooms();
    if (rooms.length === 0) return empty(this.#say('board.none'), this.#say('board.none.hint'));
    if (NARROW.matches) return this.#list(rooms);
    if (!this.width) return nothing;
    return html`<board-grid
      .rooms=${rooms}
      .slips=${this.#board.rooms}
      .open=${this.#board.open}
      .scale=${this.#scaleNow()}
      .zoom=${this.#zoom}
      .named=${this.#board.days}
      .now=${minute(this.now)}
      .language=${this.language}
      @drop=${({ detail }) => this.#drop(detail)}
      @open=${({ detail }) => this.#open(detail)}
    ></board-grid>`;
  }

  #list(rooms) {
    return html`<board-list
      .rooms=${rooms}
      .slips=${this.#board.rooms}
      .open=${this.#board.open}
      .scale=${this.#scaleNow()}
      .now=${minute(this.now)}
      .language=${this.language}
      @drop=${({ detail }) => this.#drop(detail)}
      @open=${({ detail }) => this.#open(detail)}
    ></board-list>`;
  }

  /** The line of time, the same one while nothing about it changes. */
  #scaleNow() {
    const zoom = this.#zoom;
    const { rooms, open } = this.#board;
    const booked = [...rooms.values()].flat();
    const windows = windowsOf(daysOf(this.#date, zoom), this.site.zone, open, booked);
    const { hour, least } = ZOOMS[zoom];
    const hours = windows.reduce((sum, { from, until }) => sum + (until - from) / 3_600_000, 0);
    const px = hour ?? Math.max(least, BoardGrid.room(this.width ?? 0) / hours);
    const mark = JSON.stringify([windows, px]);
    if (this.#scaled[0] !== mark) this.#scaled = [mark, new Scale(windows, px, this.site.zone)];
    return this.#scaled[1];
  }

  #ofSite() {
    return this.company.rooms.filter(({ site }) => site === this.site.id);
  }

  /** The rooms that the filters let through; the same array while they are the same. */
  #shownRooms() {
    const floor = this.query.get('floor') ?? '';
    const seats = Number(this.query.get('seats') ?? 0);
    const equipment = (this.query.get('with') ?? '').split(',').filter(Boolean);
    const mark = [this.company, this.site, floor, seats, equipment.join()];
    if (!mark.every((each, at) => each === this.#roomed[at])) {
      this.#roomed = mark;
      this.#rooms = this.#ofSite().filter(
        (room) => (floor === '' || room.floor === floor) && room.capacity >= seats && equipment.every((code) => room.equipment.includes(code)),
      );
    }
    return this.#rooms;
  }

  #room(id) {
    return this.company.rooms.find((room) => room.id === id);
  }

  #nameOf(id) {
    return inLanguage(this.#room(id).name, this.language);
  }

  /** Other days, another zoom or other filters: what is not said stays. */
  #go(part) {
    const query = new URLSearchParams(this.query);
    for (const [name, value] of Object.entries(part)) {
      if (value === undefined || value === '') query.delete(name);
      else query.set(name, value);
    }
    this.dispatchEvent(new CustomEvent('go', { detail: `/board?${query}`, bubbles: true, composed: true }));
  }

  #open({ id }) {
    this.dispatchEvent(new CustomEvent('go', { detail: `/bookings/${id}`, bubbles: true, composed: true }));
  }

  // booking -------------------------------------------------------------------------------------------------------------------

  #form() {
    return html`<dialog class="side" @close=${this.#closed}>
      <booking-form
        .site=${this.site}
        .rooms=${this.#ofSite()}
        .types=${this.company.types}
        .departments=${this.company.departments}
        .now=${this.now}
        .language=${this.language}
        .closable=${true}
        @booked=${({ detail }) => this.#booked(detail)}
        @leave=${() => this.renderRoot.querySelector('dialog.side').close()}
      ></booking-form>
    </dialog>`;
  }

  #drop(plan) {
    if (plan.kind === 'create') this.#create(plan);
    else if (plan.slip.room === plan.room && plan.slip.from === plan.from && plan.slip.until === plan.until) this.#grid?.release();
    else if (plan.slip.move === 'reason') this.#askWhy(plan);
    else this.#move(plan, '');
  }

  #create({ room, from, until }) {
    const { zone } = this.site;
    const end = wallTime(until, zone);
    const draft = { room, date: dateOf(from, zone), from: wallTime(from, zone), to: end === '00:00' ? '24:00' : end, later: {}, timed: true };
    this.renderRoot.querySelector('dialog.side').showModal();
    this.renderRoot.querySelector('booking-form').propose(draft);
  }

  #closed = () => this.#grid?.release();

  #booked(booking) {
    this.moved = undefined;
    this.booked = booking;
    this.#board.put(slipOf({ ...rowOf(booking), part: 'own', move: booking.status === 'confirmed' ? 'yes' : undefined }));
    this.#board.refresh(booking.room);
    this.renderRoot.querySelector('dialog.side').close();
  }

  // moving --------------------------------------------------------------------------------------------------------------------

  #ask() {
    if (!this.asking) return nothing;
    const { plan, fault } = this.asking;
    return html`<dialog class="ask" aria-labelledby="ask-title" @close=${this.#unasked}>
      <form @submit=${this.#answered}>
        <h2 id="ask-title">${text('board.ask.title', { room: this.#nameOf(plan.room), time: inLanguage(timeOf(plan, this.now, this.site.zone), this.language) }, this.language)}</h2>
        <p class="hint">${this.#say('board.ask.hint')}</p>
        <label for="why">${this.#say('board.ask.why')}</label>
        <input id="why" maxlength="500" autocomplete="off" aria-invalid=${Boolean(fault)} aria-describedby="about-why" />
        <p id="about-why" class="error">${fault ? this.#say('board.ask.need') : ''}</p>
        <div class="deeds">
          <button type="button" @click=${this.#unasked}>${this.#say('board.ask.leave')}</button>
          <button class="primary">${this.#say('board.ask.act')}</button>
        </div>
      </form>
    </dialog>`;
  }

  async #askWhy(plan) {
    this.asking = { plan };
    await this.updateComplete;
    this.renderRoot.querySelector('dialog.ask').showModal();
  }

  #unasked = () => {
    if (!this.asking) return;
    this.asking = undefined;
    this.#grid?.release();
  };

  #answered = (event) => {
    event.preventDefault();
    const reason = this.renderRoot.getElementById('why').value.trim();
    const { plan } = this.asking;
    if (reason === '') {
      this.asking = { plan, fault: true };
      this.renderRoot.getElementById('why').focus();
      return;
    }
    this.asking = undefined;
    this.#move(plan, reason);
  };

  /** The server decides; until then the plan stays where it was put. */
  async #move(plan, reason) {
    const { slip } = plan;
    this.booked = undefined;
    try {
      const booking = await this.#send(slip, plan, reason);
      this.#board.put({ ...slip, room: booking.room, ...timesOf(booking), version: booking.version });
      this.moved = { booking, back: slip, reason };
      this.#board.refresh(slip.room);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.moved = { plan, reason, refused: error };
      this.#board.refresh(slip.room);
    } finally {
      this.#grid?.release();
      this.#grid?.focus();
    }
  }

  #send({ id, version }, { room, from, until }, reason) {
    const body = { room, start: new Date(from).toISOString(), end: new Date(until).toISOString() };
    const match = `"${version}"`;
    return command(`/api/bookings/${id}/move`, reason ? { ...body, reason } : body, { match, language: this.language });
  }

  /** Moves it back to where it was. */
  #undo = async () => {
    const { booking, back, reason } = this.moved;
    try {
      const again = await this.#send(booking, back, reason);
      this.#board.put({ ...back, version: again.version });
      this.moved = { booking: again, undone: true };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.moved = { ...this.moved, plan: back, refused: error };
    }
  };

  /** Another place that the server proposed. */
  #instead({ room, start, end }) {
    const { plan, reason } = this.moved;
    const { slip } = plan;
    this.#move({ ...plan, slip: this.#known(slip), room, from: Date.parse(start), until: Date.parse(end) }, reason);
  }

  #known(slip) {
    return this.#board.rooms.get(slip.room)?.find(({ id }) => id === slip.id) ?? slip;
  }

  /** Other days or another zoom begin at what is next. */
  updated() {
    const grid = this.#grid;
    if (!grid || this.#revealed === this.#showing + this.#zoom) return;
    this.#revealed = this.#showing + this.#zoom;
    grid.updateComplete.then(() => grid.reveal(this.now));
  }

  #revealed = '';

  #say(key) {
    return text(key, {}, this.language);
  }
}

/** Of what the server answers to a booking what the board needs. */
function rowOf({ id, room, start, end, status, level, subject, meetingType, convener, department, version }) {
  return { id, room, start, end, status, level, subject, meetingType, convener, department, version };
}

function timesOf({ start, end }) {
  return { from: Date.parse(start), until: Date.parse(end) };
}

function minute(now) {
  return Math.floor(now / 60_000) * 60_000;
}

customElements.define('board-page', BoardPage);
