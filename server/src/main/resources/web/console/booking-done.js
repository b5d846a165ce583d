import { html, css, nothing, LitElement } from 'lit';
import { command, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { moment, wallTime } from '/kit/time.js';
import { controls } from './controls.js';
import { waitsWords } from './slip-words.js';
import { noticeStyles } from './notice-styles.js';

/** For so long a booking can be taken back from here, ms. */
const UNDO = 10_000;

/** Says what was booked, leads to the door, and takes the booking back for a while. Sends `close`. */
export class BookingDone extends LitElement {
  static properties = {
    booking: { attribute: false },
    room: { attribute: false },
    now: { type: Number },
    language: { type: String },
    undoable: { state: true },
    busy: { state: true },
    cancelled: { state: true },
    refused: { state: true },
  };

  static styles = [
    controls,
    noticeStyles,
    css`
      .word.off {
        color: var(--ink2);
      }
      .error {
        color: var(--danger);
      }
      .acts {
        display: flex;
        align-items: center;
        gap: 12px;
        margin-inline-start: auto;
      }
    `,
  ];

  #timer;

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  willUpdate(changed) {
    if (changed.has('booking')) {
      clearTimeout(this.#timer);
      this.cancelled = false;
      this.refused = undefined;
      this.undoable = Boolean(this.booking);
      this.#timer = this.booking && setTimeout(() => this.#tooLate(), UNDO);
    }
  }

  render() {
    return html`<div role="status">${this.booking ? this.#card() : nothing}</div>`;
  }

  #card() {
    return html`<div class="card">
      <p>
        <span class="word ${this.cancelled ? 'off' : ''}">${this.#word()}</span>
        ${inLanguage(this.room.name, this.language)} ${this.#when()}
        ${this.refused ? html`<span class="error">${inLanguage(this.refused.words, this.language)}</span>` : nothing}
      </p>
      <div class="acts">
        ${this.cancelled ? nothing : html`<a class="door" href="/door/?room=${this.room.id}">${this.#say('console.door')}</a>`}
        ${this.undoable && !this.cancelled ? this.#undoing() : nothing}
        <button class="plain close" @click=${this.#close}>${this.#say('console.close')}</button>
      </div>
    </div>`;
  }

  #word() {
    const asked = Boolean(this.booking.waitsFor);
    if (this.cancelled) return this.#say(asked ? 'policies.withdrawn' : 'console.cancelled');
    return asked ? `${this.#say('policies.requested')} · ${inLanguage(waitsWords(this.booking.waitsFor), this.language)}` : this.#say('console.booked');
  }

  #undoing() {
    return html`<button class="undo" aria-disabled=${Boolean(this.busy)} @click=${this.#undo}>${this.#say('console.undo')}</button>`;
  }

  #when() {
    const { start, end, zone } = this.booking;
    return `${inLanguage(moment(Date.parse(start), this.now, zone), this.language)}–${wallTime(Date.parse(end), zone)}`;
  }

  #undo = async () => {
    if (this.busy) return;
    this.busy = true;
    try {
      await command(`/api/bookings/${this.booking.id}/cancel`, {}, { language: this.language });
      this.cancelled = true;
      this.#focusClose();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
    } finally {
      this.busy = false;
    }
  };

  #tooLate() {
    const focused = this.renderRoot.activeElement?.classList.contains('undo');
    this.undoable = false;
    if (focused) this.#focusClose();
  }

  /** Keeps the focus near where the button was. */
  #focusClose() {
    this.renderRoot.querySelector('.close').focus();
  }

  #close = () => this.dispatchEvent(new CustomEvent('close'));

  #say(key) {
    return text(key, {}, this.language);
  }
}

customElements.define('booking-done', BookingDone);
