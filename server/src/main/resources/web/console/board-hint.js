import { html, css, nothing, LitElement } from 'lit';
import { inLanguage, text } from '/kit/language.js';
import { length, wallTime } from '/kit/time.js';
import { timeOf } from './board-plan.js';
import { standOf, titleOfSlip, wordOf } from './slip-words.js';

/** How far from the pointer it stands, px. */
const OFF = 14;
const WIDE = 280;

/** What is under the pointer on the board: a booking, or what fits into free time. */
export class BoardHint extends LitElement {
  static properties = {
    language: { type: String },
    what: { state: true },
  };

  static styles = css`
    :host {
      position: absolute;
      z-index: 6;
      top: 0;
      left: 0;
      max-width: 280px;
      pointer-events: none;
      font-size: 13px;
      line-height: 20px;
    }
    div {
      padding: 8px 12px;
      border-radius: var(--radius);
      background: var(--surface);
      color: var(--ink);
      border: 1px solid var(--line);
      box-shadow: var(--shadow);
    }
    p {
      margin: 0;
      overflow-wrap: anywhere;
    }
    .lead {
      font-weight: 600;
    }
    .meta {
      color: var(--ink2);
    }
    .free {
      color: var(--ok);
    }
  `;

  /** @param {{left: number, y: number, now: number, zone: string, scroll: Element, slip?: object, free?: object, closed?: string} | undefined} what */
  show(what) {
    this.what = what;
    if (!what) return;
    const { left, y, scroll } = what;
    const over = left - scroll.scrollLeft + OFF + WIDE > scroll.clientWidth;
    const below = y - scroll.scrollTop + 140 > scroll.clientHeight;
    this.style.transform = `translate(${left + (over ? -OFF : OFF)}px, ${y + (below ? -OFF : OFF)}px) translate(${over ? '-100%' : '0'}, ${below ? '-100%' : '0'})`;
  }

  render() {
    if (!this.what) return nothing;
    return html`<div>${this.what.slip ? this.#slip() : this.#time()}</div>`;
  }

  #slip() {
    const { slip, now, zone } = this.what;
    const people = [slip.convener?.name, slip.department?.name].filter(Boolean).map((name) => this.#mine(name));
    return html`
      <p class="lead">${this.#mine(titleOfSlip(slip))}</p>
      <p>${this.#mine(timeOf(slip, now, zone))} · ${this.#mine(length(slip.until - slip.from))}</p>
      ${people.length > 0 ? html`<p class="meta">${people.join(' · ')}</p>` : nothing}
      <p class="meta">${this.#mine(wordOf(standOf(slip, now)))}${slip.level === 'internal' ? nothing : html` · ${this.#say(`console.level.${slip.level}`)}`}</p>
    `;
  }

  #time() {
    const { free, closed, zone } = this.what;
    if (!free) return html`<p class="meta">${this.#say(`board.cell.${closed}`)}</p>`;
    const times = `${wallTime(free.from, zone)}–${wallTime(free.until, zone)}`;
    return html`
      <p class="lead free">${text('board.fits', { times }, this.language)}</p>
      <p class="meta">${text('board.fits.long', { length: this.#mine(length(free.until - free.from)) }, this.language)}</p>
    `;
  }

  #say(key) {
    return text(key, {}, this.language);
  }

  #mine(names) {
    return inLanguage(names, this.language);
  }
}

customElements.define('board-hint', BoardHint);
