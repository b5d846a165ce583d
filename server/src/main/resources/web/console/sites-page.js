import { html, css, nothing, LitElement } from 'lit';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import { dialogs } from './dialogs.js';
import { empty } from './instead.js';
import { pageStyles } from './page-styles.js';
import './site-fields.js';

/** The sites, and a form to make another one. */
export class SitesPage extends LitElement {
  static properties = {
    company: { attribute: false },
    language: { type: String },
    making: { state: true },
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
    `,
  ];

  render() {
    const { sites, rooms } = this.company;
    return html`
      <div class="title">
        <h1 tabindex="-1">${this.#say('shell.sites')}</h1>
        <div class="deeds"><button class="primary new" @click=${this.#open}>${this.#say('sites.new')}</button></div>
      </div>
      ${sites.length === 0 ? empty(this.#say('console.no-site')) : this.#table(sites, rooms)}
      <dialog aria-labelledby="new-title" @close=${() => (this.making = false)}>
        <h2 id="new-title">${this.#say('sites.new')}</h2>
        ${this.making ? html`<site-fields .language=${this.language} @saved=${this.#made} @leave=${this.#shut}></site-fields>` : nothing}
      </dialog>
    `;
  }

  #table(sites, rooms) {
    return html`<div class="table" tabindex="0" role="region" aria-label=${this.#say('shell.sites')}>
      <table>
        <thead>
          <tr><th>${this.#say('sites.days.name')}</th><th>${this.#say('sites.field.zone')}</th><th class="number">${this.#say('shell.rooms')}</th></tr>
        </thead>
        <tbody>
          ${sites.map(
            ({ id, name, zone }) => html`<tr>
              <td><a href="/sites/${id}">${inLanguage(name, this.language)}</a></td>
              <td>${zone}</td>
              <td class="number">${rooms.filter(({ site }) => site === id).length}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #open = async () => {
    this.making = true;
    await this.updateComplete;
    this.renderRoot.querySelector('dialog').showModal();
  };

  #shut = () => this.renderRoot.querySelector('dialog').close();

  #made = ({ detail: site }) => {
    this.#shut();
    this.#tell('changed');
    this.#tell('go', `/sites/${site.id}`);
  };

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

customElements.define('sites-page', SitesPage);
