import { html, css, nothing, LitElement } from 'lit';
import { command, newKey, read, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import { formStyles } from './form-styles.js';
import { outsideBookings } from './outside-bookings.js';
import { pageStyles } from './page-styles.js';
import { wrongDays } from './week-grid.js';

/**
 * @typedef {{id: string, name: {zh: string, en: string}, zone: string, position: number, hours: import('./week-grid.js').DayHours[],
 *   rooms: number, version: number}} SiteDetail
 */

const WORK_WEEK = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '08:00', closes: '20:00' }));

/** The form in which a site is made or changed. Sends `saved` with the site, and `leave`. */
export class SiteFields extends LitElement {
  static properties = {
    /** @type {SiteDetail | undefined} none for a new one */
    site: { attribute: false },
    language: { type: String },
    draft: { state: true },
    faults: { state: true },
    refused: { state: true },
    theirs: { state: true },
    busy: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    formStyles,
    css`
      fieldset {
        background: none;
        padding: 0;
      }
      .outside,
      .clash {
        padding: 12px 16px;
        border-radius: var(--radius);
        background: var(--warn-soft);
      }
      .clash table {
        margin: 8px 0;
      }
      .deeds {
        margin: 0;
      }
      @media (max-width: 639px) {
        .two {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  #version;
  #base;
  #key = newKey();

  willUpdate(changed) {
    if (changed.has('site') || !this.draft) this.#begin();
  }

  /** What was typed stays; what was not follows the site. */
  #begin() {
    const fresh = draftOf(this.site);
    const untouched = !this.draft || JSON.stringify(this.draft) === JSON.stringify(this.#base);
    const before = untouched ? fresh : this.draft;
    if (untouched || JSON.stringify(fresh) === JSON.stringify(this.#base)) this.#version = this.site?.version;
    this.#base = untouched ? fresh : this.#base;
    this.draft = before;
    this.faults ??= {};
  }

  render() {
    const { draft } = this;
    return html`<form novalidate @submit=${this.#submit} @input=${this.#typed}>
      ${this.site ? nothing : this.#text('id', this.#say('sites.hint.id'))}
      <div class="two">${this.#text('zh')} ${this.#text('en')}</div>
      <div class="two">${this.#text('zone', this.#say('sites.hint.zone'), 'zones')} ${this.#text('position', this.#say('rooms.hint.position'))}</div>
      <datalist id="zones">${Intl.supportedValuesOf('timeZone').map((zone) => html`<option value=${zone}></option>`)}</datalist>
      <fieldset>
        <legend>${this.#say('sites.hours')}</legend>
        <week-grid .hours=${draft.hours} .wrong=${this.faults.hours} .language=${this.language} @hours=${({ detail }) => (this.draft = { ...draft, hours: detail })}></week-grid>
        <p class="error" role="alert">${this.faults.hours ? this.#say('sites.need.hours') : nothing}</p>
      </fieldset>
      ${this.theirs ? this.#clash() : nothing} ${this.refused ? this.#refusal() : nothing}
      <div class="deeds">
        <button type="button" class="leave" @click=${this.#leave}>${this.#say('rooms.discard')}</button>
        <button class="primary save" aria-disabled=${Boolean(this.busy)}>${this.#say(this.site ? 'rooms.save' : 'sites.create')}</button>
      </div>
    </form>`;
  }

  #text(name, hint, list) {
    const fault = this.faults[name];
    return html`<div>
      <label for=${name}>${this.#say(`sites.field.${name}`)}</label>
      <input id=${name} name=${name} autocomplete="off" list=${list ?? nothing} .value=${this.draft[name]} aria-invalid=${Boolean(fault)} aria-describedby="${name}-told" />
      <p id="${name}-told" class=${fault ? 'error' : 'hint'}>${fault ? this.#say(fault) : hint}</p>
    </div>`;
  }

  /** Somebody else has changed the site: what it is now beside what was typed. */
  #clash() {
    const rows = ['zh', 'en', 'zone', 'position', 'hours'].filter((field) => words(this.theirs, field) !== words(this.draft, field));
    return html`<div class="clash" role="alert">
      <p>${this.#say('sites.clash')}</p>
      <table>
        <thead>
          <tr><th></th><th>${this.#say('rooms.clash.theirs')}</th><th>${this.#say('rooms.clash.mine')}</th></tr>
        </thead>
        <tbody>
          ${rows.map((field) => html`<tr><th>${this.#say(`sites.field.${field}`)}</th><td class="theirs">${words(this.theirs, field)}</td><td class="mine">${words(this.draft, field)}</td></tr>`)}
        </tbody>
      </table>
      <button type="button" class="take-theirs" @click=${this.#takeTheirs}>${this.#say('sites.clash.take')}</button>
    </div>`;
  }

  #refusal() {
    if (this.refused.word === 'bookings-outside-hours') {
      return outsideBookings(this.refused, this.site.zone, this.language, () => this.#send(true));
    }
    return html`<div class="refused" role="alert"><p>${inLanguage(this.refused.words, this.language)}</p></div>`;
  }

  #typed = ({ target: { name, value } }) => {
    if (name) this.draft = { ...this.draft, [name]: value };
  };

  #submit = async (event) => {
    event.preventDefault();
    this.faults = faultsOf(this.draft);
    if (Object.keys(this.faults).length > 0) {
      await this.updateComplete;
      this.renderRoot.querySelector('[aria-invalid="true"]')?.focus();
      return;
    }
    await this.#send(false);
  };

  async #send(acceptOutside) {
    if (this.busy) return;
    Object.assign(this, { busy: true, refused: undefined });
    try {
      const site = await this.#command(acceptOutside);
      this.theirs = undefined;
      this.#base = this.draft;
      this.#tell('saved', site);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.word === 'changed-meanwhile') await this.#meet();
      else this.refused = error;
    } finally {
      this.busy = false;
    }
  }

  #command(acceptOutside) {
    const { id, zh, en, zone, position, hours } = this.draft;
    const fields = { name: { zh: zh.trim(), en: en.trim() }, zone: zone.trim(), position: Number(position), hours };
    const { language } = this;
    if (!this.site) return command('/api/sites', { id, ...fields }, { language, key: this.#key });
    return command(`/api/sites/${this.site.id}`, { ...fields, acceptOutside }, { language, method: 'PUT', match: `"${this.#version}"` });
  }

  async #meet() {
    const site = await read(`/api/sites/${this.site.id}`);
    this.#version = site.version;
    this.theirs = draftOf(site);
  }

  #takeTheirs = () => {
    this.draft = this.theirs;
    this.#base = this.theirs;
    this.theirs = undefined;
  };

  #leave = () => {
    this.draft = undefined;
    this.theirs = undefined;
    this.refused = undefined;
    this.#tell('leave');
  };

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

function draftOf(site) {
  if (!site) return { id: '', zh: '', en: '', zone: 'Asia/Shanghai', position: '0', hours: WORK_WEEK };
  const { id, name, zone, position, hours } = site;
  return { id, zh: name.zh, en: name.en, zone, position: String(position), hours };
}

function faultsOf({ id, zh, en, zone, position, hours }) {
  const faults = {};
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id)) faults.id = 'rooms.need.id';
  if (zh.trim() === '') faults.zh = 'rooms.need';
  if (en.trim() === '') faults.en = 'rooms.need';
  if (zone.trim() === '') faults.zone = 'rooms.need';
  if (!/^\d{1,5}$/.test(position)) faults.position = 'sites.need.position';
  const wrong = wrongDays(hours);
  if (wrong.length > 0) faults.hours = wrong;
  return faults;
}

/** A field in words that can be compared and read. */
function words(draft, field) {
  if (field !== 'hours') return draft[field];
  return draft.hours.map(({ weekday, opens, closes }) => `${weekday} ${opens}–${closes}`).join(', ');
}

customElements.define('site-fields', SiteFields);
