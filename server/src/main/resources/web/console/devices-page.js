import { html, css, nothing, LitElement } from 'lit';
import { command, read, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { moment } from '/kit/time.js';
import { controls } from './controls.js';
import { dialogs } from './dialogs.js';
import { empty, instead } from './instead.js';
import { pageStyles } from './page-styles.js';

/** How often the page asks how the devices are, ms. */
const EVERY = 10_000;

/**
 * @typedef {{id: string, kind: string, name: string, site?: string, rooms: string[], madeAt: string, revokedAt?: string,
 *   state?: string, heardAt?: string}} Device
 */

/** All devices by site: how each is, what it shows, a link that lets it in again, and its end. */
export class DevicesPage extends LitElement {
  static properties = {
    me: { attribute: false },
    company: { attribute: false },
    query: { attribute: false },
    now: { type: Number },
    language: { type: String },
    devices: { state: true },
    asked: { state: true },
    url: { state: true },
    copied: { state: true },
    busy: { state: true },
    refused: { state: true },
    deedRefused: { state: true },
    silent: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    dialogs,
    css`
      dialog {
        --dialog-width: 520px;
      }
      dialog h2 {
        margin-bottom: 8px;
      }
      dialog p {
        margin: 0;
        color: var(--ink2);
      }
      section {
        margin-bottom: 32px;
      }
      section h2 {
        display: flex;
        flex-wrap: wrap;
        gap: 0 12px;
        align-items: baseline;
        margin-bottom: 12px;
      }
      section h2 .hint {
        font-size: 13px;
        font-weight: 400;
      }
      .name {
        font-weight: 600;
      }
      .id {
        display: block;
        font-size: 12px;
        line-height: 18px;
        color: var(--ink2);
      }
      .gone .name {
        font-weight: 400;
        color: var(--ink2);
      }
      td.acts {
        text-align: end;
        white-space: nowrap;
      }
      .acts button {
        min-height: 32px;
      }
      .link {
        display: flex;
        gap: 8px;
        margin-top: 16px;
      }
      .link input {
        background: var(--sunk);
        text-overflow: ellipsis;
      }
      .link button {
        flex: none;
      }
      .copied {
        min-height: 22px;
      }
      dialog .deeds {
        justify-content: flex-end;
        margin-top: 24px;
      }
      dialog .error {
        margin-top: 16px;
        color: var(--danger);
      }
      .end {
        color: var(--danger);
        border-color: var(--danger);
      }
      .filter {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .filter input {
        width: 18px;
        min-height: 18px;
        accent-color: var(--accent);
      }
      @media (max-width: 639px) {
        table,
        tbody,
        tr,
        td {
          display: block;
        }
        thead {
          display: none;
        }
        tr {
          padding: 8px 0;
        }
        td {
          padding: 2px 16px;
        }
        td.acts {
          text-align: start;
          padding-top: 8px;
        }
      }
    `,
  ];

  #timer;

  connectedCallback() {
    super.connectedCallback();
    this.#load();
    this.#timer = setInterval(this.#look, EVERY);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  /** Nobody looks while the page is hidden. */
  #look = () => {
    if (!this.ownerDocument.hidden) this.#load();
  };

  #load = async () => {
    try {
      ({ devices: this.devices } = await read('/api/devices'));
      Object.assign(this, { refused: undefined, silent: false });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (this.devices && error.status === 0) this.silent = true;
      else this.refused = error;
    }
  };

  render() {
    return html`
      <div class="title">
        <h1 tabindex="-1">${this.#say('shell.devices')}</h1>
        ${this.devices ? html`<p class="counts">${this.#counts()}</p>` : nothing}
        <div class="deeds">${this.#filter()}</div>
      </div>
      ${this.silent ? html`<p class="tag warn" role="status">${this.#say('devices.silent')}</p>` : nothing}
      ${this.devices && !this.refused ? this.#sites() : instead({ refused: this.refused, again: this.#load, language: this.language })}
      ${this.#dialog()}
    `;
  }

  #filter() {
    const all = this.query.has('all');
    const go = () => this.#tell('go', all ? '/devices' : '/devices?all');
    return html`<label class="filter"><input type="checkbox" .checked=${all} @change=${go} />${this.#say('devices.ended')}</label>`;
  }

  #counts() {
    const used = this.devices.filter(({ revokedAt }) => !revokedAt);
    return this.#say('devices.counts', { all: used.length, online: used.filter(({ state }) => state === 'online').length });
  }

  #sites() {
    const shown = this.devices.filter(({ revokedAt }) => this.query.has('all') || !revokedAt);
    if (shown.length === 0) return empty(this.#say('devices.none'), this.#say('devices.none.hint'));
    const bySite = Map.groupBy(shown, ({ site }) => site);
    const sites = [...this.company.sites.filter(({ id }) => bySite.has(id)), ...(bySite.has(undefined) ? [undefined] : [])];
    return sites.map((site) => this.#site(site, bySite.get(site?.id)));
  }

  #site(site, devices) {
    const name = site ? inLanguage(site.name, this.language) : this.#say('devices.nowhere');
    return html`<section>
      <h2>${name} <span class="hint">${this.#say('devices.count', { count: devices.length })}</span></h2>
      <div class="table" tabindex="0" role="region" aria-label=${name}>
        <table>
          <thead>
            <tr>
              ${['device', 'kind', 'shows', 'state'].map((column) => html`<th scope="col">${this.#say(`devices.column.${column}`)}</th>`)}
              <th><span class="hint">${this.#say('devices.column.acts')}</span></th>
            </tr>
          </thead>
          <tbody>
            ${devices.map((device) => this.#row(device, site))}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  #row(device, site) {
    return html`<tr class=${device.revokedAt ? 'gone' : ''} data-device=${device.id}>
      <td><span class="name">${device.name}</span><span class="id">${device.id}</span></td>
      <td>${this.#say(`devices.kind.${device.kind}`)}</td>
      <td>${this.#shows(device, site)}</td>
      <td>${this.#state(device, site)}</td>
      <td class="acts">${this.me.roles.includes('admin') && !device.revokedAt ? this.#acts(device) : nothing}</td>
    </tr>`;
  }

  #shows({ kind, rooms, site: id }, site) {
    if (kind === 'kiosk') return html`<a href="/kiosk/?site=${id}">${this.#say('devices.shows.site', { site: inLanguage(site.name, this.language) })}</a>`;
    if (rooms.length === 0) return '–';
    return rooms.map((room, i) => html`${i > 0 ? ' · ' : nothing}<a href="/rooms/${room}">${this.#room(room)}</a>`);
  }

  #room(id) {
    const room = this.company.rooms.find((each) => each.id === id);
    return room ? inLanguage(room.name, this.language) : id;
  }

  #state({ revokedAt, state, heardAt }, site) {
    const zone = (site ?? this.company.sites[0])?.zone ?? 'UTC';
    const time = (at) => inLanguage(moment(Date.parse(at), this.now, zone), this.language);
    if (revokedAt) return html`<span class="tag">${this.#say('devices.state.ended')}</span> <span class="hint">${time(revokedAt)}</span>`;
    if (!state) return html`<span class="tag">${this.#say('devices.state.unheard')}</span>`;
    const heard = heardAt ? this.#say('devices.heard', { time: time(heardAt) }) : '';
    return html`<span class="tag ${state === 'online' ? 'ok' : 'warn'}">${this.#say(`devices.state.${state}`)}</span> <span class="hint">${heard}</span>`;
  }

  #acts(device) {
    const letsIn = device.kind === 'display' || device.kind === 'kiosk';
    return html`
      ${letsIn ? html`<button class="again" @click=${() => this.#ask('link', device)}>${this.#say('devices.link')}</button>` : nothing}
      <button class="revoke" @click=${() => this.#ask('revoke', device)}>${this.#say('devices.revoke')}</button>
    `;
  }

  #dialog() {
    const { asked } = this;
    return html`<dialog aria-labelledby="asked-title" @close=${this.#forget}>
      ${asked ? (asked.deed === 'link' ? this.#linking(asked.device) : this.#revoking(asked.device)) : nothing}
    </dialog>`;
  }

  #linking(device) {
    return html`
      <h2 id="asked-title">${this.#say('devices.link.title', { name: device.name })}</h2>
      <p>${this.#say(this.url ? 'devices.link.open' : 'devices.link.told')}</p>
      ${this.url
        ? html`<div class="link">
              <input readonly aria-label=${this.#say('devices.link.label')} .value=${this.url} @focus=${({ target }) => target.select()} />
              <button class="primary copy" @click=${this.#copy}>${this.#say('devices.link.copy')}</button>
            </div>
            <p class="copied" role="status">${this.copied ? this.#say('devices.link.copied') : nothing}</p>`
        : nothing}
      ${this.#failure()}
      <div class="deeds">
        <button class="close" @click=${this.#shut}>${this.#say('console.close')}</button>
        ${this.url ? nothing : html`<button class="primary make" aria-disabled=${Boolean(this.busy)} @click=${() => this.#do(this.#make)}>${this.#say('devices.link.make')}</button>`}
      </div>
    `;
  }

  #revoking(device) {
    return html`
      <h2 id="asked-title">${this.#say('devices.revoke.title', { name: device.name })}</h2>
      <p>${this.#say('devices.revoke.told')}</p>
      ${this.#failure()}
      <div class="deeds">
        <button class="close" @click=${this.#shut}>${this.#say('console.close')}</button>
        <button class="end" aria-disabled=${Boolean(this.busy)} @click=${() => this.#do(this.#revoke)}>${this.#say('devices.revoke.sure')}</button>
      </div>
    `;
  }

  #failure() {
    return this.deedRefused ? html`<p class="error" role="alert">${inLanguage(this.deedRefused.words, this.language)}</p>` : nothing;
  }

  async #ask(deed, device) {
    Object.assign(this, { asked: { deed, device }, url: undefined, copied: false, deedRefused: undefined });
    await this.updateComplete;
    this.renderRoot.querySelector('dialog').showModal();
  }

  async #do(deed) {
    if (this.busy) return;
    this.busy = true;
    this.deedRefused = undefined;
    try {
      await deed();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.deedRefused = error;
    } finally {
      this.busy = false;
    }
  }

  #make = async () => {
    const { url } = await command(`/api/devices/${this.asked.device.id}/link`, {}, { language: this.language });
    this.url = url;
    await this.updateComplete;
    this.renderRoot.querySelector('.copy').focus();
  };

  #revoke = async () => {
    await command(`/api/devices/${this.asked.device.id}/revoke`, {}, { language: this.language });
    this.#shut();
    await this.#load();
  };

  /** Where the browser forbids to copy, the link is selected for the hand to do it. */
  #copy = async () => {
    try {
      await navigator.clipboard.writeText(this.url);
      this.copied = true;
    } catch {
      this.renderRoot.querySelector('.link input').focus();
    }
  };

  #shut = () => this.renderRoot.querySelector('dialog').close();

  /** The link is nowhere in the page once it has been shown. */
  #forget = () => {
    this.asked = undefined;
    this.url = undefined;
  };

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

customElements.define('devices-page', DevicesPage);
