import { html, css, nothing, LitElement } from 'lit';
import { live } from 'lit/directives/live.js';
import { command, read, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { date as dateOf, wallTime } from '/kit/time.js';
import { instantsOf } from '/kit/wall-clock.js';
import { timeOf } from './board-plan.js';
import { floorsOf } from './company.js';
import { controls } from './controls.js';
import { dialogs } from './dialogs.js';
import { TIMES } from './draft.js';
import { formStyles } from './form-styles.js';
import './booking-refused.js';

/**
 * Moves a booking to another room or time. Where somebody else has changed it meanwhile it says to what, keeps what was chosen, and asks
 * again. Sends `moved` with the booking as it is then.
 */
export class BookingMove extends LitElement {
  static properties = {
    company: { attribute: false },
    now: { type: Number },
    language: { type: String },
    booking: { state: true },
    wanted: { state: true },
    choice: { state: true },
    fault: { state: true },
    refused: { state: true },
    changed: { state: true },
    busy: { state: true },
  };

  static styles = [
    controls,
    formStyles,
    dialogs,
    css`
      dialog {
        --dialog-width: 480px;
      }
      .acts {
        display: flex;
        justify-content: flex-end;
        gap: 8px;
      }
      .primary {
        min-height: 36px;
      }
      .changed {
        margin: 0;
        padding: 8px 12px;
        border-radius: var(--radius);
        background: var(--warn-soft);
        color: var(--warn);
        font-size: 14px;
        line-height: 22px;
      }
    `,
  ];

  /**
   * Asks where to.
   *
   * @param {object} booking as the server tells it
   * @param {boolean} wanted whether a reason must be given
   */
  async ask(booking, wanted) {
    const { zone, room } = booking;
    const [from, until] = [booking.start, booking.end].map((at) => Date.parse(at));
    const end = wallTime(until, zone);
    const choice = { room, date: dateOf(from, zone), from: wallTime(from, zone), to: end === '00:00' ? '24:00' : end, reason: '' };
    Object.assign(this, { booking, wanted, choice, fault: undefined, refused: undefined, changed: undefined });
    await this.updateComplete;
    this.renderRoot.querySelector('dialog').showModal();
  }

  render() {
    if (!this.booking) return nothing;
    const { choice } = this;
    return html`<dialog aria-labelledby="title">
      <form @submit=${this.#submit}>
        <h2 id="title">${this.#say('booking.move.title')}</h2>
        ${this.changed ? html`<p class="changed" role="alert">${this.#changedTo()}</p>` : nothing}
        ${this.#field('room', html`<select id="room" @change=${this.#typed}>${this.#rooms()}</select>`)}
        ${this.#field('date', html`<input id="date" type="date" .value=${live(choice.date)} @input=${this.#typed} />`)}
        <div class="two">
          ${this.#field('from', html`<select id="from" @change=${this.#typed}>${this.#times(choice.from)}</select>`)}
          ${this.#field('to', html`<select id="to" @change=${this.#typed}>${this.#times(choice.to)}</select>`)}
        </div>
        ${this.wanted ? this.#why() : nothing}
        <p class="hint">${this.#say('booking.move.told')}</p>
        <div role="alert">${this.refused ? this.#refusal() : nothing}</div>
        <div class="acts">
          <button type="button" @click=${this.#close}>${this.#say('board.ask.leave')}</button>
          <button class="primary" aria-disabled=${Boolean(this.busy)}>${this.#say(this.changed ? 'booking.move.still' : 'board.ask.act')}</button>
        </div>
      </form>
    </dialog>`;
  }

  #field(id, control) {
    const fault = this.fault?.field === id ? inLanguage(this.fault.words, this.language) : '';
    return html`<div class="field">
      <label for=${id}>${this.#say(`console.field.${id}`)}</label>
      ${control}
      <p class="error">${fault}</p>
    </div>`;
  }

  #why() {
    return html`<div class="field">
      <label for="reason">${this.#say('board.ask.why')}</label>
      <input id="reason" maxlength="500" autocomplete="off" aria-required="true" .value=${live(this.choice.reason)} @input=${this.#typed} />
      <p class=${this.fault?.field === 'reason' ? 'error' : 'hint'}>${this.#say(this.fault?.field === 'reason' ? 'board.ask.need' : 'board.ask.hint')}</p>
    </div>`;
  }

  #rooms() {
    const { site } = this.company.rooms.find(({ id }) => id === this.booking.room);
    return floorsOf(this.company.rooms.filter((room) => room.site === site)).map(
      ({ building, floor, rooms }) => html`<optgroup label="${inLanguage(building, this.language)} · ${floor}">
        ${rooms.map((room) => this.#option(room.id, inLanguage(room.name, this.language), this.choice.room))}
      </optgroup>`,
    );
  }

  /** The quarters of a day, and the time that it has already. */
  #times(chosen) {
    const times = TIMES.includes(chosen) ? TIMES : [...TIMES, chosen].sort();
    return times.map((time) => this.#option(time, time, chosen));
  }

  #option(value, name, chosen) {
    return html`<option value=${value} .selected=${live(value === chosen)}>${name}</option>`;
  }

  #changedTo() {
    const { room, zone, status } = this.changed;
    if (status !== 'confirmed') return text('booking.changed.status', { word: this.#say(`slip.${status}`) }, this.language);
    const name = this.company.rooms.find(({ id }) => id === room)?.name ?? { zh: room, en: room };
    const time = timeOf({ from: Date.parse(this.changed.start), until: Date.parse(this.changed.end) }, this.now, zone);
    return text('booking.changed', { room: inLanguage(name, this.language), time: inLanguage(time, this.language) }, this.language);
  }

  #refusal() {
    return html`<booking-refused
      .refused=${this.refused}
      .room=${this.choice.room}
      .act=${this.#say('board.move-there')}
      .now=${this.now}
      .zone=${this.booking.zone}
      .language=${this.language}
      @instead=${({ detail }) => this.#send(detail)}
    ></booking-refused>`;
  }

  #close = () => this.renderRoot.querySelector('dialog').close();

  #typed = ({ target }) => {
    this.choice = { ...this.choice, [target.id]: target.value };
    this.fault = undefined;
  };

  #submit = (event) => {
    event.preventDefault();
    const { room, date, from, to, reason } = this.choice;
    const { zone } = this.booking;
    const [start] = instantsOf(date, from, zone);
    const [end] = instantsOf(date, to, zone);
    if (this.wanted && reason.trim() === '') this.#fail('reason');
    else if (start === undefined || end === undefined || end <= start) this.#fail('to', { zh: text('console.need.later-end', {}, 'zh-CN'), en: text('console.need.later-end', {}, 'en') });
    else this.#send({ room, start: new Date(start).toISOString(), end: new Date(end).toISOString() });
  };

  #fail(field, words) {
    this.fault = { field, words };
    this.renderRoot.getElementById(field).focus();
  }

  async #send({ room, start, end }) {
    if (this.busy) return;
    this.busy = true;
    this.refused = undefined;
    const reason = this.choice.reason.trim();
    try {
      const detail = await command(`/api/bookings/${this.booking.id}/move`, reason ? { room, start, end, reason } : { room, start, end }, {
        match: `"${this.booking.version}"`,
        language: this.language,
      });
      this.#close();
      this.dispatchEvent(new CustomEvent('moved', { detail }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await this.#refuse(error);
    } finally {
      this.busy = false;
    }
  }

  /** What was changed meanwhile is asked for; what was chosen stays. */
  async #refuse(error) {
    if (error.status !== 412) {
      this.refused = error;
      return;
    }
    try {
      this.changed = await read(`/api/bookings/${this.booking.id}`);
      this.booking = this.changed;
    } catch {
      this.refused = error;
    }
  }

  #say(key) {
    return text(key, {}, this.language);
  }
}

customElements.define('booking-move', BookingMove);
