import { html, css, nothing, LitElement } from 'lit';
import { command, read, Refused, upload } from '/kit/api.js';
import { endOf, entryAt, instant } from '/kit/entry.js';
import { both, inLanguage, text } from '/kit/language.js';
import { LiveTimeline } from '/kit/live-timeline.js';
import '/kit/state-shape.js';
import { moment, wallTime } from '/kit/time.js';
import { controls } from './controls.js';
import { dialogs } from './dialogs.js';
import { empty, instead } from './instead.js';
import { pageStyles } from './page-styles.js';
import { hasDraft } from './room-form.js';
import './room-day.js';
import { bookingWords, featureName, loadFeatures } from './room-words.js';
import { rowOf } from './row.js';

const AHEAD = 14 * 24 * 3_600_000;
const MOST_BOOKINGS = 8;
const LARGEST_PHOTO = 4 * 1024 * 1024;

/** One room: what it is, how it stands, what comes next, and for an admin all that can be changed of it. */
export class RoomPage extends LitElement {
  /** Drawn again with every minute. */
  static lively = true;

  static properties = {
    me: { attribute: false },
    company: { attribute: false },
    now: { type: Number },
    language: { type: String },
    params: { attribute: false },
    room: { state: true },
    features: { state: true },
    bookings: { state: true },
    devices: { state: true },
    refused: { state: true },
    editing: { state: true },
    said: { state: true },
    photoRefused: { state: true },
    removal: { state: true },
    over: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    dialogs,
    css`
      .columns,
      .column {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px;
        align-content: start;
      }
      .deeds {
        align-items: center;
      }
      .deeds.photo {
        margin-top: 8px;
      }
      .card h2 {
        margin-bottom: 8px;
      }
      .face {
        display: grid;
        gap: 16px;
      }
      figure {
        margin: 0;
        display: grid;
        place-items: center;
        aspect-ratio: 16 / 9;
        overflow: hidden;
        border-radius: var(--radius-card);
        border: 1px solid var(--line);
        background: var(--sunk);
        color: var(--ink2);
        text-align: center;
      }
      figure.over {
        outline: 2px dashed var(--accent);
        outline-offset: -6px;
      }
      img {
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
      .state {
        display: flex;
        align-items: center;
        flex-wrap: wrap;
        gap: 4px 12px;
      }
      .state {
        margin-bottom: 12px;
      }
      state-shape {
        width: 24px;
      }
      .word {
        font-size: 18px;
        line-height: 26px;
        font-weight: 600;
      }
      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 6px 16px;
        align-content: start;
        margin: 0;
      }
      dt {
        color: var(--ink2);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
      .note {
        white-space: pre-line;
      }
      .list {
        list-style: none;
        margin: 0;
        padding: 0;
      }
      .list li {
        display: flex;
        flex-wrap: wrap;
        gap: 0 12px;
        padding: 8px 0;
        border-top: 1px solid var(--line);
      }
      .list li:first-child {
        border-top: 0;
      }
      .list .at {
        min-width: 9em;
        font-variant-numeric: tabular-nums;
        color: var(--ink2);
      }
      .danger-deed {
        color: var(--danger);
      }
      dialog {
        --dialog-width: 480px;
      }
      dialog .deeds {
        margin-top: 24px;
        justify-content: flex-end;
      }
      @media (min-width: 1100px) {
        .columns {
          grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
          align-items: start;
        }
        .face {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        }
      }
    `,
  ];

  #live;
  #id;

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#live?.stop();
    this.#live = undefined;
    this.#id = undefined;
  }

  willUpdate() {
    if (this.params.id === this.#id) return;
    this.#id = this.params.id;
    this.#live?.stop();
    Object.assign(this, { room: undefined, bookings: undefined, devices: undefined, refused: undefined, editing: false, said: undefined });
    this.#live = new LiveTimeline(this.#id);
    this.#live.addEventListener('change', this.#onLive);
    this.#live.start();
    this.#load();
  }

  /** When the picture next changes by itself, ms of the server's clock. */
  turns() {
    const timeline = this.#live?.timeline;
    const entry = timeline && entryAt(timeline, this.now);
    return entry ? [endOf(timeline, entry)] : [];
  }

  /** Whatever the door shows anew may be a booking or the room itself. */
  #onLive = () => {
    this.requestUpdate();
    const revision = this.#live.timeline?.revision;
    if (this.room && revision !== this.#revision) {
      this.#revision = revision;
      this.#loadBookings();
    }
  };

  #revision;

  #load = async () => {
    const id = this.#id;
    this.refused = undefined;
    try {
      const [room, features] = await Promise.all([read(`/api/rooms/${id}`), loadFeatures()]);
      if (id !== this.#id) return;
      Object.assign(this, { room, features, editing: this.#isAdmin() && hasDraft(room) });
      await Promise.all([this.#loadBookings(), this.#loadDevices()]);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (id === this.#id) this.refused = error;
    }
  };

  async #loadBookings() {
    const id = this.#id;
    const from = instant(Math.floor(this.now / 1000) * 1000);
    const until = instant(Math.floor((this.now + AHEAD) / 1000) * 1000);
    const found = await read(`/api/rooms/${id}/bookings?from=${from}&until=${until}`).catch(() => undefined);
    if (found && id === this.#id) {
      const standing = found.bookings.filter(({ status }) => ['requested', 'held', 'confirmed'].includes(status));
      this.bookings = { zone: found.zone, all: standing };
    }
  }

  async #loadDevices() {
    if (!this.#isAdmin()) return;
    const id = this.#id;
    const { devices } = await read('/api/devices').catch(() => ({ devices: [] }));
    if (id === this.#id) this.devices = devices.filter(({ rooms, revokedAt }) => rooms.includes(id) && !revokedAt);
  }

  render() {
    if (!this.room) {
      return html`<h1 tabindex="-1">${this.#say('shell.rooms')}</h1>
        ${instead({ refused: this.refused, again: this.#load, language: this.language })}`;
    }
    const { room } = this;
    return html`
      <div class="title">
        <h1 tabindex="-1">${this.#mine(room.name)}</h1>
        <p class="hint">${this.#place()}</p>
        <div class="deeds">
          <a class="door" href="/door/?room=${room.id}">${this.#say('console.door')}</a>
          ${this.#isAdmin() && !this.editing
            ? html`<button class="remove danger-deed" @click=${this.#ask}>${this.#say('rooms.remove')}</button>
                <button class="primary edit" @click=${() => (this.editing = true)}>${this.#say('rooms.edit')}</button>`
            : nothing}
        </div>
      </div>
      <p class="said" role="status">${this.said ?? nothing}</p>
      <div class="columns">
        <div class="column">
          ${this.editing ? this.#form() : this.#face()} ${this.editing ? this.#figure() : nothing}
        </div>
        <div class="column">${this.#today()} ${this.#next()} ${this.#isAdmin() ? this.#glasses() : nothing}</div>
      </div>
      ${this.#removal()}
    `;
  }

  #place() {
    const { room } = this;
    const site = this.company.sites.find(({ id }) => id === room.site);
    const floor = /^\d+$/.test(room.floor) ? this.#say('console.floor', { floor: room.floor }) : room.floor;
    return [site && this.#mine(site.name), this.#mine(room.building), floor].filter(Boolean).join(' · ');
  }

  #form() {
    return html`<section class="card">
      <h2>${this.#say('rooms.edit.title')}</h2>
      <room-form
        .room=${this.room}
        .company=${this.company}
        .features=${this.features}
        .language=${this.language}
        @saved=${this.#saved}
        @leave=${() => (this.editing = false)}
      ></room-form>
    </section>`;
  }

  #face() {
    const { room, features } = this;
    const list = (words) => (words.length > 0 ? words.join(this.language === 'en' ? ', ' : '、') : this.#say('rooms.none'));
    const parts = [
      ['capacity', this.#say('door.capacity', { people: room.capacity })],
      ['equipment', list(room.equipment.map((code) => this.#mine(featureName(features.equipment, code))))],
      ['layouts', list(room.layouts.map(({ layout, capacity }) => `${this.#mine(featureName(features.layouts, layout))} ${capacity}`))],
      ['booking', this.#mine(bookingWords(room))],
      ['departments', room.departments.length > 0 ? list(room.departments.map((id) => this.#mine(this.company.departments.get(id) ?? { zh: id, en: id }))) : this.#say('rooms.departments.all')],
    ];
    const note = this.#mine(room.note) || room.note.zh || room.note.en;
    return html`<section class="card face">
      ${this.#figure()}
      <dl>
        ${parts.map(([field, words]) => html`<dt>${this.#say(`rooms.field.${field}`)}</dt><dd class=${field}>${words}</dd>`)}
        ${note ? html`<dt>${this.#say('rooms.field.note')}</dt><dd class="note">${note}</dd>` : nothing}
      </dl>
    </section>`;
  }

  #figure() {
    const { room } = this;
    const admin = this.#isAdmin();
    const picture = room.photo
      ? html`<img src="/api/rooms/${room.id}/photo?tag=${room.photo}" alt=${this.#say('rooms.photo.of', { name: this.#mine(room.name) })} />`
      : html`<span>${this.#say(admin ? 'rooms.photo.drop' : 'rooms.photo.none')}</span>`;
    return html`<div>
      <figure class=${this.over ? 'over' : ''} @dragover=${this.#dragged} @dragleave=${() => (this.over = false)} @drop=${this.#dropped}>${picture}</figure>
      ${admin
        ? html`<div class="deeds photo">
            <input type="file" accept="image/jpeg,image/png,image/webp" hidden @change=${this.#picked} />
            <button class="pick" @click=${() => this.renderRoot.querySelector('input[type=file]').click()}>${this.#say('rooms.photo.pick')}</button>
            ${room.photo ? html`<button class="no-photo" @click=${this.#removePhoto}>${this.#say('rooms.photo.remove')}</button>` : nothing}
          </div>`
        : nothing}
      ${this.photoRefused ? html`<p class="refused" role="alert">${this.#mine(this.photoRefused)}</p>` : nothing}
    </div>`;
  }

  #today() {
    const timeline = this.#live?.timeline;
    const { state, word, left, lead } = rowOf(timeline, this.now);
    return html`<section class="card today">
      <h2>${this.#say('rooms.day')}</h2>
      <div class="state">
        <state-shape class=${state} .state=${state} .left=${left}></state-shape>
        <span class="word">${this.#mine(word)}</span>
        ${lead ? html`<span class="hint">${this.#mine(lead)}</span>` : nothing}
      </div>
      <room-day .timeline=${timeline} .now=${this.now} .language=${this.language}></room-day>
    </section>`;
  }

  #next() {
    return html`<section class="card next">
      <h2>${this.#say('rooms.next')}</h2>
      ${this.bookings ? this.#bookingList() : instead({ language: this.language })}
    </section>`;
  }

  #bookingList() {
    const { zone } = this.bookings;
    const all = this.bookings.all.filter(({ end }) => Date.parse(end) > this.now);
    if (all.length === 0) return empty(this.#say('rooms.next.none'), this.#say('rooms.next.none.hint'));
    return html`<ul class="list">
      ${all.slice(0, MOST_BOOKINGS).map((booking) => this.#booking(booking, zone))}
      ${all.length > MOST_BOOKINGS ? html`<li class="hint">${this.#say('rooms.next.more', { count: all.length - MOST_BOOKINGS })}</li>` : nothing}
    </ul>`;
  }

  #booking({ id, start, end, subject, masked, convener, status }, zone) {
    const words = subject || this.#say('door.meeting.masked');
    return html`<li>
      <span class="at">${this.#mine(moment(Date.parse(start), this.now, zone))}–${wallTime(Date.parse(end), zone)}</span>
      <a href="/bookings/${id}">${words}</a>
      ${convener && !masked ? html`<span class="hint">${this.#mine(convener.name)}</span>` : nothing}
      ${status === 'confirmed' ? nothing : html`<span class="tag warn">${this.#say('rooms.pending')}</span>`}
    </li>`;
  }

  #glasses() {
    if (!this.devices) return nothing;
    return html`<section class="card devices">
      <h2>${this.#say('rooms.devices')}</h2>
      ${this.devices.length === 0
        ? html`<p class="hint">${this.#say('rooms.devices.none')}</p>`
        : html`<ul class="list">
            ${this.devices.map(({ name, state }) => html`<li><span>${name}</span> <span class="tag ${state === 'online' ? 'ok' : 'warn'}">${this.#say(`rooms.device.${state ?? 'unknown'}`)}</span></li>`)}
          </ul>`}
    </section>`;
  }

  #removal() {
    const { removal: refused } = this;
    return html`<dialog class="removal" aria-labelledby="removal-title">
      <h2 id="removal-title">${this.#say('rooms.remove.title', { name: this.#mine(this.room.name) })}</h2>
      <p>${this.#say('rooms.remove.told')}</p>
      ${refused ? html`<p class="refused" role="alert">${this.#mine(refused.words)} ${this.#first(refused)}</p>` : nothing}
      <div class="deeds">
        <button class="keep" @click=${this.#shut}>${this.#say('rooms.keep')}</button>
        <button class="primary gone" @click=${this.#remove}>${this.#say('rooms.remove')}</button>
      </div>
    </dialog>`;
  }

  /** When the first booking that is in the way begins. */
  #first({ problem: { first } }) {
    const site = this.company.sites.find(({ id }) => id === this.room.site);
    return first && site ? this.#say('rooms.first', { at: this.#mine(moment(Date.parse(first), this.now, site.zone)) }) : '';
  }

  #ask = () => {
    this.removal = undefined;
    this.renderRoot.querySelector('.removal').showModal();
  };

  #shut = () => this.renderRoot.querySelector('.removal').close();

  #remove = async () => {
    try {
      await command(`/api/rooms/${this.room.id}`, undefined, { method: 'DELETE', match: `"${this.room.version}"`, language: this.language });
      this.#shut();
      this.#tell('changed');
      this.#tell('go', `/rooms?site=${this.room.site}`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.word === 'changed-meanwhile') this.room = error.problem.present;
      this.removal = error;
    }
  };

  #saved = ({ detail: room }) => {
    Object.assign(this, { room, editing: false, said: this.#say('rooms.saved') });
    this.#loadBookings();
    this.#reloadFeatures();
    this.#tell('changed');
  };

  async #reloadFeatures() {
    this.features = await loadFeatures().catch(() => this.features);
  }

  #dragged = (event) => {
    if (!this.#isAdmin() || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    this.over = true;
  };

  #dropped = (event) => {
    if (!this.#isAdmin()) return;
    event.preventDefault();
    this.over = false;
    this.#take(event.dataTransfer.files[0]);
  };

  #picked = ({ target }) => {
    this.#take(target.files[0]);
    target.value = '';
  };

  async #take(file) {
    if (!file) return;
    this.photoRefused = undefined;
    if (file.size > LARGEST_PHOTO) {
      this.photoRefused = both('rooms.photo.large');
      return;
    }
    await this.#photo(() => upload(`/api/rooms/${this.room.id}/photo`, file, 'application/octet-stream', this.language, 'PUT'));
  }

  #removePhoto = () => this.#photo(() => command(`/api/rooms/${this.room.id}/photo`, undefined, { method: 'DELETE', language: this.language }));

  async #photo(change) {
    this.photoRefused = undefined;
    try {
      this.room = await change();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.photoRefused = error.words;
    }
  }

  #isAdmin() {
    return this.me.roles.includes('admin');
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #say(key, values = {}) {
    return text(key, values, this.language);
  }

  #mine(names) {
    return inLanguage(names, this.language);
  }
}

customElements.define('room-page', RoomPage);
