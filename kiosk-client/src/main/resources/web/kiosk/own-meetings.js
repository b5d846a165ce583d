import { html, css, nothing, LitElement } from 'lit';
import { inLanguage, text } from '/kit/language.js';
import { wallTime } from '/kit/time.js';

/** Somebody's meetings of today and the way to each, for them and for whoever looks over their shoulder. */
export class OwnMeetings extends LitElement {
  static properties = {
    /** What the server answered. */
    registration: { attribute: false },
    language: { type: String },
    /** How many fit. */
    most: { type: Number },
  };

  static styles = css`
    :host {
      display: block;
    }
    ol {
      list-style: none;
      margin: 0;
      padding: 0;
      display: grid;
      gap: calc(3 * var(--mm));
    }
    li {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: 0 calc(6 * var(--mm));
      padding: calc(4 * var(--mm)) calc(5 * var(--mm));
      background: #20262d;
      border-radius: calc(14 * var(--u));
    }
    time {
      font-size: calc(7 * var(--mm) * var(--k, 1));
      font-weight: 600;
      grid-row: span 2;
    }
    .title {
      font-size: calc(5.6 * var(--mm) * var(--k, 1));
      font-weight: 600;
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .way {
      font-size: calc(5 * var(--mm) * var(--k, 1));
      color: #d5d9dd;
    }
    p {
      margin: calc(3 * var(--mm)) 0 0;
      font-size: calc(5 * var(--mm) * var(--k, 1));
      color: #d5d9dd;
    }
  `;

  render() {
    const { meetings, more } = this.registration;
    const beside = meetings.length + more - this.most;
    if (meetings.length === 0) return html`<p class="none">${this.#say('kiosk.register.no-meeting')}</p>`;
    return html`
      <ol>
        ${meetings.slice(0, this.most).map((meeting) => this.#meeting(meeting))}
      </ol>
      ${beside > 0 ? html`<p class="more">${this.#say('kiosk.register.more', { count: beside })}</p>` : nothing}
    `;
  }

  #meeting({ start, subject, level, room, building, floor, site }) {
    const way = [site, building, this.#floor(floor), room].filter(Boolean).map((part) => (typeof part === 'string' ? part : inLanguage(part, this.language)));
    return html`
      <li>
        <time>${wallTime(Date.parse(start), this.registration.zone)}</time>
        <span class="title">${subject ?? this.#say(`kiosk.register.level.${level}`)}</span>
        <span class="way">${way.join(' → ')}</span>
      </li>
    `;
  }

  /** Where a floor is a mere number it is said that it is one. */
  #floor(floor) {
    return /^-?[0-9]+$/.test(floor) ? this.#say('kiosk.register.floor', { floor }) : floor;
  }

  #say(key, values) {
    return text(key, values, this.language);
  }
}

customElements.define('own-meetings', OwnMeetings);
