import { html, css, nothing, LitElement } from 'lit';
import { read, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import { dialogs } from './dialogs.js';
import { empty, instead } from './instead.js';
import { pageStyles } from './page-styles.js';
import './person-form.js';
import './staff-import.js';

const ROLES = ['admin', 'front-desk', 'facility'];
const STATES = ['here', 'left', 'all'];

/** The people, found by name, department, role; a file that is dropped here is imported. What is looked for stands in the address. */
export class PeoplePage extends LitElement {
  static properties = {
    company: { attribute: false },
    language: { type: String },
    query: { attribute: false },
    found: { state: true },
    refused: { state: true },
    making: { state: true },
    dropping: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    dialogs,
    css`
      dialog {
        --dialog-width: 680px;
      }
      dialog h2 {
        margin-bottom: 16px;
      }
      .filters {
        display: grid;
        grid-template-columns: minmax(0, 2fr) repeat(3, minmax(0, 1fr)) auto;
        gap: 8px;
        align-items: end;
        margin-bottom: 16px;
      }
      .filters label {
        display: block;
        font-size: 12px;
        line-height: 18px;
        color: var(--ink2);
      }
      td small {
        display: block;
        font-size: 12px;
        line-height: 18px;
        color: var(--ink2);
      }
      .tag + .tag {
        margin-inline-start: 4px;
      }
      .pages {
        display: flex;
        gap: 8px;
        align-items: center;
        justify-content: flex-end;
        margin-top: 16px;
      }
      .file {
        position: absolute;
        width: 1px;
        min-height: 1px;
        height: 1px;
        opacity: 0;
      }
      .whole[data-dropping] {
        outline: 2px dashed var(--accent);
        outline-offset: 8px;
      }
      .files {
        margin-top: 16px;
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
      }
      @media (min-width: 900px) {
        td small {
          display: none;
        }
      }
      @media (max-width: 899px) {
        .wide {
          display: none;
        }
        .filters {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        }
      }
    `,
  ];

  #asked;

  willUpdate() {
    const asked = this.query.toString();
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.#load();
    }
  }

  #load = async () => {
    const asked = this.#asked;
    this.refused = undefined;
    const wanted = new URLSearchParams();
    for (const name of ['q', 'department', 'role', 'state', 'page']) {
      const value = this.query.get(name);
      if (value) wanted.set(name, value);
    }
    try {
      const found = await read(`/api/staff?${wanted}`);
      if (asked === this.#asked) this.found = found;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (asked === this.#asked) Object.assign(this, { refused: error, found: undefined });
    }
  };

  render() {
    return html`
      <div
        class="whole"
        ?data-dropping=${this.dropping}
        @dragover=${this.#over}
        @dragleave=${() => (this.dropping = false)}
        @drop=${this.#drop}
      >
        <div class="title">
          <h1 tabindex="-1">${this.#say('shell.people')}</h1>
          <p class="counts">${this.found ? this.#say('people.count', { count: this.found.total }) : nothing}</p>
          <div class="deeds">
            <input class="file" type="file" id="file" accept=".xlsx,.csv,.txt" tabindex="-1" aria-label=${this.#say('people.import')} @change=${this.#picked} />
            <button class="import" @click=${() => this.renderRoot.getElementById('file').click()}>${this.#say('people.import')}</button>
            <button class="primary new" @click=${this.#open}>${this.#say('people.new')}</button>
          </div>
        </div>
        ${this.#filters()} ${this.found ? this.#list() : instead({ refused: this.refused, again: this.#load, language: this.language })}
        <p class="files hint">
          <span>${this.#say('people.drop')}</span>
          ${['xlsx', 'csv'].map((format) => html`<a href="/api/staff-export?format=${format}&language=${this.language}" download>${this.#say('people.export', { format: format.toUpperCase() })}</a>`)}
          ${['xlsx', 'csv'].map((format) => html`<a href="/api/staff-template?format=${format}&language=${this.language}" download>${this.#say('people.template', { format: format.toUpperCase() })}</a>`)}
        </p>
      </div>
      <staff-import .language=${this.language} @changed=${this.#load}></staff-import>
      <dialog aria-labelledby="new-title" @close=${() => (this.making = false)}>
        <h2 id="new-title">${this.#say('people.new')}</h2>
        ${this.making ? html`<person-form .company=${this.company} .language=${this.language} @saved=${this.#made} @leave=${this.#shut}></person-form>` : nothing}
      </dialog>
    `;
  }

  #filters() {
    const value = (name, otherwise = '') => this.query.get(name) ?? otherwise;
    const departments = [...this.company.departments].map(([id, name]) => [id, inLanguage(name, this.language)]);
    return html`<form class="filters" role="search" @submit=${this.#search}>
      <div>
        <label for="q">${this.#say('people.search')}</label>
        <input id="q" name="q" type="search" maxlength="100" autocomplete="off" .value=${value('q')} />
      </div>
      ${this.#choice('department', value('department'), [['', this.#say('people.all-departments')], ...departments])}
      ${this.#choice('role', value('role'), [['', this.#say('people.all-roles')], ...ROLES.map((role) => [role, this.#say(`people.role.${role}`)])])}
      ${this.#choice('state', value('state', 'here'), STATES.map((state) => [state, this.#say(`people.state.${state}`)]))}
      <button>${this.#say('people.find')}</button>
    </form>`;
  }

  #choice(name, chosen, options) {
    return html`<div>
      <label for=${name}>${this.#say(`people.filter.${name}`)}</label>
      <select id=${name} name=${name} @change=${({ target }) => target.form.requestSubmit()}>
        ${options.map(([value, label]) => html`<option value=${value} .selected=${value === chosen}>${label}</option>`)}
      </select>
    </div>`;
  }

  #list() {
    const { people, page, pages } = this.found;
    if (people.length === 0) return empty(this.#say('people.none'), this.#say('people.none.hint'));
    return html`<div class="table" tabindex="0" role="region" aria-label=${this.#say('shell.people')}>
        <table>
          <thead>
            <tr>
              <th>${this.#say('people.name')}</th><th class="wide">${this.#say('people.number')}</th><th class="wide">${this.#say('people.title')}</th>
              <th>${this.#say('people.department')}</th><th class="wide">${this.#say('people.email')}</th><th>${this.#say('people.roles')}</th>
            </tr>
          </thead>
          <tbody>
            ${people.map((person) => this.#row(person))}
          </tbody>
        </table>
      </div>
      ${pages > 1 ? this.#pages(page, pages) : nothing}`;
  }

  #row({ staffNumber, name, title, email, departmentName, roles, leftAt }) {
    const about = [staffNumber, inLanguage(title, this.language)].filter(Boolean).join(' · ');
    return html`<tr>
      <td><a href="/people/${staffNumber}">${inLanguage(name, this.language)}</a><small>${about}</small></td>
      <td class="wide">${staffNumber}</td>
      <td class="wide">${inLanguage(title, this.language)}</td>
      <td>${inLanguage(departmentName, this.language)}</td>
      <td class="wide">${email}</td>
      <td>
        ${roles.map((role) => html`<span class="tag info">${this.#say(`people.role.${role}`)}</span>`)}
        ${leftAt ? html`<span class="tag">${this.#say('people.left')}</span>` : nothing}
      </td>
    </tr>`;
  }

  #pages(page, pages) {
    const link = (to) => {
      const query = new URLSearchParams(this.query);
      query.set('page', String(to));
      return `/people?${query}`;
    };
    return html`<nav class="pages" aria-label=${this.#say('people.pages')}>
      ${page > 1 ? html`<a href=${link(page - 1)}>${this.#say('people.page.before')}</a>` : nothing}
      <span>${this.#say('people.page', { page, pages })}</span>
      ${page < pages ? html`<a href=${link(page + 1)}>${this.#say('people.page.after')}</a>` : nothing}
    </nav>`;
  }

  #search = (event) => {
    event.preventDefault();
    const query = new URLSearchParams();
    const site = this.query.get('site');
    if (site) query.set('site', site);
    for (const [name, value] of new FormData(event.target)) {
      const words = String(value).trim();
      if (words !== '' && !(name === 'state' && words === 'here')) query.set(name, words);
    }
    this.#tell('go', `/people${query.size > 0 ? `?${query}` : ''}`);
  };

  #over = (event) => {
    if (![...event.dataTransfer.types].includes('Files')) return;
    event.preventDefault();
    this.dropping = true;
  };

  #drop = (event) => {
    event.preventDefault();
    this.dropping = false;
    this.#import(event.dataTransfer.files[0]);
  };

  #picked = ({ target }) => {
    const [file] = target.files;
    target.value = '';
    this.#import(file);
  };

  #import(file) {
    if (file) this.renderRoot.querySelector('staff-import').preview(file);
  }

  #open = async () => {
    this.making = true;
    await this.updateComplete;
    this.renderRoot.querySelector('dialog').showModal();
  };

  #shut = () => this.renderRoot.querySelector('dialog').close();

  #made = ({ detail }) => {
    this.#shut();
    this.#tell('go', `/people/${detail.staffNumber}`);
  };

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

customElements.define('people-page', PeoplePage);
