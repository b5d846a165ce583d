import { html, css, nothing, LitElement } from 'lit';
import { Refused, upload } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import { dialogs } from './dialogs.js';
import { pageStyles } from './page-styles.js';
import { reportStyles } from './report-styles.js';

const COUNTED = ['created', 'updated', 'unchanged', 'returned', 'left', 'departments', 'refused'];

/** Who changes, in the order in which it is told. */
const PEOPLE = ['created', 'updated', 'returned', 'left'];

/** Takes staff and departments from a spreadsheet: first says what would become of each row, then does it. Sends `changed` when it has. */
export class StaffImport extends LitElement {
  static properties = {
    language: { type: String },
    file: { state: true },
    report: { state: true },
    refused: { state: true },
    leavers: { state: true },
    busy: { state: true },
  };

  static styles = [
    controls,
    reportStyles,
    pageStyles,
    dialogs,
    css`
      dialog {
        --dialog-width: 860px;
      }
      .table {
        max-height: 34vh;
        overflow: auto;
      }
      .choice {
        display: flex;
        gap: 8px;
        align-items: flex-start;
        margin-top: 16px;
      }
      .choice input {
        width: 18px;
        flex: none;
        min-height: 18px;
        margin: 2px 0 0;
        accent-color: var(--accent);
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
    Object.assign(this, { file, report: undefined, refused: undefined, leavers: false });
    await this.updateComplete;
    this.renderRoot.querySelector('dialog').showModal();
    await this.#send(true);
  }

  render() {
    return html`<dialog aria-labelledby="title" @close=${() => (this.file = undefined)}>${this.file ? this.#body() : nothing}</dialog>`;
  }

  #body() {
    const { report } = this;
    return html`
      <h2 id="title">${this.#say('people.import')}</h2>
      <p class="hint">${this.file.name}</p>
      <div role="status">
        ${this.refused ? html`<p class="refused">${inLanguage(this.refused.words, this.language)}</p>` : nothing}
        ${!report && !this.refused ? html`<p>${this.#say('people.import.busy')}</p>` : nothing} ${report ? this.#outcome() : nothing}
      </div>
      ${report?.dryRun ? this.#choice() : nothing}
      <div class="deeds">
        <button class="close" @click=${this.#shut}>${this.#say('console.close')}</button>
        ${report?.dryRun && changes(report, this.leavers)
          ? html`<button class="primary take" aria-disabled=${Boolean(this.busy)} @click=${this.#take}>${this.#say('people.import.take', { rows: report.counts.rows - report.counts.refused })}</button>`
          : nothing}
      </div>
    `;
  }

  #choice() {
    return html`<label class="choice">
      <input type="checkbox" name="leavers" .checked=${this.leavers} @change=${this.#onLeavers} />
      <span>${this.#say('people.import.leavers', { count: this.report.counts.left })}</span>
    </label>`;
  }

  #outcome() {
    const { report } = this;
    const counted = COUNTED.filter((fate) => fate === 'created' || report.counts[fate] > 0);
    return html`
      <p class="hint">${this.#say(this.#state())}</p>
      <dl>${counted.map((fate) => html`<div><dt>${this.#fate(fate)}</dt><dd class=${fate}>${report.counts[fate]}</dd></div>`)}</dl>
      ${report.refused.length > 0 ? this.#faults('refused') : nothing} ${report.remarks.length > 0 ? this.#faults('remarks') : nothing}
      ${PEOPLE.map((fate) => (report[fate].length > 0 ? this.#people(fate) : nothing))} ${report.departments.length > 0 ? this.#departments() : nothing}
    `;
  }

  #state() {
    if (this.report.dryRun) return 'people.import.preview';
    return this.report.written ? 'people.import.done' : 'people.import.nothing';
  }

  /** Of those who are missing it depends on the choice what becomes of them. */
  #fate(fate) {
    return this.#say(fate === 'left' && this.report.leavers === 'keep' ? 'people.import.missing' : `people.import.${fate}`);
  }

  #faults(part) {
    return html`<h3>${this.#say(`people.import.${part}`)}</h3>
      <div class="table" tabindex="0" role="region" aria-label=${this.#say(`people.import.${part}`)}>
        <table class=${part}>
          <thead>
            <tr><th class="number">${this.#say('people.import.row')}</th><th>${this.#say('people.import.column')}</th><th>${this.#say('people.import.why')}</th></tr>
          </thead>
          <tbody>
            ${this.report[part].map(({ row, column, text: why }) => html`<tr><td class="number">${row || ''}</td><td>${column}</td><td>${why}</td></tr>`)}
          </tbody>
        </table>
      </div>`;
  }

  #people(fate) {
    const between = this.language === 'en' ? ', ' : '、';
    return html`<h3>${this.#fate(fate)}</h3>
      <div class="table" tabindex="0" role="region" aria-label=${this.#fate(fate)}>
        <table class=${fate}>
          <tbody>
            ${this.report[fate].map(
              ({ staffNumber, name, fields }) => html`<tr>
                <td>${staffNumber}</td><td>${inLanguage(name, this.language)}</td>
                <td>${fields.map((field) => this.#say(`people.field.${field}`)).join(between)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }

  #departments() {
    const between = this.language === 'en' ? ', ' : '、';
    return html`<h3>${this.#say('people.import.departments')}</h3>
      <div class="table" tabindex="0" role="region" aria-label=${this.#say('people.import.departments')}>
        <table class="departments">
          <tbody>
            ${this.report.departments.map(
              ({ path, created, fields }) => html`<tr>
                <td>${path}</td>
                <td>${created ? this.#say('people.import.created') : fields.map((field) => this.#say(`people.field.${field}`)).join(between)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }

  #onLeavers = async ({ target }) => {
    this.leavers = target.checked;
    await this.#send(true);
  };

  #take = async () => {
    if (this.busy) return;
    await this.#send(false);
    if (this.report?.written) this.dispatchEvent(new CustomEvent('changed', { bubbles: true, composed: true }));
  };

  async #send(dryRun) {
    Object.assign(this, { busy: true, refused: undefined });
    const query = new URLSearchParams({ dryRun: String(dryRun), leavers: this.leavers ? 'leave' : 'keep' });
    try {
      this.report = await upload(`/api/people/import?${query}`, this.file, 'application/octet-stream', this.language);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
    } finally {
      this.busy = false;
    }
  }

  #shut = () => this.renderRoot.querySelector('dialog').close();

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

/** Whether there is anything to be written. */
function changes({ counts }, leavers) {
  return counts.created + counts.updated + counts.returned + counts.departments + (leavers ? counts.left : 0) > 0;
}

customElements.define('staff-import', StaffImport);
