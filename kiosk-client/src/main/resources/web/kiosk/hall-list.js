import { html, css, nothing, LitElement } from 'lit';
import { bilingual } from '/kit/bilingual.js';
import { both } from '/kit/language.js';
import './hall-row.js';

/** How long each page stays when there are several, ms. */
const PAGE_FOR = 12_000;

/**
 * Today's meetings, as many as fit; more of them page by page, without scrolling. A touch goes to the next page at once. While
 * somebody's motion preferences ask for it, nothing fades.
 */
export class HallList extends LitElement {
  static properties = { rows: { attribute: false }, fit: { state: true }, page: { state: true } };

  static styles = css`
    :host {
      display: grid;
      grid-template: minmax(0, 1fr) auto / 100%;
      min-height: 0;
      padding: calc(20 * var(--u)) calc(56 * var(--u)) calc(28 * var(--u));
    }
    ol {
      list-style: none;
      margin: 0;
      padding: 0;
      min-height: 0;
      overflow: hidden;
      animation: appear 600ms ease-out;
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      ol {
        animation: none;
      }
    }
    li {
      height: calc(var(--row) * var(--u));
    }
    button {
      all: unset;
      box-sizing: border-box;
      min-height: calc(65 * var(--u));
      display: flex;
      align-items: center;
      justify-content: center;
      gap: calc(16 * var(--u));
      color: #c9ced4;
      font-size: calc(24 * var(--u));
      cursor: pointer;
    }
    button:focus-visible {
      outline: calc(4 * var(--u)) solid #ffffff;
      outline-offset: calc(-4 * var(--u));
    }
    .dots {
      display: flex;
      gap: calc(12 * var(--u));
    }
    i {
      width: calc(14 * var(--u));
      height: calc(14 * var(--u));
      border-radius: 50%;
      background: #4a525b;
    }
    i.here {
      background: #ffffff;
    }
  `;

  #sizes = new ResizeObserver(() => this.#measure());
  #timer;

  constructor() {
    super();
    this.rows = [];
    this.fit = 1;
    this.page = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#sizes.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    clearTimeout(this.#timer);
  }

  render() {
    const pages = this.#pages();
    const page = Math.min(this.page, pages - 1);
    const rows = this.rows.slice(page * this.fit, (page + 1) * this.fit);
    return html`
      <ol>${rows.map((row) => html`<li><hall-row .row=${row}></hall-row></li>`)}</ol>
      ${pages > 1 ? this.#pager(page, pages) : nothing}
    `;
  }

  #pager(page, pages) {
    return html`<button @click=${this.#turn}>
      ${bilingual(both('kiosk.page', { page: page + 1, pages }))}
      <span class="dots" aria-hidden="true">${Array.from({ length: pages }, (_, at) => html`<i class=${at === page ? 'here' : ''}></i>`)}</span>
    </button>`;
  }

  updated(changed) {
    if (changed.has('page')) {
      this.#fade();
    }
    if (this.#timer === undefined && this.#pages() > 1) {
      this.#timer = setTimeout(this.#turn, PAGE_FOR);
    }
  }

  #turn = () => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.page = (Math.min(this.page, this.#pages() - 1) + 1) % this.#pages();
    this.requestUpdate();
  };

  /** Begins the animation of the list anew. */
  #fade() {
    const list = this.renderRoot.querySelector('ol');
    list.getAnimations().forEach((animation) => {
      animation.cancel();
      animation.play();
    });
  }

  #pages() {
    return Math.max(1, Math.ceil(this.rows.length / this.fit));
  }

  /** Counts how many rows fit, with room for the pager only where there is one. */
  #measure() {
    const style = getComputedStyle(this);
    const unit = parseFloat(style.paddingLeft) / 56;
    const row = parseFloat(style.getPropertyValue('--row')) * unit;
    const space = this.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    const all = Math.max(1, Math.floor(space / row));
    this.fit = this.rows.length <= all ? all : Math.max(1, Math.floor((space - 65 * unit) / row));
  }

  willUpdate(changed) {
    if (changed.has('rows') && this.hasUpdated) {
      this.#measure();
    }
  }
}

customElements.define('hall-list', HallList);
