import { html, css, nothing, LitElement } from 'lit';
import { endOf, entryAt } from '/kit/entry.js';
import { text } from '/kit/language.js';
import { OFFLINE_AFTER } from '/kit/live-connection.js';
import { isOutdated } from './company.js';
import { controls } from './controls.js';
import { pageStyles } from './page-styles.js';
import './booking-done.js';
import './booking-form.js';
import './import-report.js';
import './let-in-glass.js';
import './new-room.js';
import './room-import.js';
import './room-list.js';

/** From this width on, CSS pixels, the form stands beside the rooms; below it lies over them. */
const WIDE = matchMedia('(min-width: 1100px)');

/** A site's rooms as they stand now, and a form to book them. */
export class RoomsPage extends LitElement {
  /** Drawn again with every change of the site's rooms. */
  static lively = true;

  static properties = {
    me: { attribute: false },
    company: { attribute: false },
    site: { attribute: false },
    live: { attribute: false },
    now: { type: Number },
    language: { type: String },
    sheet: { state: true },
    booked: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    css`
      .deeds {
        align-items: center;
      }
      booking-form {
        padding: 16px;
        background: var(--surface);
      }
      .sheet {
        position: fixed;
        z-index: 4;
        inset: var(--top) 0 0;
        overflow-y: auto;
        background: var(--surface);
      }
      .sheet booking-form {
        max-width: 560px;
        margin: 0 auto;
      }
      @media (min-width: 1100px) {
        .both {
          display: grid;
          grid-template-columns: minmax(0, 1fr) 340px;
          gap: 24px;
          align-items: start;
        }
        .beside {
          position: sticky;
          top: calc(var(--top) + 24px);
          max-height: calc(100vh - var(--top) - 48px);
          overflow-y: auto;
          border: 1px solid var(--line);
          border-radius: var(--radius-card);
        }
      }
    `,
  ];

  #opener;

  constructor() {
    super();
    this.sheet = false;
  }

  connectedCallback() {
    super.connectedCallback();
    WIDE.addEventListener('change', this.#onChange);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    WIDE.removeEventListener('change', this.#onChange);
  }

  #onChange = () => this.requestUpdate();

  /** Somebody has changed a room, made one or taken one away: asked for once for each such picture. */
  updated() {
    const rooms = this.company.rooms.filter(({ site }) => site === this.site.id);
    if (!this.live.connected || !isOutdated(rooms, this.live.timelines)) return;
    const picture = JSON.stringify(this.live.shown().map(({ room, face }) => [room, face]));
    if (picture === this.#asked) return;
    this.#asked = picture;
    this.dispatchEvent(new CustomEvent('changed', { bubbles: true, composed: true }));
  }

  #asked;

  /** When the picture next changes by itself, ms of the server's clock. */
  turns() {
    return this.live.shown().flatMap((timeline) => {
      const entry = entryAt(timeline, this.live.clock.now());
      return entry ? [endOf(timeline, entry)] : [];
    });
  }

  render() {
    const { site, now } = this;
    const rooms = this.company.rooms.filter((room) => room.site === site.id);
    const age = this.live.age();
    const known = this.live.timelines.size > 0;
    const over = this.sheet && !WIDE.matches;
    return html`
      <div class="both">
        <div ?inert=${over}>
          <div class="title">
            <h1 tabindex="-1">${this.#say('console.rooms')}</h1>
            <p class="counts">${this.#counts(rooms, now)}</p>
            <div class="deeds">
              ${this.#isAdmin() ? this.#adminDeeds(site) : nothing}
              ${WIDE.matches ? nothing : html`<button class="primary open" @click=${this.#open}>${this.#say('console.form')}</button>`}
            </div>
          </div>
          <room-list
            .rooms=${rooms}
            .timelines=${new Map(this.live.timelines)}
            .now=${now}
            .stale=${known && age >= OFFLINE_AFTER}
            .admin=${this.#isAdmin()}
            .language=${this.language}
            @book=${this.#open}
            @let-in=${({ detail: room }) => this.#letIn({ site, room })}
            @calendar=${({ detail }) => this.renderRoot.querySelector('import-report').take(detail.room, detail.file)}
          ></room-list>
        </div>
        <div class=${WIDE.matches ? 'beside' : 'sheet'} ?hidden=${!WIDE.matches && !this.sheet} @keydown=${this.#key}>
          <booking-form
            .site=${site}
            .rooms=${rooms}
            .types=${this.company.types}
            .departments=${this.company.departments}
            .now=${now}
            .language=${this.language}
            .closable=${!WIDE.matches}
            @booked=${({ detail }) => this.#done(detail)}
            @leave=${this.#leave}
          ></booking-form>
        </div>
      </div>
      <booking-done
        .booking=${this.booked}
        .room=${this.company.rooms.find(({ id }) => id === this.booked?.room)}
        .now=${now}
        .language=${this.language}
        @close=${() => (this.booked = undefined)}
      ></booking-done>
      <import-report .language=${this.language}></import-report>
      <let-in-glass .language=${this.language}></let-in-glass>
      <new-room .company=${this.company} .language=${this.language}></new-room>
      <room-import .language=${this.language}></room-import>
    `;
  }

  /** What an admin does with a site's rooms as a whole. */
  #adminDeeds(site) {
    return html`
      <button class="new" @click=${() => this.renderRoot.querySelector('new-room').open(site)}>${this.#say('rooms.new')}</button>
      <input class="file" type="file" accept=".xlsx,.csv" hidden @change=${this.#picked} />
      <button class="import" @click=${() => this.renderRoot.querySelector('.file').click()}>${this.#say('rooms.import.pick')}</button>
      <a class="export" href="/api/room-file?site=${site.id}" download>${this.#say('rooms.export')}</a>
      <a class="export" href="/api/room-file?site=${site.id}&amp;format=csv" download>CSV</a>
      <button class="kiosk" @click=${() => this.#letIn({ site })}>${this.#say('console.let-in.kiosk')}</button>
    `;
  }

  #picked = ({ target }) => {
    const [file] = target.files;
    if (file) this.renderRoot.querySelector('room-import').preview(file);
    target.value = '';
  };

  #isAdmin() {
    return this.me.roles.includes('admin');
  }

  #letIn(place) {
    this.renderRoot.querySelector('let-in-glass').ask(place);
  }

  #counts(rooms, now) {
    const free = rooms.filter(({ id }) => {
      const timeline = this.live.timelines.get(id);
      return timeline && entryAt(timeline, now)?.state === 'free';
    });
    return text('console.counts', { rooms: rooms.length, free: free.length }, this.language);
  }

  #open = async (event) => {
    this.#opener = event.composedPath()[0];
    this.sheet = true;
    await this.updateComplete;
    this.renderRoot.querySelector('booking-form').choose(event.type === 'book' ? event.detail : undefined);
  };

  #key = (event) => {
    if (event.key === 'Escape' && !WIDE.matches) this.#leave();
  };

  #leave = async () => {
    this.sheet = false;
    await this.updateComplete;
    (this.#opener?.renderRoot?.querySelector('.book') ?? this.#opener)?.focus();
  };

  #done(booking) {
    this.booked = booking;
    if (!WIDE.matches) this.#leave();
  }

  #say(key) {
    return text(key, {}, this.language);
  }
}

customElements.define('rooms-page', RoomsPage);
