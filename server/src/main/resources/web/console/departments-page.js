import { html, css, nothing, LitElement } from 'lit';
import { command, read, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import './department-form.js';
import { dialogs } from './dialogs.js';
import { empty, instead } from './instead.js';
import { pageStyles } from './page-styles.js';

/** The departments as a tree; each is edited in its place. Which one is open stands in the address. */
export class DepartmentsPage extends LitElement {
  static properties = {
    company: { attribute: false },
    language: { type: String },
    query: { attribute: false },
    all: { state: true },
    refused: { state: true },
    no: { state: true },
    said: { state: true },
    below: { state: true },
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
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
      }
      ul ul {
        margin-inline-start: 12px;
        padding-inline-start: 12px;
        border-inline-start: 1px solid var(--line);
      }
      .tree {
        padding: 4px 16px;
      }
      .one {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 12px;
        min-height: 44px;
        padding: 6px 0;
        border-top: 1px solid var(--line);
      }
      .tree > ul > li:first-child > .one {
        border-top: 0;
      }
      .one > a {
        font-weight: 600;
      }
      .one small span + span {
        margin-inline-start: 8px;
      }
      .one small {
        font-size: 12px;
        line-height: 18px;
        color: var(--ink2);
      }
      .one .number {
        margin-inline-start: auto;
      }
      .edit {
        padding: 16px;
        margin: 0 0 12px;
        background: var(--bg);
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
      }
      .does {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-bottom: 16px;
      }
      .said {
        margin: 0 0 8px;
        color: var(--ok);
      }
      .said:empty {
        margin: 0;
      }
      .no {
        margin-bottom: 16px;
      }
      @media (max-width: 639px) {
        .one small:not(.number) {
          order: 1;
          flex-basis: 100%;
        }
      }
      @media (min-width: 640px) {
        ul ul {
          margin-inline-start: 16px;
          padding-inline-start: 20px;
        }
      }
    `,
  ];

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  #load = async () => {
    this.refused = undefined;
    try {
      ({ departments: this.all } = await read('/api/department-tree'));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
    }
  };

  render() {
    return html`
      <div class="title">
        <h1 tabindex="-1">${this.#say('shell.departments')}</h1>
        <p class="counts">${this.all ? this.#say('people.departments.count', { count: this.all.length }) : nothing}</p>
        <div class="deeds"><button class="primary new" @click=${() => this.#make('')}>${this.#say('people.departments.new')}</button></div>
      </div>
      <p class="said" role="status">${this.said ? this.#say(this.said) : nothing}</p>
      ${this.no ? html`<div class="refused no" role="alert"><p>${inLanguage(this.no.words, this.language)}</p></div>` : nothing}
      ${this.all ? this.#tree() : instead({ refused: this.refused, again: this.#load, language: this.language })}
      <dialog aria-labelledby="new-title" @close=${() => (this.below = undefined)}>
        <h2 id="new-title">${this.#say('people.departments.new')}</h2>
        ${this.below === undefined
          ? nothing
          : html`<department-form
              .company=${this.company}
              .all=${this.all}
              .below=${this.below}
              .language=${this.language}
              @saved=${this.#made}
              @leave=${this.#shut}
            ></department-form>`}
      </dialog>
    `;
  }

  #tree() {
    if (this.all.length === 0) return empty(this.#say('people.departments.none'), this.#say('people.departments.none.hint'));
    const known = new Set(this.all.map(({ id }) => id));
    const below = Map.groupBy(this.all, ({ parent }) => (known.has(parent) ? parent : ''));
    return html`<div class="card tree">${this.#level(below, '')}</div>`;
  }

  #level(below, id) {
    const departments = below.get(id);
    return departments ? html`<ul>${departments.map((department) => this.#department(department, below))}</ul>` : nothing;
  }

  #department(department, below) {
    const { id, name, policy, head, approver, people } = department;
    const open = this.query.get('department') === id;
    return html`<li>
      <div class="one">
        <a href=${open ? '/departments' : `/departments?department=${id}`} aria-expanded=${open}>${inLanguage(name, this.language)}</a>
        ${policy === 'C' ? nothing : html`<span class="tag info">${this.#say(`people.policy.${policy}`)}</span>`}
        <small>${this.#leader('head', head)}${this.#leader('approver', approver)}</small>
        <small class="number"><a href="/people?department=${id}">${this.#say('people.count', { count: people })}</a></small>
      </div>
      ${open ? this.#edit(department) : nothing} ${this.#level(below, id)}
    </li>`;
  }

  #leader(part, leader) {
    if (!leader) return nothing;
    const left = leader.left ? html`<span class="tag warn">${this.#say('people.left')}</span>` : nothing;
    return html`<span>${this.#say(`people.${part}.short`, { name: inLanguage(leader.name, this.language) })} ${left}</span>`;
  }

  #edit(department) {
    return html`<div class="edit">
      <div class="does">
        <button class="below" @click=${() => this.#make(department.id)}>${this.#say('people.departments.below')}</button>
        <button class="remove" @click=${() => this.#remove(department)}>${this.#say('people.departments.remove')}</button>
      </div>
      <department-form
        .record=${department}
        .company=${this.company}
        .all=${this.all}
        .language=${this.language}
        @saved=${() => this.#changed('people.saved')}
        @leave=${() => this.#tell('go', '/departments')}
      ></department-form>
    </div>`;
  }

  #make = async (below) => {
    this.below = below;
    await this.updateComplete;
    this.renderRoot.querySelector('dialog').showModal();
  };

  #shut = () => this.renderRoot.querySelector('dialog').close();

  #made = async () => {
    this.#shut();
    await this.#changed('people.departments.made');
  };

  #remove = async ({ id }) => {
    this.no = undefined;
    try {
      await command(`/api/departments/${id}/remove`, {}, { language: this.language });
      this.#tell('go', '/departments');
      await this.#changed('people.departments.removed');
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.no = error;
    }
  };

  async #changed(said) {
    this.no = undefined;
    await this.#load();
    this.said = said;
    this.#tell('changed');
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

customElements.define('departments-page', DepartmentsPage);
