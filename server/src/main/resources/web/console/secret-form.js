import { html, css, nothing, LitElement } from 'lit';
import { command, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import { formStyles } from './form-styles.js';
import { pageStyles } from './page-styles.js';

const KINDS = {
  password: { path: '/api/me/password', most: 200, good: (words) => words.length >= 10, need: 'people.need.password' },
  pin: { path: '/api/me/pin', most: 6, good: (words) => /^\d{6}$/.test(words), need: 'people.need.pin' },
};

/** Sets one's own password or one's PIN, for which one's present password is asked again. Sends `done` with the answer. */
export class SecretForm extends LitElement {
  static properties = {
    kind: { type: String },
    user: { type: String },
    language: { type: String },
    faults: { state: true },
    refused: { state: true },
    busy: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    formStyles,
    css`
      .deeds {
        margin: 0;
      }
      .user {
        display: none;
      }
    `,
  ];

  constructor() {
    super();
    this.faults = {};
  }

  render() {
    const { most } = KINDS[this.kind];
    const pin = this.kind === 'pin';
    return html`<form novalidate @submit=${this.#submit}>
      <input class="user" name="username" autocomplete="username" tabindex="-1" aria-hidden="true" .value=${this.user} readonly />
      ${this.#field('present', 'people.present', { autocomplete: 'current-password', most: 200 })}
      ${this.#field('wanted', `people.${this.kind}.new`, { autocomplete: pin ? 'off' : 'new-password', most, hint: `people.${this.kind}.hint`, numeric: pin })}
      ${this.#field('again', 'people.again', { autocomplete: pin ? 'off' : 'new-password', most, numeric: pin })}
      ${this.refused ? html`<div class="refused" role="alert"><p>${inLanguage(this.refused.words, this.language)}</p></div>` : nothing}
      <div class="deeds"><button class="primary" aria-disabled=${Boolean(this.busy)}>${this.#say(`people.${this.kind}.change`)}</button></div>
    </form>`;
  }

  #field(name, word, { autocomplete, most, hint, numeric }) {
    const fault = this.faults[name];
    return html`<div>
      <label for=${name}>${this.#say(word)}</label>
      <input
        id=${name}
        name=${name}
        type="password"
        inputmode=${numeric ? 'numeric' : 'text'}
        maxlength=${most}
        autocomplete=${autocomplete}
        aria-invalid=${Boolean(fault)}
        aria-describedby="${name}-told"
      />
      <p id="${name}-told" class=${fault ? 'error' : 'hint'}>${fault ? this.#say(fault) : hint ? this.#say(hint) : nothing}</p>
    </div>`;
  }

  #submit = async (event) => {
    event.preventDefault();
    if (this.busy) return;
    const form = event.target;
    const { present, wanted, again } = Object.fromEntries(new FormData(form));
    this.faults = this.#faultsOf(present, wanted, again);
    if (Object.keys(this.faults).length > 0) {
      await this.updateComplete;
      this.renderRoot.querySelector('[aria-invalid="true"]')?.focus();
      return;
    }
    Object.assign(this, { busy: true, refused: undefined });
    try {
      const answer = await command(KINDS[this.kind].path, { present, [this.kind]: wanted }, { language: this.language, attempts: 1 });
      form.reset();
      this.dispatchEvent(new CustomEvent('done', { detail: answer }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
    } finally {
      this.busy = false;
    }
  };

  #faultsOf(present, wanted, again) {
    const { good, need } = KINDS[this.kind];
    const faults = {};
    if (present === '') faults.present = 'people.need.present';
    if (!good(wanted)) faults.wanted = need;
    else if (wanted !== again) faults.again = 'people.need.again';
    return faults;
  }

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

customElements.define('secret-form', SecretForm);
