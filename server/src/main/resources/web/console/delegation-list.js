import { html, css, nothing, LitElement } from 'lit';
import { command, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import { pageStyles } from './page-styles.js';
import './person-field.js';

/** Who books for somebody, and for whom that one books (代订). Sends `record` with what is kept now. */
export class DelegationList extends LitElement {
  static properties = {
    record: { attribute: false },
    company: { attribute: false },
    path: { type: String },
    own: { type: Boolean },
    language: { type: String },
    chosen: { state: true },
    words: { state: true },
    refused: { state: true },
    busy: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    css`
      h3 {
        margin: 16px 0 4px;
        font-size: 14px;
        line-height: 22px;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 44px;
        border-top: 1px solid var(--line);
      }
      li button {
        margin-inline-start: auto;
      }
      form {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 8px;
        align-items: start;
        margin-top: 12px;
      }
      form button {
        margin-top: 26px;
      }
      .number {
        color: var(--ink2);
      }
      .refused {
        margin-top: 12px;
      }
    `,
  ];

  constructor() {
    super();
    this.words = '';
  }

  render() {
    const { bookedBy, booksFor } = this.record;
    return html`
      <h2>${this.#say('people.delegations')}</h2>
      <p class="hint">${this.#say(this.own ? 'people.delegations.own-hint' : 'people.delegations.hint')}</p>
      <h3>${this.#say('people.booked-by')}</h3>
      ${bookedBy.length === 0 ? html`<p class="hint">${this.#say('people.nobody')}</p>` : html`<ul class="booked-by">${bookedBy.map((one) => this.#one(one, true))}</ul>`}
      <form @submit=${this.#give}>
        <person-field
          .label=${this.#say('people.delegations.add')}
          .words=${this.words}
          .chosen=${this.chosen}
          .departments=${this.company.departments}
          .language=${this.language}
          @choose=${({ detail }) => Object.assign(this, { chosen: detail.convener, words: detail.convenerWords })}
        ></person-field>
        <button class="give" aria-disabled=${Boolean(this.busy)}>${this.#say('people.add')}</button>
      </form>
      ${this.refused ? html`<div class="refused" role="alert"><p>${inLanguage(this.refused.words, this.language)}</p></div>` : nothing}
      <h3>${this.#say('people.books-for')}</h3>
      ${booksFor.length === 0 ? html`<p class="hint">${this.#say('people.nobody')}</p>` : html`<ul class="books-for">${booksFor.map((one) => this.#one(one, false))}</ul>`}
    `;
  }

  #one(one, mine) {
    const name = inLanguage(one.name, this.language);
    return html`<li>
      ${name} <span class="number">${one.staffNumber}</span>
      ${mine ? html`<button class="plain" aria-label=${this.#say('people.delegations.end', { name })} @click=${() => this.#send('/end', one.staffNumber)}>${this.#say('people.remove')}</button>` : nothing}
    </li>`;
  }

  #give = async (event) => {
    event.preventDefault();
    if (!this.chosen) {
      this.renderRoot.querySelector('person-field').focus();
      return;
    }
    await this.#send('', this.chosen.staffNumber);
  };

  async #send(deed, delegate) {
    if (this.busy) return;
    Object.assign(this, { busy: true, refused: undefined });
    try {
      const record = await command(`${this.path}/delegations${deed}`, { delegate }, { language: this.language });
      Object.assign(this, { chosen: undefined, words: '' });
      this.dispatchEvent(new CustomEvent('record', { detail: record }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
    } finally {
      this.busy = false;
    }
  }

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

customElements.define('delegation-list', DelegationList);
