import { html, css, nothing, LitElement } from 'lit';
import { bilingual } from '/kit/bilingual.js';
import { both } from '/kit/language.js';
import { wallTime } from '/kit/time.js';
import { keys } from './keys.js';

/**
 * @typedef {{room: string, name: {zh: string, en: string}, start: string, end: string}} Alternative
 * @typedef {{words: {zh: string, en: string}, bad?: boolean, alternatives?: Alternative[], undo?: {booking: number, until: number}}} Notice
 */

/** A start so near counts as now, ms. */
const NOW_WITHIN = 60_000;

/**
 * What came of a command, over the bar of keys: that it is undone by one touch, that somebody was faster and what is free instead, why
 * it was refused. Sends `undo`, `alternative` and `dismiss`.
 */
export class DoorNotice extends LitElement {
  static properties = {
    notice: { attribute: false },
    room: { type: String },
    zone: { type: String },
    now: { type: Number },
    reach: { type: Boolean, reflect: true },
  };

  static styles = [
    keys,
    css`
      :host {
        position: absolute;
        z-index: 1;
        inset: auto 0 0 0;
        box-sizing: border-box;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: calc(2 * var(--u)) var(--gap);
        min-height: calc(var(--touch-primary) + 5 * var(--u));
        max-height: 45vh;
        padding: max(2 * var(--mm), 2.4 * var(--u)) calc(5 * var(--u));
        background: #f7f7f4;
        color: #1b1f24;
        border-top: calc(1.2 * var(--u)) solid #1f4e9e;
        box-shadow: 0 calc(-1 * var(--u)) calc(6 * var(--u)) rgb(0 0 0 / 45%);
        animation: rise 200ms ease-out;
      }
      :host([bad]) {
        border-top-color: #a8201a;
      }
      :host([reach]) {
        min-height: 30vh;
      }
      @keyframes rise {
        from {
          transform: translateY(30%);
          opacity: 0;
        }
      }
      p {
        margin: 0;
        flex: 1 1 calc(70 * var(--u));
        font-size: calc(5.2 * var(--u));
        line-height: 1.3;
      }
      p .zh {
        display: block;
        font-weight: 600;
        font-size: 1.15em;
      }
      button {
        background: #ffffff;
        color: #1b1f24;
        border-color: #6f7780;
      }
      button.primary {
        background: #1b1f24;
        border-color: #1b1f24;
        color: #ffffff;
      }
      button:active {
        background: #e2e3dd;
      }
      button.primary:active {
        background: #3a424b;
      }
      button:focus-visible {
        outline-color: #2f4b8f;
      }
      ul {
        flex: 1 1 100%;
        display: flex;
        gap: var(--gap);
        margin: 0;
        padding: 0;
        list-style: none;
        order: 3;
      }
      li {
        flex: 1 1 0;
        min-width: 0;
        font-size: calc(4.4 * var(--u));
      }
      li button,
      li div {
        width: 100%;
        box-sizing: border-box;
        min-width: 0;
        padding: 0 calc(2 * var(--u));
      }
      li div {
        height: var(--touch-primary);
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        border: calc(0.3 * var(--u)) dashed #83888d;
        border-radius: calc(2.2 * var(--u));
      }
      li b,
      li small {
        max-width: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .undo {
        position: relative;
        overflow: hidden;
      }
      .undo i {
        position: absolute;
        left: 0;
        bottom: 0;
        height: calc(1.2 * var(--u));
        width: 100%;
        background: var(--state-soon);
        transform-origin: left;
        animation: deplete 10s linear both;
      }
      @keyframes deplete {
        to {
          transform: scaleX(0);
        }
      }
      @media (prefers-reduced-motion: reduce) {
        :host {
          animation: none;
        }
      }
    `,
  ];

  firstUpdated() {
    this.toggleAttribute('bad', Boolean(this.notice.bad));
    this.renderRoot.querySelector('button')?.focus({ preventScroll: true });
  }

  render() {
    const { words, undo, alternatives } = this.notice;
    return html`
      <p role=${this.notice.bad ? 'alert' : 'status'}>${bilingual(words)}</p>
      ${alternatives ? this.#alternatives(alternatives) : nothing}
      ${undo ? html`<button type="button" class="undo primary" @click=${() => this.#send('undo', undo)}>${bilingual(both('door.act.undo'))}<i></i></button>` : nothing}
      <button type="button" class="close" @click=${() => this.#send('dismiss')}>${bilingual(both('door.act.close'))}</button>
    `;
  }

  #alternatives(all) {
    return html`<ul aria-label=${both('door.lost.instead').zh}>
      ${all.slice(0, 3).map((each) => html`<li>${this.#alternative(each)}</li>`)}
    </ul>`;
  }

  #alternative(each) {
    const start = Date.parse(each.start);
    const soon = start - this.now <= NOW_WITHIN;
    const times = { from: wallTime(start, this.zone), until: wallTime(Date.parse(each.end), this.zone) };
    const when = both(soon ? 'door.alternative.now' : 'door.alternative.from', times);
    const name = each.room === this.room ? both('door.alternative.here') : each.name;
    const words = html`<b>${name.zh} ${name.en}</b><small>${when.zh}</small><small>${when.en}</small>`;
    if (!soon) return html`<div>${words}</div>`;
    return html`<button type="button" class="alternative" @click=${() => this.#send('alternative', each)}>${words}</button>`;
  }

  #send(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

customElements.define('door-notice', DoorNotice);
