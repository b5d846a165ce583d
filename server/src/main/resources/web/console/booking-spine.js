import { html, css, nothing, LitElement } from 'lit';
import { inLanguage, knows, text } from '/kit/language.js';
import { moment } from '/kit/time.js';

/** What has become of a booking, as a spine of time: the first thing at the top. */
export class BookingSpine extends LitElement {
  static properties = {
    events: { attribute: false },
    now: { type: Number },
    zone: { type: String },
    language: { type: String },
  };

  static styles = css`
    ol {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      position: relative;
      padding: 0 0 20px 28px;
    }
    li::before {
      content: '';
      position: absolute;
      top: 6px;
      left: 4px;
      width: 9px;
      height: 9px;
      border: 2px solid var(--accent);
      border-radius: 50%;
      background: var(--bg);
    }
    li:last-child::before {
      background: var(--accent);
    }
    li:not(:last-child)::after {
      content: '';
      position: absolute;
      top: 21px;
      bottom: -4px;
      left: 10px;
      width: 1px;
      background: var(--line-control);
    }
    p {
      margin: 0;
    }
    .what {
      font-weight: 600;
    }
    .meta {
      font-size: 12px;
      line-height: 18px;
      color: var(--ink2);
    }
    .why {
      margin-top: 4px;
      padding-inline-start: 8px;
      border-inline-start: 2px solid var(--line);
      color: var(--ink2);
    }
  `;

  render() {
    if (this.events.length === 0) return html`<p class="meta">${text('booking.event.none', {}, this.language)}</p>`;
    return html`<ol>
      ${this.events.map((event) => this.#event(event))}
    </ol>`;
  }

  #event(event) {
    const at = inLanguage(moment(Date.parse(event.at), this.now, this.zone), this.language);
    return html`<li>
      <p class="what">${this.#what(event)}</p>
      <p class="meta"><time datetime=${event.at}>${at}</time> · ${this.#who(event)}</p>
      ${event.reason ? html`<p class="why">${event.reason}</p>` : nothing}
    </li>`;
  }

  /** A deed that has no word of its own says what it changed. */
  #what({ action, fields }) {
    const key = `booking.event.${action.replaceAll(' ', '-')}`;
    if (knows(key)) return text(key, {}, this.language);
    return text('booking.event.other', { fields: fields.join(', ') || action }, this.language);
  }

  #who({ by, device }) {
    if (by) return inLanguage(by.name, this.language);
    return device ? text('booking.by.device', { device }, this.language) : text('booking.by.house', {}, this.language);
  }
}

customElements.define('booking-spine', BookingSpine);
