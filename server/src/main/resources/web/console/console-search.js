import { html, css, nothing, LitElement } from 'lit';
import { read, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { moment } from '/kit/time.js';
import { slipOf } from './board-data.js';
import { findPeople } from './company.js';
import { controls } from './controls.js';
import { dialogs } from './dialogs.js';
import { icon } from './icons.js';
import { placesIn } from './places.js';
import { titleOfSlip } from './slip-words.js';

/** After so long without a key people are looked for, ms. */
const LOOK_AFTER = 180;

/** Of each kind so many are shown. */
const MOST = 6;

/** One's own meetings are searched so many days back and ahead. */
const BACK = 7;
const AHEAD = 30;
const DAY = 24 * 3_600_000;

const KEYS = [
  ['Ctrl K', 'search.keys.search'],
  ['/', 'search.keys.search'],
  ['?', 'search.keys.keys'],
  ['g t', 'search.keys.today'],
  ['g b', 'search.keys.board'],
  ['g r', 'search.keys.rooms'],
  ['← → ↑ ↓', 'search.keys.board-go'],
  ['Shift ← →', 'search.keys.board-stretch'],
  ['Enter', 'search.keys.board-take'],
  ['M', 'search.keys.board-move'],
  ['Esc', 'search.keys.back'],
];

const LEADS = { t: '/', b: '/board', r: '/rooms' };

/**
 * A search that is also the shortest way everywhere: rooms, people, one's own meetings and places. Opens by Ctrl-K or `/`; `?` shows the
 * keys, `g` and a letter leads to a place. Sends `go`.
 */
export class ConsoleSearch extends LitElement {
  static properties = {
    me: { attribute: false },
    company: { attribute: false },
    now: { type: Number },
    language: { type: String },
    words: { state: true },
    people: { state: true },
    meetings: { state: true },
    at: { state: true },
    keys: { state: true },
  };

  static styles = [
    controls,
    dialogs,
    css`
      dialog {
        --dialog-width: 560px;
        margin-top: 12vh;
        padding: 0;
      }
      dialog.help {
        padding: 24px;
      }
      input {
        height: 56px;
        padding: 0 20px;
        font-size: 16px;
        border: 0;
        border-bottom: 1px solid var(--line);
        border-radius: 0;
        background: none;
      }
      input:focus-visible {
        outline: none;
      }
      .found {
        max-height: 52vh;
        padding: 8px;
        overflow-y: auto;
      }
      .kind {
        margin: 8px 12px 4px;
        font-size: 12px;
        line-height: 18px;
        color: var(--ink2);
      }
      .hit {
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: 44px;
        padding: 4px 12px;
        border-radius: var(--radius);
        cursor: pointer;
      }
      .hit[aria-selected="true"] {
        background: var(--accent-soft);
      }
      .hit .icon {
        width: 20px;
        height: 20px;
        flex: none;
        fill: none;
        stroke: currentcolor;
        stroke-width: 1.5;
        stroke-linecap: round;
        stroke-linejoin: round;
        color: var(--ink2);
      }
      .name {
        min-width: 0;
        overflow: hidden;
        white-space: nowrap;
        text-overflow: ellipsis;
      }
      .meta {
        flex: none;
        max-width: 50%;
        margin-inline-start: auto;
        overflow: hidden;
        font-size: 12px;
        color: var(--ink2);
        white-space: nowrap;
        text-overflow: ellipsis;
      }
      .none {
        margin: 0;
        padding: 16px 12px;
        color: var(--ink2);
      }
      dl {
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: 10px 24px;
        margin: 16px 0 24px;
      }
      dd {
        margin: 0;
      }
      kbd {
        padding: 2px 8px;
        font: inherit;
        font-size: 12px;
        border: 1px solid var(--line-control);
        border-radius: 4px;
        background: var(--sunk);
      }
    `,
  ];

  #timer;
  #asked = 0;
  #led = 0;

  constructor() {
    super();
    this.words = '';
    this.people = [];
    this.meetings = [];
    this.at = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('keydown', this.#pressed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#pressed);
    clearTimeout(this.#timer);
  }

  /** Opens the search. */
  async open() {
    Object.assign(this, { words: '', people: [], at: 0, keys: false });
    await this.updateComplete;
    this.#dialog.showModal();
    this.#remember();
  }

  get #dialog() {
    return this.renderRoot.querySelector('dialog');
  }

  async #help() {
    this.keys = true;
    await this.updateComplete;
    this.#dialog.showModal();
  }

  #pressed = (event) => {
    if (this.#dialog?.open || !this.company) return;
    const search = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
    if (!search && (event.ctrlKey || event.metaKey || event.altKey || typing(event) || document.querySelector(':modal') || modalIn(event))) return;
    if (search || event.key === '/') this.open();
    else if (event.key === '?') this.#help();
    else if (event.key === 'g') this.#led = event.timeStamp;
    else if (event.key in LEADS && event.timeStamp - this.#led < 1_000) this.#go(LEADS[event.key]);
    else return;
    if (event.key !== 'g') event.preventDefault();
  };

  /** One's own meetings are asked for once for each opening. */
  async #remember() {
    const query = new URLSearchParams({ from: new Date(this.now - BACK * DAY).toISOString(), until: new Date(this.now + AHEAD * DAY).toISOString() });
    const { bookings } = await orNone(read(`/api/me/bookings?${query}`), { bookings: [] });
    this.meetings = bookings.map(slipOf);
  }

  render() {
    if (this.keys) return this.#keyList();
    const hits = this.#hits();
    const at = Math.min(this.at, hits.length - 1);
    return html`<dialog aria-label=${this.#say('search.title')} @click=${this.#outside}>
      <input
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        maxlength="100"
        placeholder=${this.#say('search.hint')}
        aria-label=${this.#say('search.title')}
        aria-expanded="true"
        aria-controls="found"
        aria-autocomplete="list"
        aria-activedescendant=${hits.length > 0 ? `hit-${at}` : nothing}
        .value=${this.words}
        @input=${this.#typed}
        @keydown=${(event) => this.#key(event, hits, at)}
      />
      <div id="found" class="found" role="listbox" aria-label=${this.#say('search.found')}>
        ${hits.map((hit, index) => this.#hit(hit, index, at, hits[index - 1]))}
      </div>
      ${hits.length === 0 ? html`<p class="none" role="status">${this.#say('search.none')}</p>` : nothing}
    </dialog>`;
  }

  #hit(hit, index, at, before) {
    return html`${before?.kind === hit.kind ? nothing : html`<div class="kind" role="presentation">${this.#say(`search.${hit.kind}`)}</div>`}
      <div
        id="hit-${index}"
        class="hit"
        role="option"
        aria-selected=${index === at}
        @pointermove=${() => (this.at = index)}
        @click=${() => this.#take(hit)}
      >
        ${icon(hit.icon)}<span class="name">${hit.name}</span><span class="meta">${hit.meta}</span>
      </div>`;
  }

  #keyList() {
    return html`<dialog class="help" aria-labelledby="keys" @close=${() => (this.keys = false)}>
      <h2 id="keys">${this.#say('search.keys')}</h2>
      <dl>
        ${KEYS.map(([key, word]) => html`<dt><kbd>${key}</kbd></dt><dd>${this.#say(word)}</dd>`)}
      </dl>
      <form method="dialog"><button>${this.#say('console.close')}</button></form>
    </dialog>`;
  }

  /** What fits the words, nearest kinds first. */
  #hits() {
    const words = this.words.trim().toLowerCase();
    return [...this.#meetingHits(words), ...this.#roomHits(words), ...this.#peopleHits(), ...this.#placeHits(words)];
  }

  #meetingHits(words) {
    const fitting = this.meetings.filter((slip) => (words === '' ? slip.until > this.now : holds(words, slip.subject, slip.convener?.name.zh, slip.convener?.name.en)));
    return fitting.slice(0, words === '' ? 3 : MOST).map((slip) => {
      const room = this.company.rooms.find(({ id }) => id === slip.room);
      const zone = this.company.sites.find(({ id }) => id === room?.site)?.zone ?? 'UTC';
      const meta = `${this.#mine(moment(slip.from, this.now, zone))}${room ? ` · ${this.#mine(room.name)}` : ''}`;
      return { kind: 'meetings', icon: 'today', name: this.#mine(titleOfSlip(slip)), meta, to: `/bookings/${slip.id}` };
    });
  }

  #roomHits(words) {
    if (words === '') return [];
    return this.company.rooms
      .filter(({ name, floor, id }) => holds(words, name.zh, name.en, floor, id))
      .slice(0, MOST)
      .map((room) => {
        const site = this.company.sites.find(({ id }) => id === room.site);
        const meta = `${this.#mine(site.name)} · ${room.floor} · ${text('board.seats', { people: room.capacity }, this.language)}`;
        return { kind: 'rooms', icon: 'rooms', name: this.#mine(room.name), meta, to: `/rooms/${room.id}?site=${room.site}` };
      });
  }

  #peopleHits() {
    const admin = this.me.roles.includes('admin');
    return this.people.slice(0, MOST).map((person) => {
      const department = this.company.departments.get(person.department);
      const meta = `${department ? this.#mine(department) : person.department} · ${person.staffNumber}`;
      return { kind: 'people', icon: 'people', name: this.#mine(person.name), meta, to: admin ? `/people/${person.staffNumber}` : undefined };
    });
  }

  #placeHits(words) {
    return ['main', 'admin']
      .flatMap((rail) => placesIn(rail, this.me))
      .map(({ path, word, icon: name }) => ({ kind: 'places', icon: name, name: this.#say(word), meta: '', to: path, other: text(word, {}, this.language === 'en' ? 'zh-CN' : 'en') }))
      .filter(({ name, other }) => words === '' || holds(words, name, other));
  }

  #typed = ({ target }) => {
    this.words = target.value;
    this.at = 0;
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    const words = target.value.trim();
    if (words === '') this.people = [];
    else {
      this.#timer = setTimeout(async () => {
        const people = await orNone(findPeople(words), []);
        if (asked === this.#asked) this.people = people;
      }, LOOK_AFTER);
    }
  };

  #key(event, hits, at) {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') this.at = (at + 1) % Math.max(1, hits.length);
    else if (event.key === 'ArrowUp') this.at = (at + hits.length - 1) % Math.max(1, hits.length);
    else if (event.key === 'Enter' && hits[at]) this.#take(hits[at]);
    else return;
    event.preventDefault();
  }

  /** Somebody who has no page of their own for this reader is only found. */
  #take({ to }) {
    if (to) this.#go(to);
  }

  #go(address) {
    if (this.#dialog.open) this.#dialog.close();
    this.dispatchEvent(new CustomEvent('go', { detail: address, bubbles: true, composed: true }));
  }

  #outside = (event) => {
    if (event.target === this.#dialog) this.#dialog.close();
  };

  updated(changed) {
    if (changed.has('at')) this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  #say(key) {
    return text(key, {}, this.language);
  }

  #mine(names) {
    return inLanguage(names, this.language);
  }
}

/** Whether a key belongs to a field that somebody types in. */
function typing(event) {
  const [target] = event.composedPath();
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName));
}

/** Whether a key was pressed within a dialog that lies over the page. */
function modalIn(event) {
  return event.composedPath().some((each) => each instanceof HTMLDialogElement);
}

function holds(words, ...texts) {
  return texts.some((each) => each?.toLowerCase().includes(words));
}

async function orNone(answer, none) {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Refused) return none;
    throw error;
  }
}

customElements.define('console-search', ConsoleSearch);
