import { html, css, nothing, LitElement } from 'lit';
import { bilingual } from './bilingual.js';
import { both, inLanguage } from './language.js';
import { AGE_AFTER, OFFLINE_AFTER } from './live-timeline.js';
import { length, moment } from './time.js';

/** Says that the server is silent, since when, and as of when the schedule is; in both languages unless one is named. */
export class LiveRibbon extends LitElement {
  static properties = {
    age: { type: Number },
    heard: { type: Number },
    now: { type: Number },
    zone: { type: String },
    language: { type: String },
  };

  static styles = css`
    :host {
      display: block;
    }
    p {
      margin: 0;
      padding: var(--ribbon-padding, 8px 16px);
      background: #14181d;
      color: #ffc95c;
      font-weight: 600;
      display: flex;
      flex-wrap: wrap;
      gap: 0.1em 1em;
      align-items: baseline;
    }
    .en {
      font-weight: 400;
    }
    p::before {
      content: "";
      align-self: center;
      width: 0.7em;
      height: 0.7em;
      border: 0.16em dashed currentcolor;
      border-radius: 50%;
    }
  `;

  render() {
    const shown = this.heard !== undefined && this.age >= OFFLINE_AFTER;
    return html`<div role="status">${shown ? html`<p>${this.#said(this.#words())}</p>` : nothing}</div>`;
  }

  #said(words) {
    return this.language ? inLanguage(words, this.language) : bilingual(words);
  }

  #words() {
    const at = moment(this.heard, this.now, this.zone);
    return this.age < AGE_AFTER ? both('live.offline', { at }) : both('live.offline-since', { at, age: length(this.age - 59_999) });
  }
}

customElements.define('live-ribbon', LiveRibbon);
