import { html, css, nothing, LitElement } from 'lit';
import { command, newKey, readTagged, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import { formStyles } from './form-styles.js';
import { pageStyles } from './page-styles.js';

/**
 * @typedef {Record<string, string>} Draft
 * @typedef {{name: string, word: string, hint?: string, numeric?: boolean, options?: {value: string, label: string}[]}} Field
 */

/**
 * A form over one record that several people may edit. What is typed is kept in this tab until it is saved or thrown away; where somebody
 * else was quicker, both versions are shown. Sends `saved` with the record, and `leave`. An heir says what the fields are.
 */
export class RecordForm extends LitElement {
  static properties = {
    record: { attribute: false },
    company: { attribute: false },
    language: { type: String },
    draft: { state: true },
    theirs: { state: true },
    faults: { state: true },
    refused: { state: true },
    busy: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    formStyles,
    css`
      form {
        gap: 16px;
      }
      .clash {
        padding: 12px 16px;
        border-radius: var(--radius);
        background: var(--warn-soft);
      }
      .clash p {
        margin: 0 0 8px;
        font-size: 14px;
      }
      .clash th,
      .clash td {
        padding: 4px 8px 4px 0;
        overflow-wrap: anywhere;
        white-space: normal;
      }
      .clash button {
        margin-top: 8px;
      }
      .deeds {
        margin: 0;
        justify-content: flex-end;
      }
      @media (max-width: 639px) {
        .two {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  #tag;
  #base;
  #shown;
  #key = newKey();

  /** The fields, in pairs or alone; an heir has others. @returns {Field[][]} */
  fields() {
    return [];
  }

  /** The draft of a record, or of a new one. @returns {Draft} */
  draftOf(_record) {
    return {};
  }

  /** What is wrong, key of a text by field. @returns {Record<string, string>} */
  faultsOf(_draft) {
    return {};
  }

  /** What is sent. */
  bodyOf(_draft) {
    return {};
  }

  /** Where a new one is sent to, and where one is. */
  address(_record) {
    return '';
  }

  willUpdate(changed) {
    const id = this.record ? this.address(this.record) : 'new';
    if (this.#shown !== id) {
      this.#shown = id;
      this.#begin();
    } else if (changed.has('record') && this.record && !this.theirs && same(this.draft, this.#base)) {
      this.#begin();
    }
  }

  #begin() {
    const fresh = this.draftOf(this.record);
    this.#base = fresh;
    this.#tag = this.record ? `"${this.record.version}"` : undefined;
    Object.assign(this, { faults: {}, theirs: undefined, refused: undefined });
    const kept = sessionStorage.getItem(this.#keptAs());
    this.draft = kept ? { ...fresh, ...JSON.parse(kept) } : fresh;
  }

  #keptAs() {
    return `foyer.draft.${this.localName}.${this.#shown}`;
  }

  render() {
    return html`<form novalidate @submit=${this.#submit} @input=${this.#typed} @change=${this.#typed}>
      ${this.fields().map((row) => (row.length > 1 ? html`<div class="two">${row.map((field) => this.#field(field))}</div>` : this.#field(row[0])))}
      ${this.more()} ${this.theirs ? this.#clash() : nothing}
      ${this.refused ? html`<div class="refused" role="alert"><p>${inLanguage(this.refused.words, this.language)}</p></div>` : nothing}
      <div class="deeds">
        <button type="button" class="leave" @click=${this.#leave}>${this.say('people.discard')}</button>
        <button class="primary save" aria-disabled=${Boolean(this.busy)}>${this.say(this.record ? 'people.save' : 'people.create')}</button>
      </div>
    </form>`;
  }

  /** What an heir shows besides. */
  more() {
    return nothing;
  }

  #field({ name, word, hint, numeric, options }) {
    const fault = this.faults[name];
    const told = html`<p id="${name}-told" class=${fault ? 'error' : 'hint'}>${fault ? this.say(fault) : hint ? this.say(hint) : nothing}</p>`;
    if (options) {
      return html`<div>
        <label for=${name}>${this.say(word)}</label>
        <select id=${name} name=${name} aria-invalid=${Boolean(fault)} aria-describedby="${name}-told">
          ${options.map(({ value, label }) => html`<option value=${value} .selected=${value === this.draft[name]}>${label}</option>`)}
        </select>
        ${told}
      </div>`;
    }
    return html`<div>
      <label for=${name}>${this.say(word)}</label>
      <input
        id=${name}
        name=${name}
        inputmode=${numeric ? 'numeric' : 'text'}
        autocomplete="off"
        spellcheck="false"
        .value=${this.draft[name]}
        aria-invalid=${Boolean(fault)}
        aria-describedby="${name}-told"
      />
      ${told}
    </div>`;
  }

  /** Somebody else was quicker: what it is now beside what was typed. */
  #clash() {
    const rows = this.fields()
      .flat()
      .filter(({ name }) => this.theirs[name] !== this.draft[name]);
    return html`<div class="clash" role="alert">
      <p>${this.say('people.clash')}</p>
      <table>
        <thead>
          <tr><th></th><th>${this.say('people.clash.theirs')}</th><th>${this.say('people.clash.mine')}</th></tr>
        </thead>
        <tbody>
          ${rows.map((field) => html`<tr><th>${this.say(field.word)}</th><td class="theirs">${shown(field, this.theirs)}</td><td class="mine">${shown(field, this.draft)}</td></tr>`)}
        </tbody>
      </table>
      <button type="button" class="take-theirs" @click=${this.#takeTheirs}>${this.say('people.clash.take')}</button>
    </div>`;
  }

  /** Puts a value into the draft, as if it were typed. */
  put(name, value) {
    this.draft = { ...this.draft, [name]: value };
    sessionStorage.setItem(this.#keptAs(), JSON.stringify(this.draft));
  }

  #typed = ({ target: { name, value } }) => {
    if (name) this.put(name, value);
  };

  #submit = async (event) => {
    event.preventDefault();
    if (this.busy) return;
    this.faults = this.faultsOf(this.draft);
    if (Object.keys(this.faults).length > 0) {
      await this.updateComplete;
      this.renderRoot.querySelector('[aria-invalid="true"]')?.focus();
      return;
    }
    Object.assign(this, { busy: true, refused: undefined });
    try {
      const options = this.record ? { match: this.#tag } : { key: this.#key };
      const saved = await command(this.address(this.record), this.bodyOf(this.draft), { ...options, language: this.language });
      this.#forget();
      this.#base = this.draft;
      this.#key = newKey();
      this.#tell('saved', saved);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.word === 'changed-meanwhile') await this.#meet();
      else this.#refuse(error);
    } finally {
      this.busy = false;
    }
  };

  /** A request that was refused was none: the next one is another. */
  #refuse(error) {
    this.refused = error;
    this.#key = newKey();
  }

  async #meet() {
    const { value, tag } = await readTagged(this.address(this.record));
    this.#tag = tag;
    this.theirs = this.draftOf(value);
  }

  #takeTheirs = () => {
    this.#forget();
    this.draft = this.theirs;
    this.#base = this.theirs;
    this.theirs = undefined;
  };

  #leave = () => {
    this.#forget();
    this.#begin();
    this.#tell('leave');
  };

  #forget() {
    sessionStorage.removeItem(this.#keptAs());
    this.theirs = undefined;
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  say(key, values = {}) {
    return text(key, values, this.language);
  }
}

function shown({ name, options }, draft) {
  return options?.find(({ value }) => value === draft[name])?.label ?? draft[name];
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
