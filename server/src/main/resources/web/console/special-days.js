import { html, css, nothing, LitElement } from 'lit';
import { command, read, Refused, upload } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import { dialogs } from './dialogs.js';
import { TIMES } from './draft.js';
import { formStyles } from './form-styles.js';
import { empty, instead } from './instead.js';
import { outsideBookings } from './outside-bookings.js';
import { pageStyles } from './page-styles.js';

/**
 * @typedef {{day: string, name: {zh: string, en: string}, opens?: string, closes?: string}} Day
 */

const NEW_DAY = Object.freeze({ day: '', zh: '', en: '', open: false, opens: '09:00', closes: '18:00' });

/** The heads of a list that is pasted without any. */
const HEADS = ['日期', '名称', '开放', '时间'];

/** The days of a year on which a site keeps other hours. Sends `site` with the site after each change. */
export class SpecialDays extends LitElement {
  static properties = {
    site: { attribute: false },
    year: { type: Number },
    language: { type: String },
    days: { state: true },
    draft: { state: true },
    faults: { state: true },
    refused: { state: true },
    list: { state: true },
    said: { state: true },
    busy: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    formStyles,
    dialogs,
    css`
      .head {
        flex-wrap: wrap;
        gap: 8px;
        margin-bottom: 8px;
      }
      .years {
        display: flex;
        align-items: center;
        gap: 4px;
      }
      .years strong {
        min-width: 4em;
        text-align: center;
      }
      form.add {
        grid-template-columns: repeat(auto-fit, minmax(140px, 1fr));
        align-items: end;
        margin: 16px 0;
      }
      td {
        white-space: nowrap;
      }
      td button {
        min-height: 28px;
      }
      .days td:last-child {
        padding-block: 4px;
        text-align: end;
      }
      .outside {
        padding: 12px 16px;
        border-radius: var(--radius);
        background: var(--warn-soft);
      }
      dialog {
        --dialog-width: 760px;
      }
      textarea {
        width: 100%;
        min-height: 140px;
        padding: 8px 10px;
        font: inherit;
        color: inherit;
        border: 1px solid var(--line-control);
        border-radius: var(--radius);
        background: var(--surface);
      }
      dialog .table {
        max-height: 40vh;
        overflow: auto;
        margin-top: 12px;
      }
      .deeds {
        margin-top: 16px;
        justify-content: flex-end;
      }
    `,
  ];

  #shown;

  constructor() {
    super();
    this.draft = NEW_DAY;
    this.faults = {};
  }

  willUpdate() {
    const shown = `${this.site.id} ${this.year} ${this.site.version}`;
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#load();
    }
  }

  #load = async () => {
    const { year, site } = this;
    try {
      const { days } = await read(`/api/sites/${site.id}/special-days?year=${year}`);
      if (year === this.year && site.id === this.site.id) this.days = days;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = { error };
    }
  };

  render() {
    return html`
      <div class="head">
        <h2>${this.#say('sites.days')}</h2>
        <div class="years">
          <button class="before" aria-label=${this.#say('sites.year.before')} @click=${() => this.#turn(-1)}>‹</button>
          <strong>${this.year}</strong>
          <button class="after" aria-label=${this.#say('sites.year.after')} @click=${() => this.#turn(1)}>›</button>
        </div>
        <button class="import" @click=${this.#openList}>${this.#say('sites.days.import')}</button>
      </div>
      <p class="hint">${this.#say('sites.days.hint')}</p>
      ${this.#add()}
      ${this.refused ? this.#refusal(this.refused) : nothing}
      <p role="status">${this.said ?? nothing}</p>
      ${this.days ? this.#table() : instead({ language: this.language })} ${this.#listDialog()}
    `;
  }

  #add() {
    const { draft } = this;
    return html`<form class="add" novalidate @submit=${this.#addDay} @input=${this.#typed}>
      <div>
        <label for="day">${this.#say('sites.days.date')}</label>
        <input id="day" name="day" type="date" min="2000-01-01" max="2099-12-31" .value=${draft.day} aria-invalid=${Boolean(this.faults.day)} />
      </div>
      ${['zh', 'en'].map(
        (part) => html`<div>
          <label for="name-${part}">${this.#say(`sites.name.${part}`)}</label>
          <input id="name-${part}" name=${part} maxlength="60" autocomplete="off" .value=${draft[part]} aria-invalid=${Boolean(this.faults[part])} />
        </div>`,
      )}
      <label class="choice"><input type="checkbox" name="open" .checked=${draft.open} /> ${this.#say('sites.hours.open')}</label>
      ${draft.open ? ['opens', 'closes'].map((edge) => this.#time(edge)) : nothing}
      <button class="primary add-day" aria-disabled=${Boolean(this.busy)}>${this.#say('sites.days.add')}</button>
    </form>`;
  }

  #time(edge) {
    return html`<div>
      <label for=${edge}>${this.#say(`sites.hours.${edge}`)}</label>
      <select id=${edge} name=${edge} aria-invalid=${Boolean(this.faults.closes)}>
        ${TIMES.map((time) => html`<option ?selected=${time === this.draft[edge]}>${time}</option>`)}
      </select>
    </div>`;
  }

  #table() {
    if (this.days.length === 0) return empty(this.#say('sites.days.none', { year: this.year }), this.#say('sites.days.none.hint'));
    return html`<div class="table" tabindex="0" role="region" aria-label=${this.#say('sites.days')}>
      <table class="days">
        <thead>
          <tr><th>${this.#say('sites.days.date')}</th><th>${this.#say('sites.days.name')}</th><th>${this.#say('sites.days.kind')}</th><th></th></tr>
        </thead>
        <tbody>
          ${this.days.map((day) => html`<tr data-day=${day.day}><td>${this.#date(day.day)}</td><td>${inLanguage(day.name, this.language)}</td><td>${this.#kind(day)}</td><td>${this.#takeBack(day)}</td></tr>`)}
        </tbody>
      </table>
    </div>`;
  }

  #date(day) {
    const weekday = new Intl.DateTimeFormat(this.language === 'en' ? 'en-GB' : 'zh-CN', { weekday: 'short', timeZone: 'UTC' });
    return `${day} ${weekday.format(Date.parse(day))}`;
  }

  #kind({ opens, closes }) {
    return opens
      ? html`<span class="tag ok">${this.#say('sites.hours.open')}</span> ${opens}–${closes}`
      : html`<span class="tag">${this.#say('sites.hours.closed')}</span>`;
  }

  #takeBack({ day, name }) {
    return html`<button class="plain take-back" aria-label="${this.#say('sites.days.remove')} ${day} ${inLanguage(name, this.language)}" @click=${() => this.#change({ remove: [day] })}>
      ${this.#say('sites.days.remove')}
    </button>`;
  }

  #refusal({ error, again }) {
    if (error.word === 'bookings-outside-hours' && again) return outsideBookings(error, this.site.zone, this.language, again);
    return html`<p class="refused" role="alert">${inLanguage(error.words, this.language)}</p>`;
  }

  #turn(by) {
    this.year = Math.min(2099, Math.max(2000, this.year + by));
    this.days = undefined;
  }

  #typed = ({ target: { name, value, checked } }) => {
    this.draft = { ...this.draft, [name]: name === 'open' ? checked : value };
  };

  #addDay = async (event) => {
    event.preventDefault();
    const { day, zh, en, open, opens, closes } = this.draft;
    this.faults = { day: !/^20\d\d-\d\d-\d\d$/.test(day), zh: zh.trim() === '', en: en.trim() === '', closes: open && opens >= closes };
    if (Object.values(this.faults).some(Boolean)) {
      await this.updateComplete;
      this.renderRoot.querySelector('[aria-invalid="true"]')?.focus();
      return;
    }
    const name = { zh: zh.trim(), en: en.trim() };
    const done = await this.#change({ set: [open ? { day, name, opens, closes } : { day, name }] });
    if (done) Object.assign(this, { draft: NEW_DAY, year: Number(day.slice(0, 4)) });
  };

  /** Sends a change of some days; where somebody was faster, the days are shown anew and what was typed stays. */
  async #change(edit) {
    if (this.busy) return false;
    Object.assign(this, { busy: true, refused: undefined, said: undefined });
    try {
      const site = await command(`/api/sites/${this.site.id}/special-days`, edit, { match: `"${this.site.version}"`, language: this.language });
      this.said = this.#say('sites.saved');
      this.#tell(site);
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = { error, again: () => this.#again({ ...edit, acceptOutside: true }) };
      if (error.word === 'changed-meanwhile') await this.#reload();
      return false;
    } finally {
      this.busy = false;
    }
  }

  async #again(edit) {
    if (!(await this.#change(edit))) return;
    this.draft = NEW_DAY;
    if (this.list) this.#shutList();
  }

  async #reload() {
    const site = await read(`/api/sites/${this.site.id}`).catch(() => undefined);
    if (site) this.#tell(site);
  }

  #openList = () => {
    this.list = { text: '' };
    this.refused = undefined;
    this.renderRoot.querySelector('dialog').showModal();
  };

  #shutList = () => this.renderRoot.querySelector('dialog').close();

  #listDialog() {
    return html`<dialog aria-labelledby="list-title" @close=${() => (this.list = undefined)}>${this.list ? this.#listBody() : nothing}</dialog>`;
  }

  #listBody() {
    const { found, refused } = this.list;
    return html`
      <h2 id="list-title">${this.#say('sites.list')}</h2>
      <p class="hint">${this.#say('sites.list.hint')}</p>
      <textarea aria-label=${this.#say('sites.list')} placeholder="2027-01-01, 元旦, 休" @input=${({ target }) => (this.list = { text: target.value })}></textarea>
      <div class="deeds">
        <input type="file" accept=".xlsx,.csv" hidden @change=${this.#picked} />
        <button class="pick" @click=${() => this.renderRoot.querySelector('input[type=file]').click()}>${this.#say('sites.list.pick')}</button>
        <button class="read" @click=${this.#readText}>${this.#say('sites.list.read')}</button>
      </div>
      <div role="status">
        ${refused ? html`<p class="refused">${inLanguage(refused.words, this.language)}</p>` : nothing} ${found ? this.#found(found) : nothing}
        ${this.refused ? this.#refusal(this.refused) : nothing}
      </div>
      <div class="deeds">
        <button class="close" @click=${this.#shutList}>${this.#say('console.close')}</button>
        ${found?.days.length > 0 ? html`<button class="primary take" @click=${this.#take}>${this.#say('sites.list.take', { count: found.days.length })}</button>` : nothing}
      </div>
    `;
  }

  #found({ days, refused }) {
    return html`<div class="table" tabindex="0" role="region" aria-label=${this.#say('sites.list')}>
      <table>
        <tbody>
          ${refused.map(({ row, id, column, text: why }) => html`<tr><td>${this.#say('sites.list.row', { row })} ${id}</td><td>${column}</td><td><span class="tag danger">${why}</span></td></tr>`)}
          ${days.map((day) => html`<tr><td>${this.#date(day.day)}</td><td>${inLanguage(day.name, this.language)}</td><td>${this.#kind(day)}</td></tr>`)}
        </tbody>
      </table>
    </div>`;
  }

  #picked = ({ target }) => {
    if (target.files[0]) this.#read(target.files[0]);
    target.value = '';
  };

  /** A list that is pasted without heads gets them. */
  #readText = () => {
    const words = this.list.text.trim();
    if (words === '') return;
    const between = words.includes('\t') ? '\t' : ',';
    const narrow = between === '\t' ? words : words.replaceAll('，', ',');
    const whole = /^\d/.test(narrow) ? `${HEADS.join(between)}\n${narrow}` : narrow;
    this.#read(new Blob([whole], { type: 'text/csv' }));
  };

  async #read(file) {
    const { text: typed } = this.list;
    try {
      const found = await upload(`/api/sites/${this.site.id}/special-days/file`, file, 'application/octet-stream', this.language);
      this.list = { text: typed, found };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.list = { text: typed, refused: error };
    }
  }

  #take = async () => {
    const { days } = this.list.found;
    if (await this.#change({ set: days })) {
      this.year = Number(days[0].day.slice(0, 4));
      this.#shutList();
    }
  };

  #tell(site) {
    this.dispatchEvent(new CustomEvent('site', { detail: site }));
  }

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

customElements.define('special-days', SpecialDays);
