import { html, css, nothing, LitElement } from 'lit';
import { command, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import { dialogs } from './dialogs.js';
import { formStyles } from './form-styles.js';

/** Cancels a booking, or takes a request back, with a reason where one is wanted. Sends `cancelled` with what it is then. */
export class BookingCancel extends LitElement {
  static properties = {
    language: { type: String },
    booking: { state: true },
    wanted: { state: true },
    fault: { state: true },
    refused: { state: true },
    busy: { state: true },
  };

  static styles = [
    controls,
    formStyles,
    dialogs,
    css`
      dialog {
        --dialog-width: 440px;
      }
      .acts {
        display: flex;
        justify-content: flex-end;
        gap: 8px;
      }
      .primary {
        min-height: 36px;
        background: var(--danger);
        border-color: var(--danger);
      }
    `,
  ];

  /**
   * Asks whether it is to be.
   *
   * @param {{id: number, status: string, subject: string}} booking
   * @param {boolean} wanted whether a reason must be given
   */
  async ask(booking, wanted) {
    Object.assign(this, { booking, wanted, fault: false, refused: undefined });
    await this.updateComplete;
    this.renderRoot.querySelector('dialog').showModal();
  }

  render() {
    if (!this.booking) return nothing;
    const kind = this.booking.status === 'requested' ? 'withdraw' : 'cancel';
    return html`<dialog aria-labelledby="title">
      <form @submit=${this.#submit}>
        <h2 id="title">${this.#say(`booking.${kind}.title`)}</h2>
        <div class="field">
          <label for="reason">${this.#say(this.wanted ? 'board.ask.why' : 'booking.cancel.why')}</label>
          <input id="reason" maxlength="500" autocomplete="off" aria-required=${this.wanted} aria-invalid=${Boolean(this.fault)} aria-describedby="about" />
          <p id="about" class=${this.fault ? 'error' : 'hint'}>${this.#say(this.fault ? 'board.ask.need' : 'booking.cancel.hint')}</p>
        </div>
        <div role="alert">${this.refused ? html`<p class="error">${inLanguage(this.refused.words, this.language)}</p>` : nothing}</div>
        <div class="acts">
          <button type="button" @click=${this.#close}>${this.#say('booking.cancel.leave')}</button>
          <button class="primary" aria-disabled=${Boolean(this.busy)}>${this.#say(`booking.deed.${kind}`)}</button>
        </div>
      </form>
    </dialog>`;
  }

  #close = () => this.renderRoot.querySelector('dialog').close();

  #submit = async (event) => {
    event.preventDefault();
    const field = this.renderRoot.getElementById('reason');
    const reason = field.value.trim();
    this.fault = this.wanted && reason === '';
    if (this.fault) {
      field.focus();
      return;
    }
    if (this.busy) return;
    this.busy = true;
    try {
      const detail = await command(`/api/bookings/${this.booking.id}/cancel`, reason ? { reason } : {}, { language: this.language });
      this.#close();
      this.dispatchEvent(new CustomEvent('cancelled', { detail }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
    } finally {
      this.busy = false;
    }
  };

  #say(key) {
    return text(key, {}, this.language);
  }
}

customElements.define('booking-cancel', BookingCancel);
