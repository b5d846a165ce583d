import { html, css, nothing, LitElement } from 'lit';
import { command, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';

/** What a link of the address asks for: `#first-admin=…` or `#password=…`. */
const LINK = /^#(first-admin|password)=([A-Za-z0-9_-]{43})$/;

/**
 * What the link of an address asks for, if it is one.
 *
 * @param {string} hash
 * @returns {{purpose: string, token: string} | undefined}
 */
export function linkOf(hash) {
  const [, purpose, token] = LINK.exec(hash) ?? [];
  return purpose && { purpose, token };
}

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
    readable: { state: true },
  };

  static styles = [
    controls,
    css`
      :host {
        display: block;
        max-width: 400px;
        margin: 0 auto;
      }
      form {
        padding: 32px;
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
        background: var(--surface);
      }
      img {
        display: block;
        width: 48px;
        height: 48px;
        margin-bottom: 16px;
      }
      h1 {
        margin: 0 0 4px;
        font-size: 24px;
        line-height: 32px;
        font-weight: 600;
      }
      p {
        margin: 0;
      }
      .what {
        margin-bottom: 24px;
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
      .box {
        position: relative;
      }
      input {
        min-height: 44px;
      }
      .box input {
        padding-inline-end: 72px;
      }
      .show {
        position: absolute;
        inset: 4px 4px 4px auto;
        min-height: 0;
        padding: 0 10px;
        color: var(--accent);
      }
      .hint,
      .error {
        margin-top: 4px;
        font-size: 13px;
        line-height: 20px;
        color: var(--ink2);
      }
      .error {
        color: var(--danger);
      }
      [role='alert'] {
        margin-bottom: 16px;
        padding: 10px 14px;
        border-radius: var(--radius);
        background: var(--danger-soft);
        color: var(--danger);
      }
      [role='alert'] strong {
        font-weight: 600;
      }
      .primary {
        width: 100%;
        min-height: 44px;
        margin-top: 8px;
      }
      @media (min-width: 640px) {
        :host {
          margin-top: min(5vh, 48px);
        }
      }
      @media (max-width: 639px) {
        form {
          padding: 0;
          border: 0;
          background: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.missing = [];
    this.link = linkOf(location.hash);
  }

  render() {
    const form = this.link?.purpose ?? 'sign-in';
    return html`<form novalidate @submit=${this.#submit}>
      <img src="/console/icon.svg" alt="" />
      <h1>${this.#say(`console.enter.${form}.title`)}</h1>
      <p class="what">${this.#say(`console.enter.${form}.hint`)}</p>
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
    const isSecret = type === 'password';
    const told = isMissing ? `${name}-error` : isNew ? `${name}-hint` : nothing;
    return html`<div class="field">
      <label for=${name}>${this.#say(`console.enter.field.${isNew ? 'new-password' : name}`)}</label>
      <div class=${isSecret ? 'box' : ''}>
      <input
        id=${name}
        name=${name}
        type=${isSecret && this.readable ? 'text' : type}
        autocomplete=${autocomplete}
        autocapitalize="off"
        spellcheck="false"
        maxlength="254"
        aria-invalid=${isMissing ? 'true' : nothing}
        aria-describedby=${told}
      />
      ${isSecret ? this.#eye() : nothing}
      </div>
      ${isNew && !isMissing ? html`<p class="hint" id="${name}-hint">${this.#say('console.enter.new-password')}</p>` : nothing}
      ${isMissing ? html`<p class="error" id="${name}-error">${this.#say(`console.enter.need.${isNew ? 'new-password' : name}`)}</p>` : nothing}
    </div>`;
  }

  #eye() {
    return html`<button type="button" class="plain show" aria-label=${this.#say(`console.enter.password-${this.readable ? 'hide' : 'show'}`)} @click=${() => (this.readable = !this.readable)}>
      ${this.#say(this.readable ? 'console.enter.hide' : 'console.enter.show')}
    </button>`;
  }

  firstUpdated() {
    this.renderRoot.querySelector('input').focus();
  }

  #submit = async (event) => {
    event.preventDefault();
    if (this.busy) return;
    const values = Object.fromEntries(new FormData(event.target));
    this.refused = undefined;
    this.missing = FIELDS[this.link?.purpose ?? 'sign-in']
      .filter(([name, , known]) => values[name].length < (known === 'new-password' ? SHORTEST_PASSWORD : 1))
      .map(([name]) => name);
    if (this.missing.length > 0) {
      await this.updateComplete;
      this.renderRoot.querySelector('[aria-invalid]').focus();
      return;
    }
    this.busy = true;
    try {
      const me = await command(...this.#asked(values), { attempts: 1, language: this.language });
      this.#forgetLink();
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
  async #startAgain({ word }) {
    if (word === 'link-used-up') {
      this.renderRoot.querySelector('form').reset();
      this.#forgetLink();
      this.link = undefined;
    }
    await this.updateComplete;
    const password = this.renderRoot.querySelector('#password');
    if (word === 'wrong-name-or-password') password.value = '';
    const name = this.renderRoot.querySelector('#name');
    (name && name.value === '' ? name : password).focus();
  }

  #forgetLink() {
    history.replaceState(null, '', location.pathname + location.search);
  }

  #say(key) {
    return text(key, {}, this.language);
  }
}

customElements.define('sign-in', SignIn);
