import { html, css, nothing, LitElement } from 'lit';
import { command, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';

/** What a link of the address asks for: `#first-admin=…` or `#password=…`. */
const LINK = /^#(first-admin|password)=([A-Za-z0-9_-]{43})$/;

/** The fields of each form, in their order, with what browsers and password managers know them by. */
const FIELDS = {
  'sign-in': [
    ['name', 'text', 'username'],
    ['password', 'password', 'current-password'],
  ],
  password: [['password', 'password', 'new-password']],
  'first-admin': [
    ['staffNumber', 'text', 'username'],
    ['nameZh', 'text', 'name'],
    ['nameEn', 'text', 'off'],
    ['department', 'text', 'organization'],
    ['password', 'password', 'new-password'],
  ],
};

const SHORTEST_PASSWORD = 10;

/**
 * Lets somebody in: by name and password, or by a link that sets a password or makes the first admin. Sends `in`.
 */
export class SignIn extends LitElement {
  static properties = {
    language: { type: String },
    link: { state: true },
    busy: { state: true },
    refused: { state: true },
    missing: { state: true },
  };

  static styles = [
    controls,
    css`
      :host {
        display: block;
        max-width: 400px;
        margin: 48px auto 0;
      }
      form {
        padding: 24px;
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
        background: var(--surface);
      }
      h1 {
        margin: 0 0 8px;
        font-size: 24px;
        line-height: 32px;
        font-weight: 600;
      }
      p {
        margin: 0 0 16px;
        color: var(--ink2);
      }
      label {
        display: block;
        margin-bottom: 4px;
        font-weight: 600;
      }
      .field {
        margin-bottom: 16px;
      }
      .hint {
        margin: 4px 0 0;
        font-size: 12px;
        line-height: 18px;
        color: var(--ink2);
      }
      .error {
        margin: 4px 0 0;
        color: var(--danger);
      }
      [role='alert'] {
        margin-bottom: 16px;
        padding: 8px 12px;
        border-radius: var(--radius);
        background: var(--danger-soft);
        color: var(--danger);
      }
      [role='alert'] p {
        margin: 0;
        color: inherit;
      }
      button {
        width: 100%;
      }
    `,
  ];

  constructor() {
    super();
    this.missing = [];
    const [, purpose, token] = LINK.exec(location.hash) ?? [];
    this.link = purpose && { purpose, token };
  }

  render() {
    const form = this.link?.purpose ?? 'sign-in';
    return html`<form novalidate @submit=${this.#submit}>
      <h1>${this.#say(`console.enter.${form}.title`)}</h1>
      <p>${this.#say(`console.enter.${form}.hint`)}</p>
      ${this.#refusal()} ${FIELDS[form].map((field) => this.#field(field))}
      <button class="primary" type="submit" aria-disabled=${Boolean(this.busy)}>${this.#say(`console.enter.${form}.act`)}</button>
    </form>`;
  }

  #refusal() {
    if (!this.refused) return nothing;
    const { title, detail } = this.refused;
    return html`<div role="alert">
      <p><strong>${inLanguage(title ?? this.refused.words, this.language)}</strong></p>
      ${detail ? html`<p>${inLanguage(detail, this.language)}</p>` : nothing}
    </div>`;
  }

  #field([name, type, autocomplete]) {
    const isMissing = this.missing.includes(name);
    const isNew = autocomplete === 'new-password';
    const told = [isNew ? `${name}-hint` : '', isMissing ? `${name}-error` : ''].filter(Boolean).join(' ');
    return html`<div class="field">
      <label for=${name}>${this.#say(`console.enter.field.${name}`)}</label>
      <input
        id=${name}
        name=${name}
        type=${type}
        autocomplete=${autocomplete}
        autocapitalize="off"
        spellcheck="false"
        maxlength="254"
        aria-invalid=${isMissing ? 'true' : nothing}
        aria-describedby=${told || nothing}
      />
      ${isNew ? html`<p class="hint" id="${name}-hint">${this.#say('console.enter.new-password')}</p>` : nothing}
      ${isMissing ? html`<p class="error" id="${name}-error">${this.#say(isNew ? 'console.enter.new-password' : 'console.enter.missing')}</p>` : nothing}
    </div>`;
  }

  firstUpdated() {
    this.renderRoot.querySelector('input').focus();
  }

  #submit = async (event) => {
    event.preventDefault();
    if (this.busy) return;
    const values = Object.fromEntries(new FormData(event.target));
    this.missing = FIELDS[this.link?.purpose ?? 'sign-in']
      .filter(([name, , known]) => values[name].length < (known === 'new-password' ? SHORTEST_PASSWORD : 1))
      .map(([name]) => name);
    if (this.missing.length > 0) {
      await this.updateComplete;
      this.renderRoot.querySelector('[aria-invalid]').focus();
      return;
    }
    this.busy = true;
    this.refused = undefined;
    try {
      const me = await command(...this.#asked(values), { attempts: 1, language: this.language });
      history.replaceState(null, '', location.pathname + location.search);
      this.dispatchEvent(new CustomEvent('in', { detail: me }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
      this.#startAgain(error);
    } finally {
      this.busy = false;
    }
  };

  /** Address and body of what the form asks for. */
  #asked({ name, password, staffNumber, nameZh, nameEn, department }) {
    const link = this.link?.token;
    switch (this.link?.purpose) {
      case 'password':
        return ['/api/entry/password', { link, password }];
      case 'first-admin':
        return ['/api/entry/first-admin', { link, staffNumber, name: { zh: nameZh, en: nameEn }, department, password }];
      default:
        return ['/api/session', { name, password }];
    }
  }

  /** Keeps what was typed but the password; a link that no longer works leads to the ordinary form. */
  #startAgain({ word }) {
    const password = this.renderRoot.querySelector('#password');
    if (word === 'wrong-name-or-password') password.value = '';
    if (word === 'link-used-up') this.link = undefined;
    password.focus();
  }

  #say(key) {
    return text(key, {}, this.language);
  }
}

customElements.define('sign-in', SignIn);
