import { html, css, LitElement } from 'lit';
import { inLanguage, text } from '/kit/language.js';
import { date } from '/kit/time.js';
import { controls } from './controls.js';

/** A small sign next to a value that says on demand where the value comes from: policy, version, clause, since when. */
export class ValueSource extends LitElement {
  static properties = {
    /** What the value is of, for those who hear the page. */
    label: { type: String },
    says: { type: String },
    sources: { attribute: false },
    zone: { type: String },
    language: { type: String },
    open: { state: true },
  };

  static styles = [
    controls,
    css`
      :host {
        position: relative;
        display: inline-block;
      }
      button {
        width: 24px;
        min-height: 24px;
        padding: 0;
        border-color: transparent;
        border-radius: 50%;
        background: none;
        color: var(--accent);
        line-height: 20px;
        vertical-align: middle;
      }
      .told {
        position: absolute;
        z-index: 3;
        inset-inline-end: 0;
        top: 28px;
        width: max-content;
        max-width: min(340px, calc(100vw - 48px));
        padding: 12px 16px;
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
        background: var(--surface);
        box-shadow: var(--shadow);
        font-size: 13px;
        line-height: 20px;
        font-weight: 400;
        text-align: start;
        white-space: normal;
      }
      p {
        margin: 0 0 8px;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li + li {
        margin-top: 8px;
        padding-top: 8px;
        border-top: 1px solid var(--line);
      }
      .hint {
        color: var(--ink2);
      }
      strong {
        font-weight: 600;
      }
    `,
  ];

  connectedCallback() {
    super.connectedCallback();
    this.ownerDocument.addEventListener('pointerdown', this.#elsewhere);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.ownerDocument.removeEventListener('pointerdown', this.#elsewhere);
  }

  render() {
    return html`<button
        type="button"
        aria-expanded=${Boolean(this.open)}
        aria-label=${this.#say('policies.source', { name: this.label })}
        @click=${this.#toggle}
        @keydown=${this.#key}
      >ⓘ</button>
      <div class="told" role="status" ?hidden=${!this.open}>${this.open ? this.#told() : ''}</div>`;
  }

  #told() {
    return html`<p>${this.says}</p>
      <ul>
        ${this.sources.map((source) => this.#source(source))}
      </ul>`;
  }

  #source({ policy, name, label, version, since, clause, counts }) {
    const words = [
      clause ? this.#say('policies.source.clause', { clause }) : this.#say('policies.source.own'),
      version === 1 ? this.#say('policies.since.beginning') : this.#say('policies.since', { time: date(Date.parse(since), this.zone) }),
      ...(this.sources.length > 1 && counts ? [this.#say('policies.source.stricter')] : []),
    ];
    return html`<li>
      <a href="/policies/${policy}"><strong>${label}</strong> ${inLanguage(name, this.language)}</a>
      <div class="hint">${words.join(' · ')}</div>
    </li>`;
  }

  #toggle = () => {
    this.open = !this.open;
  };

  #key = (event) => {
    if (event.key === 'Escape' && this.open) {
      event.stopPropagation();
      this.open = false;
    }
  };

  #elsewhere = (event) => {
    if (this.open && !event.composedPath().includes(this)) this.open = false;
  };

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

customElements.define('value-source', ValueSource);
