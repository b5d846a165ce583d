import { html, css, nothing, LitElement } from 'lit';
import { both, inLanguage, text } from '/kit/language.js';
import { moment, wallTime } from '/kit/time.js';
import { controls } from './controls.js';

/** Why a booking was refused, and the nearest free times instead, each taken by one touch; `act` is the word for that. Sends `instead`. */
export class BookingRefused extends LitElement {
  static properties = {
    refused: { attribute: false },
    room: { type: String },
    act: { type: String },
    now: { type: Number },
    zone: { type: String },
    language: { type: String },
  };

  static styles = [
    controls,
    css`
      :host {
        display: block;
        padding: 12px;
        border-radius: var(--radius);
        background: var(--danger-soft);
      }
      p {
        margin: 0;
      }
      .title {
        font-weight: 600;
        color: var(--danger);
      }
      ul {
        list-style: none;
        margin: 12px 0 0;
        padding: 0;
        display: grid;
        gap: 8px;
      }
      button {
        width: 100%;
        text-align: start;
        padding: 6px 12px;
      }
      .name {
        font-weight: 600;
      }
    `,
  ];

  render() {
    const { title, detail, words } = this.refused;
    const nearest = this.refused.problem.nearest ?? [];
    return html`
      <p class="title">${inLanguage(title ?? words, this.language)}</p>
      ${title && detail ? html`<p>${inLanguage(detail, this.language)}</p>` : nothing} ${this.#saidBy()}
      ${nearest.length > 0
        ? html`<ul aria-label=${text('console.instead', {}, this.language)}>
            ${nearest.map((each) => this.#alternative(each))}
          </ul>`
        : nothing}
    `;
  }

  /** Which version of which policy says so, and by which clause. */
  #saidBy() {
    const { policy, parameter, clause } = this.refused.problem;
    if (!parameter) return nothing;
    const words = text(clause ? 'policies.said-by.clause' : 'policies.said-by', { policy, clause }, this.language);
    return html`<p><a href="/policies/${policy.split('-')[0]}">${words}</a></p>`;
  }

  #alternative(each) {
    return html`<li>
      <button type="button" class="alternative" @click=${() => this.#take(each)}>${this.#name(each)}</button>
    </li>`;
  }

  #name({ room, name, start, end }) {
    const where = room === this.room ? both('door.alternative.here') : name;
    const when = inLanguage(moment(Date.parse(start), this.now, this.zone), this.language);
    return html`${this.act ?? text('console.book', {}, this.language)} <span class="name">${inLanguage(where, this.language)}</span>
      ${when}–${wallTime(Date.parse(end), this.zone)}`;
  }

  #take(detail) {
    this.dispatchEvent(new CustomEvent('instead', { detail }));
  }
}

customElements.define('booking-refused', BookingRefused);
