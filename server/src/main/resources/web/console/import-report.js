import { html, css, nothing, LitElement } from 'lit';
import { Refused, upload } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import { dialogs } from './dialogs.js';

/** What can become of an entry of a file, in the order in which it is counted. */
const FATES = ['created', 'updated', 'unchanged', 'cancelled', 'clashed', 'refused', 'skipped'];

/** What is said entry by entry. */
const TOLD = ['clashed', 'refused', 'skipped', 'remarks'];

/** Takes a calendar file into a room, and says what came in and what did not. */
export class ImportReport extends LitElement {
  static properties = {
    language: { type: String },
    room: { state: true },
    file: { state: true },
    report: { state: true },
    refused: { state: true },
  };

  static styles = [
    controls,
    dialogs,
    css`
      dialog {
        --dialog-width: 640px;
      }
      h3 {
        margin: 16px 0 4px;
        font-size: 14px;
        line-height: 22px;
      }
      p {
        margin: 4px 0 0;
      }
      .meta,
      li span {
        color: var(--ink2);
      }
      .error {
        color: var(--danger);
      }
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 24px;
        margin: 16px 0 0;
      }
      dt {
        color: var(--ink2);
        font-size: 12px;
        line-height: 18px;
      }
      dd {
        margin: 0;
        font-size: 18px;
        line-height: 26px;
        font-weight: 600;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        padding: 6px 0;
        border-top: 1px solid var(--line);
      }
      button {
        margin-top: 24px;
      }
    `,
  ];

  /** Imports a file into a room, and shows the report. */
  async take(room, file) {
    Object.assign(this, { room, file, report: undefined, refused: undefined });
    await this.updateComplete;
    this.renderRoot.querySelector('dialog').showModal();
    try {
      this.report = await upload(`/api/rooms/${room.id}/import`, file, 'text/calendar', this.language);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
    }
  }

  render() {
    return html`<dialog aria-labelledby="title">${this.room ? this.#body() : nothing}</dialog>`;
  }

  #body() {
    return html`
      <h2 id="title">${this.#say('console.import.into', { room: inLanguage(this.room.name, this.language) })}</h2>
      <p class="meta">${this.file.name}</p>
      <div role="status">${this.#outcome()}</div>
      ${this.report ? TOLD.map((part) => this.#told(part)) : nothing}
      <button class="primary" @click=${this.#close}>${this.#say('console.close')}</button>
    `;
  }

  #outcome() {
    if (this.refused) return html`<p class="error">${inLanguage(this.refused.words, this.language)}</p>`;
    if (!this.report) return html`<p>${this.#say('console.import.busy')}</p>`;
    const fates = FATES.filter((fate) => fate === 'created' || this.report.counts[fate] > 0);
    return html`<dl>
      ${fates.map((fate) => html`<div><dt>${this.#say(`console.import.${fate}`)}</dt><dd>${this.report.counts[fate]}</dd></div>`)}
    </dl>`;
  }

  #told(part) {
    const all = this.report[part];
    if (all.length === 0) return nothing;
    return html`<section>
      <h3>${this.#say(`console.import.${part}`)}</h3>
      <ul>${all.map((entry) => this.#entry(entry))}</ul>
    </section>`;
  }

  #entry({ line, subject, text: words }) {
    return html`<li>
      ${subject ? html`<strong>${subject}</strong>` : nothing} ${words}
      ${line > 0 ? html`<span>${this.#say('console.import.line', { line })}</span>` : nothing}
    </li>`;
  }

  #close = () => this.renderRoot.querySelector('dialog').close();

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

customElements.define('import-report', ImportReport);
