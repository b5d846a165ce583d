import { html, css, nothing, LitElement } from 'lit';
import { read, Refused } from '/kit/api.js';
import { inLanguage, knows, text } from '/kit/language.js';
import { date, day, wallTime } from '/kit/time.js';
import { controls } from './controls.js';
import { empty, instead } from './instead.js';
import { pageStyles } from './page-styles.js';

/** Where the page of an object is, by the first part of its name. */
const PAGES = {
  booking: (id) => `/bookings/${id}`,
  room: (id) => `/rooms/${id}`,
  site: (id) => `/sites/${id}`,
  policy: (id) => `/policies/${id.split('-')[0]}`,
};

/**
 * @typedef {{id: number, at: string, actor: string, person?: {staffNumber: string, name: {zh: string, en: string}}, action: string,
 *   object: string, fields: string[], reason: string, sealed: boolean}} Entry
 */

/** The audit log, the newest first: who did what to what, and whether the chain holds it already. */
export class AuditPage extends LitElement {
  static properties = {
    site: { attribute: false },
    query: { attribute: false },
    language: { type: String },
    entries: { state: true },
    next: { state: true },
    busy: { state: true },
    refused: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    css`
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: 12px;
        margin-bottom: 16px;
      }
      form label {
        flex: 0 1 220px;
      }
      form span {
        display: block;
        margin-bottom: 4px;
        font-weight: 600;
      }
      td {
        font-variant-numeric: tabular-nums;
      }
      .day th {
        background: var(--sunk);
      }
      .what {
        overflow-wrap: anywhere;
      }
      .fields,
      .reason {
        display: block;
        color: var(--ink2);
      }
      .reason {
        overflow-wrap: anywhere;
      }
      .more {
        margin: 16px auto 0;
        display: block;
      }
      .sealed {
        color: var(--ok);
        white-space: nowrap;
      }
      .open {
        color: var(--ink2);
        white-space: nowrap;
      }
      @media (max-width: 639px) {
        thead {
          display: none;
        }
        table,
        tbody,
        tr,
        td,
        th {
          display: block;
        }
        td {
          padding: 2px 16px;
        }
        tbody tr {
          padding: 8px 0;
        }
        tbody tr.day {
          padding: 0;
        }
      }
    `,
  ];

  willUpdate(changed) {
    if (changed.has('query')) this.#begin();
  }

  #begin = async () => {
    this.entries = undefined;
    await this.#load();
  };

  /** The entries before those that are shown, or the first ones. */
  #load = async () => {
    const query = this.query;
    const asked = new URLSearchParams();
    for (const name of ['object', 'person']) {
      if (query.get(name)) asked.set(name, query.get(name));
    }
    if (this.entries) asked.set('before', this.next);
    this.busy = true;
    this.refused = undefined;
    try {
      const { entries, next } = await read(`/api/audit?${asked}`);
      if (query === this.query) Object.assign(this, { entries: [...(this.entries ?? []), ...entries], next });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
    } finally {
      this.busy = false;
    }
  };

  render() {
    return html`
      <div class="title">
        <h1 tabindex="-1">${this.#say('shell.audit')}</h1>
        <p class="hint">${this.#say('audit.hint')}</p>
      </div>
      ${this.#filter()} ${this.entries ? this.#list() : nothing}
      ${this.refused || !this.entries ? instead({ refused: this.refused, again: this.#load, language: this.language }) : nothing}
    `;
  }

  #filter() {
    const input = (name, hint) => html`<label>
      <span>${this.#say(`audit.filter.${name}`)}</span>
      <input name=${name} autocomplete="off" placeholder=${hint} .value=${this.query.get(name) ?? ''} />
    </label>`;
    return html`<form @submit=${this.#search}>
      ${input('object', 'booking:42')} ${input('person', '1001')}
      <button class="primary">${this.#say('audit.filter')}</button>
      ${this.query.size > 0 ? html`<a href="/audit">${this.#say('audit.filter.none')}</a>` : nothing}
    </form>`;
  }

  #search = (event) => {
    event.preventDefault();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(event.target)) {
      if (value.trim()) query.set(name, value.trim());
    }
    const detail = `/audit${query.size > 0 ? `?${query}` : ''}`;
    this.dispatchEvent(new CustomEvent('go', { detail, bubbles: true, composed: true }));
  };

  #list() {
    if (this.entries.length === 0) return empty(this.#say('audit.none'));
    const days = Map.groupBy(this.entries, ({ at }) => date(Date.parse(at), this.site.zone));
    return html`
      <div class="table" tabindex="0" role="region" aria-label=${this.#say('shell.audit')}>
        <table>
          <thead>
            <tr>${['time', 'who', 'what', 'object', 'sealed'].map((column) => html`<th scope="col">${this.#say(`audit.column.${column}`)}</th>`)}</tr>
          </thead>
          ${[...days.values()].map(
            (entries) => html`<tbody>
              <tr class="day"><th colspan="5" scope="rowgroup">${inLanguage(day(Date.parse(entries[0].at), this.site.zone), this.language)}</th></tr>
              ${entries.map((entry) => this.#entry(entry))}
            </tbody>`,
          )}
        </table>
      </div>
      ${this.next ? html`<button class="more" aria-disabled=${Boolean(this.busy)} @click=${this.#more}>${this.#say('audit.more')}</button>` : nothing}
    `;
  }

  #more = () => {
    if (!this.busy) this.#load();
  };

  #entry({ at, actor, person, action, object, fields, reason, sealed }) {
    return html`<tr>
      <td>${wallTime(Date.parse(at), this.site.zone)}</td>
      <td>${person ? this.#person(person) : this.#actor(actor)}</td>
      <td class="what">
        ${this.#action(action)}
        ${fields.length > 0 ? html`<span class="fields">${fields.join(' · ')}</span>` : nothing}
        ${reason ? html`<span class="reason">${this.#say('audit.reason', { reason })}</span>` : nothing}
      </td>
      <td>${this.#object(object)}</td>
      <td>${sealed ? html`<span class="sealed">✓ ${this.#say('audit.sealed')}</span>` : html`<span class="open">${this.#say('audit.unsealed')}</span>`}</td>
    </tr>`;
  }

  #person({ staffNumber, name }) {
    return html`<a href="/audit?person=${staffNumber}">${inLanguage(name, this.language)}</a> <span class="hint">${staffNumber}</span>`;
  }

  #actor(actor) {
    const [kind, id] = actor.split(':');
    const known = knows(`audit.actor.${kind}`) ? text(`audit.actor.${kind}`, { id }, this.language) : actor;
    return known;
  }

  #action(action) {
    const key = `audit.action.${action.replaceAll(' ', '-')}`;
    return knows(key) ? text(key, {}, this.language) : action;
  }

  #object(object) {
    const [kind, id] = object.split(':');
    const page = PAGES[kind]?.(id);
    return html`${page ? html`<a href=${page}>${object}</a>` : object} <a class="hint" href="/audit?object=${encodeURIComponent(object)}">${this.#say('audit.only')}</a>`;
  }

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

customElements.define('audit-page', AuditPage);
