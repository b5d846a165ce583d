import { html, css, nothing, LitElement } from 'lit';
import { Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { findPeople } from './company.js';
import { controls } from './controls.js';

/** After so long without a key the name is looked for, ms. */
const LOOK_AFTER = 200;

/** A colleague, found by typing a part of the name. Sends `choose` with `{convener, convenerWords}`. */
export class PersonField extends LitElement {
  static shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  static properties = {
    label: { type: String },
    words: { type: String },
    chosen: { attribute: false },
    fault: { type: String },
    departments: { attribute: false },
    language: { type: String },
    people: { state: true },
    at: { state: true },
    open: { state: true },
  };

  static styles = [
    controls,
    css`
      :host {
        display: block;
        position: relative;
      }
      label {
        display: block;
        font-weight: 600;
        margin-bottom: 4px;
      }
      ul {
        position: absolute;
        z-index: 2;
        inset-inline: 0;
        margin: 4px 0 0;
        padding: 4px;
        list-style: none;
        max-height: 260px;
        overflow-y: auto;
        background: var(--surface);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        box-shadow: var(--shadow);
      }
      li {
        padding: 7px 8px;
        border-radius: 4px;
        cursor: pointer;
      }
      li[aria-selected="true"] {
        background: var(--accent-soft);
      }
      .meta {
        color: var(--ink2);
        font-size: 12px;
      }
      p {
        margin: 4px 0 0;
        font-size: 12px;
        line-height: 18px;
        color: var(--ink2);
      }
      p:empty {
        margin: 0;
      }
      p.error {
        color: var(--danger);
      }
    `,
  ];

  #timer;
  #asked = 0;

  constructor() {
    super();
    this.words = '';
    this.people = [];
    this.at = 0;
    this.open = false;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  render() {
    const listed = this.open && this.people.length > 0;
    return html`
      <label for="person">${this.label}</label>
      <input
        id="person"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        maxlength="100"
        aria-autocomplete="list"
        aria-expanded=${listed}
        aria-controls="people"
        aria-activedescendant=${listed ? `person-${this.at}` : nothing}
        aria-invalid=${Boolean(this.fault)}
        aria-describedby="about"
        .value=${this.chosen ? inLanguage(this.chosen.name, this.language) : this.words}
        @input=${this.#typed}
        @keydown=${this.#key}
        @blur=${() => (this.open = false)}
      />
      <ul id="people" role="listbox" aria-label=${this.label} ?hidden=${!listed}>
        ${listed ? this.people.map((person, at) => this.#option(person, at)) : nothing}
      </ul>
      <p id="about" role="status" class=${this.fault ? 'error' : ''}>${this.fault || this.#hint()}</p>
    `;
  }

  #option(person, at) {
    return html`<li
      id="person-${at}"
      role="option"
      aria-selected=${at === this.at}
      @pointerdown=${(event) => event.preventDefault()}
      @click=${() => this.#choose(person)}
    >
      ${inLanguage(person.name, this.language)}
      <span class="meta">${this.#department(person)} · ${person.staffNumber}</span>
    </li>`;
  }

  #hint() {
    if (this.chosen) return `${this.#department(this.chosen)} · ${this.chosen.staffNumber}`;
    return this.open && this.people.length === 0 ? text('console.convener.nobody', {}, this.language) : '';
  }

  #department(person) {
    const name = this.departments.get(person.department);
    return name ? inLanguage(name, this.language) : person.department;
  }

  #typed = ({ target }) => {
    this.#tell(undefined, target.value);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(target.value.trim()), LOOK_AFTER);
  };

  async #look(words) {
    const asked = ++this.#asked;
    const people = words === '' ? [] : await find(words);
    if (asked === this.#asked) {
      this.people = people;
      this.at = 0;
      this.open = words !== '';
    }
  }

  #key = (event) => {
    if (!this.open || this.people.length === 0) return;
    const { length } = this.people;
    if (event.key === 'ArrowDown') this.at = (this.at + 1) % length;
    else if (event.key === 'ArrowUp') this.at = (this.at + length - 1) % length;
    else if (event.key === 'Enter') this.#choose(this.people[this.at]);
    else if (event.key === 'Escape') this.open = false;
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #choose(person) {
    this.open = false;
    this.#tell(person, inLanguage(person.name, this.language));
  }

  #tell(convener, convenerWords) {
    this.dispatchEvent(new CustomEvent('choose', { detail: { convener, convenerWords } }));
  }

  updated(changed) {
    if (changed.has('at')) this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }
}

/** The people of that name; nobody where the server does not say. */
async function find(words) {
  try {
    return await findPeople(words);
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
}

customElements.define('person-field', PersonField);
