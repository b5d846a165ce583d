import { html, css, nothing, LitElement } from 'lit';
import { bilingual } from '/kit/bilingual.js';
import { both } from '/kit/language.js';
import { day, wallTime } from '/kit/time.js';
import { isAnotherDay, stripOf } from './strip.js';
import { titleOf } from '/kit/meeting-title.js';

/** The height that words need, in lines. */
const ONE_LINE = 1.15;
const TWO_LINES = 2.2;

/** An hour's label so near the present would lie under its mark, in lines. */
const TOO_NEAR = 1.3;

/** The hours ahead: what is booked, what is free, when the house closes, and where in it we are. */
export class DayStrip extends LitElement {
  static properties = { timeline: { attribute: false }, now: { type: Number }, rows: { state: true } };

  static styles = css`
    :host {
      display: flex;
      flex-direction: column;
      background: var(--strip);
      color: #ffffff;
      font-size: calc(3.7 * var(--u));
      line-height: 1.32;
      overflow: hidden;
      padding: calc(3 * var(--u)) calc(4 * var(--u)) calc(3 * var(--u)) calc(3 * var(--u));
    }
    h2 {
      margin: 0 0 calc(2 * var(--u));
      font-size: calc(4.2 * var(--u));
      font-weight: 600;
      color: #c9ced4;
      text-align: right;
    }
    h2 .en {
      font-weight: 400;
    }
    ol {
      position: relative;
      flex: 1;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .hour {
      position: absolute;
      left: 0;
      right: 0;
      height: 0;
      border-top: 1px solid #2e353d;
      color: #aab1b9;
    }
    .hour span {
      position: absolute;
      top: -0.62em;
      left: 0;
      background: var(--strip);
      padding-right: 0.5em;
    }
    .block {
      position: absolute;
      left: calc(14 * var(--u));
      right: 0;
      box-sizing: border-box;
      overflow: hidden;
      border-radius: calc(1.1 * var(--u));
      padding: 0 calc(2.2 * var(--u)) 0 calc(3.6 * var(--u));
      border: solid var(--strip);
      border-width: 1px 0;
      display: flex;
      flex-direction: column;
    }
    .words {
      height: var(--words);
      min-width: 0;
      display: flex;
      flex-direction: column;
      justify-content: center;
    }
    .lower .words {
      margin-top: auto;
    }
    .block::before {
      content: "";
      position: absolute;
      left: 0;
      top: 0;
      bottom: 0;
      width: calc(1.6 * var(--u));
      background: var(--edge);
    }
    .busy {
      --edge: var(--strip-busy);
      background-color: #4b2423;
      background-image: var(--busy-hatch);
    }
    .soon {
      --edge: repeating-linear-gradient(135deg, var(--strip-soon) 0 calc(0.8 * var(--u)), transparent 0 calc(1.6 * var(--u)));
      background: #3a2f14;
    }
    .free {
      --edge: none;
      color: var(--strip-free);
    }
    .free .line {
      align-self: flex-start;
      background: var(--strip);
      padding-right: 0.4em;
    }
    .free::before {
      border-left: calc(0.5 * var(--u)) dotted var(--strip-free);
      width: 0;
    }
    .closed {
      --edge: none;
      color: #aab1b9;
      background: repeating-linear-gradient(135deg, #1e2329 0 calc(2 * var(--u)), #191d22 0 calc(4 * var(--u)));
    }
    .unknown {
      --edge: repeating-linear-gradient(#aab1b9 0 calc(1 * var(--u)), transparent 0 calc(2 * var(--u)));
      color: #aab1b9;
    }
    .line {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .line b {
      font-weight: 600;
    }
    .line + .line {
      color: #e3e6e9;
    }
    .past {
      position: absolute;
      left: calc(14 * var(--u));
      right: 0;
      top: 0;
      background: var(--strip);
      opacity: 0.62;
    }
    .now {
      position: absolute;
      left: 0;
      right: 0;
      height: calc(0.7 * var(--u));
      margin-top: calc(-0.35 * var(--u));
      background: #ffffff;
    }
    .now b {
      position: absolute;
      left: 0;
      top: 50%;
      transform: translateY(-50%);
      background: #ffffff;
      color: #14181d;
      font-weight: 600;
      border-radius: calc(0.8 * var(--u));
      padding: 0.02em 0.32em;
    }
    .visually-hidden {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  `;

  #sizes = new ResizeObserver(() => this.#measure());

  constructor() {
    super();
    /** How many lines of words the strip is high. */
    this.rows = 20;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#sizes.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#sizes.disconnect();
  }

  #measure() {
    const list = this.renderRoot.querySelector('ol');
    if (list) {
      this.rows = list.clientHeight / Number.parseFloat(getComputedStyle(list).lineHeight);
    }
  }

  render() {
    if (!this.timeline) return nothing;
    const strip = stripOf(this.timeline, this.now, this.rows);
    const { zone } = this.timeline;
    const shown = day(strip.from + 3_600_000, zone);
    const heading = isAnotherDay(strip, this.now, zone) ? html`<h2>${bilingual(shown)}</h2>` : nothing;
    return html`
      ${heading}
      <ol aria-label=${Object.values(both('door.strip', { day: shown })).join(' ')}>
        ${strip.hours.map((hour) => this.#hour(hour, strip.now))}
        ${strip.blocks.map((block) => this.#block(block, strip.now, zone))}
        ${strip.now === undefined ? nothing : this.#now(strip.now, zone)}
      </ol>
    `;
  }

  #hour(hour, now) {
    const hidden = now !== undefined && Math.abs(hour.top - now) * this.rows < TOO_NEAR;
    return html`<li class="hour" aria-hidden="true" .style=${`top: ${percent(hour.top)}`}>${hidden ? nothing : html`<span>${hour.label}</span>`}</li>`;
  }

  /** Words stand in what is still to come of a block, not under the present's line. */
  #block(block, now, zone) {
    const past = now === undefined ? 0 : Math.min(block.height, Math.max(0, now - block.top));
    const rest = block.height - past;
    const words = rest * this.rows < ONE_LINE && past > rest ? block.height : rest;
    const place = `top: ${percent(block.top)}; height: ${percent(block.height)}; --words: ${percent(words / block.height)}`;
    const lower = words === rest ? 'lower' : '';
    return html`<li class="block ${block.kind} ${lower}" .style=${place}><div class="words">${this.#words({ ...block, height: words }, zone)}</div></li>`;
  }

  #words(block, zone) {
    const span = `${wallTime(block.from, zone)}–${wallTime(block.until, zone)}`;
    if (block.kind === 'busy') return this.#meeting(block, zone);
    const named = { free: 'door.strip.free', closed: 'door.state.closed', unknown: 'door.state.unknown', soon: 'door.state.preparing' };
    const words = both(named[block.kind]);
    if (block.height * this.rows < ONE_LINE || block.kind === 'soon') return html`<span class="visually-hidden">${span} ${bilingual(words)}</span>`;
    return html`<div class="line">${bilingual(words)}<span class="visually-hidden">${span}</span></div>`;
  }

  #meeting(block, zone) {
    const { meeting } = block;
    const strict = meeting.level === 'strict';
    const span = strict ? '' : `${wallTime(Date.parse(meeting.from), zone)}–${wallTime(Date.parse(meeting.until), zone)}`;
    const title = titleOf(meeting);
    const words = title.zh === title.en ? title.zh : bilingual(title);
    if (block.height * this.rows < ONE_LINE) return html`<span class="visually-hidden">${span} ${words}</span>`;
    if (strict || block.height * this.rows < TWO_LINES) return html`<div class="line"><b>${span}</b> ${words}</div>`;
    const by = meeting.department ? html` ${meeting.department.zh}` : nothing;
    return html`<div class="line"><b>${span}</b>${by}</div><div class="line">${words}</div>`;
  }

  #now(share, zone) {
    const time = wallTime(this.now, zone);
    return html`
      <li class="past" aria-hidden="true" .style=${`height: ${percent(share)}`}></li>
      <li class="now" .style=${`top: ${percent(share)}`}>
        <b aria-hidden="true">${time}</b>
        <span class="visually-hidden">${bilingual(both('door.strip.now', { time }))}</span>
      </li>
    `;
  }
}

function percent(share) {
  return `${(share * 100).toFixed(3)}%`;
}

customElements.define('day-strip', DayStrip);
