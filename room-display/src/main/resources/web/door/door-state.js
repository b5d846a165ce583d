import { html, css, nothing, LitElement } from 'lit';
import { bilingual } from '/kit/bilingual.js';
import { both } from '/kit/language.js';
import '/kit/state-shape.js';

/** The state of the room, to be read from across the corridor: colour, word, shape and edge band say the same. */
export class DoorState extends LitElement {
  static properties = {
    view: { attribute: false },
    confirming: { type: Boolean },
    stale: { type: Boolean, reflect: true },
    state: { type: String, reflect: true },
  };

  static styles = css`
    :host {
      --panel: var(--state-unknown);
      --on: var(--on-state);
      --band: transparent;
      container-type: size;
      position: relative;
      display: flex;
      overflow: hidden;
      background-color: var(--panel);
      color: var(--on);
      transition: background-color 600ms, color 600ms;
    }
    :host([state="free"]) {
      --panel: var(--state-free);
    }
    :host([state="preparing"]),
    :host([state="check-in"]) {
      --panel: var(--state-soon);
      --on: var(--on-soon);
    }
    :host([state="in-use"]),
    :host([state="ending"]),
    :host([state="over-time"]) {
      --panel: var(--state-busy);
      background-image: var(--busy-hatch);
    }
    :host([state="closed"]) {
      --panel: var(--state-closed);
      --on: var(--on-closed);
    }
    :host([stale]) {
      filter: saturate(0.4);
    }

    .band {
      flex: none;
      width: calc(9 * var(--u));
      background: var(--band);
    }
    :host([state="free"]) .band,
    :host([state="closed"]) .band {
      width: 0;
    }
    :host([state="in-use"]) .band {
      --band: #ffffff;
    }
    :host([state="ending"]) .band,
    :host([state="over-time"]) .band {
      --band: #ffffff;
      clip-path: polygon(0 0, 100% 0, 100% 38%, 30% 50%, 100% 62%, 100% 100%, 0 100%);
    }
    :host([state="preparing"]) .band,
    :host([state="check-in"]) .band {
      background: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 12'%3E%3Cpath d='M1 2h3.6L8 6l-3.4 4H1l3.4-4z' fill='%231a1a1a'/%3E%3C/svg%3E") 0 0 / 100% auto;
    }
    :host([state="unknown"]) .band {
      --band: repeating-linear-gradient(#ffffff 0 calc(8 * var(--u)), transparent 0 calc(14 * var(--u)));
    }

    /* Lengths of the words: a millimetre of the reference glass, less where the panel is lower than there. */
    .body {
      --v: min(var(--u), 100cqh / 100);
      flex: 1;
      min-width: 0;
      display: flex;
      flex-direction: column;
      justify-content: center;
      gap: calc(4.2 * var(--v));
      padding: calc(5 * var(--v)) calc(6 * var(--v));
    }
    .word {
      display: flex;
      align-items: center;
      gap: calc(6 * var(--v));
    }
    state-shape {
      flex: none;
      width: calc(24 * var(--v));
    }
    h2 {
      margin: 0;
      font-weight: 600;
      line-height: 1.08;
      min-width: 0;
    }
    h2 .zh {
      display: block;
      font-size: calc(20 * var(--v));
      white-space: nowrap;
    }
    h2.long .zh {
      font-size: calc(16 * var(--v));
    }
    h2 .en {
      display: block;
      font-size: calc(9 * var(--v));
      font-weight: 400;
      margin-top: 0.12em;
    }
    p {
      margin: 0;
    }
    .title {
      font-size: calc(9 * var(--v));
      line-height: 1.18;
      font-weight: 600;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .title.long {
      font-size: calc(7 * var(--v));
    }
    .title .en {
      font-weight: 400;
      font-size: 0.8em;
    }
    .people,
    .after,
    .confirming {
      font-size: calc(4.6 * var(--v));
      line-height: 1.4;
    }
    .people > span,
    .after > span {
      display: block;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .lead .zh {
      display: block;
      font-size: calc(9.4 * var(--v));
      line-height: 1.2;
      font-weight: 600;
      white-space: nowrap;
    }
    .lead.long .zh {
      font-size: calc(7.8 * var(--v));
    }
    .lead .en {
      display: block;
      font-size: calc(6 * var(--v));
      line-height: 1.3;
      white-space: nowrap;
    }
    .meeting {
      display: flex;
      flex-direction: column;
      gap: calc(1.2 * var(--v));
    }
    .chips {
      display: flex;
      gap: calc(2 * var(--v));
      font-size: calc(4.5 * var(--v));
    }
    .chips span.chip {
      border: calc(0.35 * var(--v)) solid currentcolor;
      border-radius: 99px;
      padding: 0.1em 0.8em;
    }
    .bar {
      position: absolute;
      left: 0;
      bottom: 0;
      height: calc(3 * var(--u));
      background: var(--state-soon);
      transition: width 1s linear;
    }
    @media (prefers-reduced-motion: reduce) {
      :host,
      .bar {
        transition: none;
      }
    }
  `;

  render() {
    const { word, lead, title, people, after, chips, state, left } = this.view;
    return html`
      <div class="band" aria-hidden="true"></div>
      <div class="body">
        <div class="word">
          <state-shape .state=${state} .left=${left}></state-shape>
          <h2 class=${word.zh.length > 4 ? 'long' : ''}>${bilingual(word)}</h2>
        </div>
        ${title ? html`<div class="meeting">${this.#title(title)}${people ? html`<p class="people">${bilingual(people)}</p>` : nothing}</div>` : nothing}
        ${chips.length > 0 ? html`<div class="chips">${chips.map((chip) => html`<span class="chip">${bilingual(chip)}</span>`)}</div>` : nothing}
        ${lead ? html`<p class="lead ${wide(lead.zh) > 24.5 ? 'long' : ''}">${bilingual(lead)}</p>` : nothing}
        ${after ? html`<p class="after">${followed(after)}</p>` : nothing}
        ${this.confirming ? html`<p class="confirming">${bilingual(both('door.confirming'))}</p>` : nothing}
      </div>
      ${this.#bar(state, left)}
    `;
  }

  #title({ zh, en }) {
    const long = wide(zh) > 24 ? 'long' : '';
    return zh === en ? html`<p class="title ${long}">${zh}</p>` : html`<p class="title">${bilingual({ zh, en })}</p>`;
  }

  /** The amber bar of a meeting that ends: it shrinks, and is whole again once the time is over. */
  #bar(state, left) {
    if (state !== 'ending' && state !== 'over-time') return nothing;
    const share = state === 'ending' ? Math.max(0, Math.min(1, left)) : 1;
    return html`<div class="bar" .style=${`width: ${(share * 100).toFixed(1)}%`}></div>`;
  }
}

/** What comes next, on one line; what is the same in both languages stands there once. */
function followed({ label, at, title }) {
  return html`<span>${bilingual(label)} ${at ? html`<b>${once(at)}</b> ${once(title)}` : nothing}</span>`;
}

function once({ zh, en }) {
  return zh === en ? zh : bilingual({ zh, en });
}

/** The width of a text in halves of a Chinese character. */
function wide(text) {
  return [...text].reduce((sum, sign) => sum + (sign > '\u2e7f' ? 2 : 1.1), 0);
}

customElements.define('door-state', DoorState);
