import { html, css, nothing, LitElement } from 'lit';
import { Refused, upload } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import { dialogs } from './dialogs.js';
import { pageStyles } from './page-styles.js';
import { reportStyles } from './report-styles.js';

const COUNTED = ['created', 'updated', 'unchanged', 'refused'];

/** Takes rooms from a spreadsheet: first says what would become of each row, then does it. Sends `changed` when it has. */
export class RoomImport extends LitElement {
  static properties = {
    language: { type: String },
    file: { state: true },
    report: { state: true },
    refused: { state: true },
    busy: { state: true },
  };

  static styles = [
    controls,
    reportStyles,
    pageStyles,
    dialogs,
    css`
      dialog {
        --dialog-width: 820px;
      }
      .table {
        max-height: 40vh;
        overflow: auto;
      }
      .deeds {
        margin-top: 24px;
        justify-content: flex-end;
      }
    `,
  ];

  /**
   * Says what would become of a file.
   *
   * @param {File} file
   */
  async preview(file) {
    Object.assign(this, { file, report: undefined, refused: undefined });
    await this.updateComplete;
    this.renderRoot.querySelector('dialog').showModal();
    await this.#send('?dryRun=true');
  }

  render() {
    return html`<dialog aria-labelledby="title" @close=${() => (this.file = undefined)}>${this.file ? this.#body() : nothing}</dialog>`;
  }

  #body() {
    const { report } = this;
    const good = report ? report.counts.created + report.counts.updated : 0;
    return html`
      <h2 id="title">${this.#say('rooms.import')}</h2>
      <p class="hint">${this.file.name}</p>
      <div role="status">
        ${this.refused ? html`<p class="refused">${inLanguage(this.refused.words, this.language)}</p>` : nothing}
        ${!report && !this.refused ? html`<p>${this.#say('rooms.import.busy')}</p>` : nothing}
        ${report ? this.#outcome() : nothing}
      </div>
      <div class="deeds">
        <button class="close" @click=${this.#shut}>${this.#say('console.close')}</button>
        ${report?.dryRun && good > 0
          ? html`<button class="primary take" aria-disabled=${Boolean(this.busy)} @click=${this.#take}>${this.#say('rooms.import.take', { rows: good })}</button>`
          : nothing}
      </div>
    `;
  }

  #outcome() {
    const { report } = this;
    return html`
      <p class="hint">${this.#say(report.dryRun ? 'rooms.import.preview' : 'rooms.import.done')}</p>
      <dl>${COUNTED.map((fate) => html`<div><dt>${this.#say(`rooms.import.${fate}`)}</dt><dd class=${fate}>${report.counts[fate]}</dd></div>`)}</dl>
      ${report.refused.length > 0 ? this.#refusals() : nothing} ${report.rooms.length > 0 ? this.#rooms() : nothing}
      ${report.ignored.length > 0 ? html`<p class="hint">${this.#say('rooms.import.ignored', { heads: report.ignored.join(', ') })}</p>` : nothing}
    `;
  }

  #refusals() {
    return html`<h3>${this.#say('rooms.import.refused')}</h3>
      <div class="table" tabindex="0" role="region" aria-label=${this.#say('rooms.import.refused')}>
        <table class="refusals">
          <thead>
            <tr><th class="number">${this.#say('rooms.import.row')}</th><th>${this.#say('rooms.field.id')}</th><th>${this.#say('rooms.import.column')}</th><th>${this.#say('rooms.import.why')}</th></tr>
          </thead>
          <tbody>
            ${this.report.refused.map(({ row, id, column, text: why }) => html`<tr><td class="number">${row}</td><td>${id}</td><td>${column}</td><td>${why}</td></tr>`)}
          </tbody>
        </table>
      </div>`;
  }

  #rooms() {
    return html`<h3>${this.#say('rooms.import.coming')}</h3>
      <div class="table" tabindex="0" role="region" aria-label=${this.#say('rooms.import.coming')}>
        <table>
          <thead>
            <tr><th class="number">${this.#say('rooms.import.row')}</th><th>${this.#say('rooms.field.id')}</th><th>${this.#say('rooms.field.name')}</th><th>${this.#say('rooms.import.what')}</th></tr>
          </thead>
          <tbody>
            ${this.report.rooms.map(
              ({ row, id, name, outcome, fields }) => html`<tr>
                <td class="number">${row}</td><td>${id}</td><td>${inLanguage(name, this.language)}</td>
                <td>${outcome === 'created' ? this.#say('rooms.import.created') : fields.map((field) => this.#say(`rooms.field.${field}`)).join(this.language === 'en' ? ', ' : '、')}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }

  #take = async () => {
    if (this.busy) return;
    this.busy = true;
    await this.#send('');
    this.busy = false;
    if (this.report?.written) this.dispatchEvent(new CustomEvent('changed', { bubbles: true, composed: true }));
  };

  async #send(query) {
    this.refused = undefined;
    try {
      this.report = await upload(`/api/room-file${query}`, this.file, 'application/octet-stream', this.language);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
    }
  }

  #shut = () => this.renderRoot.querySelector('dialog').close();

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

customElements.define('room-import', RoomImport);
