import { html, css, nothing, LitElement } from 'lit';
import { bilingual } from '/kit/bilingual.js';
import { actionAt, bookable, entryAt, extensions } from '/kit/entry.js';
import { Idle } from '/kit/idle.js';
import { both } from '/kit/language.js';
import { length, wallTime } from '/kit/time.js';
import { icon } from './icons.js';
import { keys } from './keys.js';

/**
 * The bar of keys: what the timeline allows now, and nothing else. Sends `command` with what is asked for, and `reach` when the
 * key for large low keys is pressed.
 */
export class DoorActions extends LitElement {
  static properties = {
    timeline: { attribute: false },
    now: { type: Number },
    /** Why nothing can be asked for now, in both languages. */
    wait: { attribute: false },
    reach: { type: Boolean, reflect: true },
    page: { state: true },
  };

  static styles = [
    keys,
    css`
      :host {
        display: block;
        background: #0e1115;
      }
      .bar {
        display: flex;
        align-items: center;
        gap: var(--gap);
        padding: max(2 * var(--mm), 2.4 * var(--u)) calc(4 * var(--u));
        min-height: var(--touch-primary);
      }
      .keys {
        flex: 1;
        min-width: 0;
        display: flex;
        align-items: center;
        gap: var(--gap);
      }
      .reach-key {
        width: var(--touch);
        height: var(--touch);
        padding: 0;
        flex: none;
        border-color: transparent;
        background: none;
        color: #c9ced4;
      }
      .reach-key[aria-pressed="true"] {
        background: #ffffff;
        color: #14181d;
      }
      .reach-key .icon {
        width: 62%;
        height: 62%;
      }
      .hint {
        flex: 0 1 auto;
        min-width: 0;
        margin: 0;
        font-size: calc(4.2 * var(--u));
        line-height: 1.25;
        color: #c9ced4;
      }
      .hint .zh,
      .hint .en {
        display: block;
      }
      .length {
        flex: 1 1 calc(24 * var(--u));
        padding: 0 calc(1 * var(--u));
      }
      .extend {
        flex: 0 1 calc(36 * var(--u));
        padding: 0 calc(1 * var(--u));
      }
      .keys button {
        flex-shrink: 0;
      }
      .last {
        order: 1;
        margin-left: auto;
      }
      :host([reach]) .bar {
        height: calc(0.3 * 100vh);
        box-sizing: border-box;
      }
      :host([reach]) .keys {
        align-self: stretch;
        align-items: stretch;
      }
      :host([reach]) .keys button {
        height: auto;
        flex: 1 1 calc(26 * var(--u));
        font-size: calc(5.6 * var(--u));
      }
      @media (orientation: portrait) {
        .bar {
          align-items: flex-end;
        }
        .keys {
          flex-wrap: wrap;
        }
        .hint {
          flex-basis: 100%;
        }
        .length,
        .extend {
          flex: 1 1 calc(32 * var(--u));
        }
        :host([reach]) .keys button {
          flex-basis: calc(44 * var(--u));
        }
      }
    `,
  ];

  #idle = new Idle(this, () => this.#rest());

  /** Whether the focus was last on one of these keys, and is to be again on the first that there is. */
  #focused = false;

  constructor() {
    super();
    this.page = 'rest';
  }

  /** Whether nobody is in the middle of something. */
  get atRest() {
    return this.page === 'rest';
  }

  /** Has the focus come to the first key, now or once there is one, unless it is elsewhere by then. */
  takeFocus() {
    this.#focused = true;
    this.requestUpdate();
  }

  willUpdate() {
    this.#focused ||= Boolean(this.renderRoot?.activeElement?.closest('.keys'));
    const gone = { length: () => !this.#lengths().length, end: () => !this.#action('end') };
    if (this.page !== 'rest' && (this.wait || gone[this.page]())) {
      this.#rest();
    }
  }

  updated(changed) {
    if (changed.has('page') && changed.get('page') !== undefined) {
      this.#firstKey()?.focus({ preventScroll: true });
    }
    this.#keepFocus();
  }

  /** Whoever works by keyboard stays at the keys, also when the one just pressed is gone. */
  #keepFocus() {
    const lost = document.activeElement === document.body;
    if (this.#focused && lost) {
      this.#firstKey()?.focus({ preventScroll: true });
    }
    this.#focused &&= lost || Boolean(this.renderRoot.activeElement?.closest('.keys'));
  }

  #firstKey() {
    return this.renderRoot.querySelector('.keys button:not(:disabled)');
  }

  render() {
    const pages = { rest: () => this.#restKeys(), length: () => this.#lengthKeys(), end: () => this.#endKeys() };
    return html`
      <div class="bar" role="group" aria-label=${spoken('door.actions')} @keydown=${this.#onKey}>
        <button class="reach-key" type="button" aria-pressed=${Boolean(this.reach)} aria-label=${spoken('door.act.reach')} @click=${this.#onReach}>
          ${icon('reach')}
        </button>
        <div class="keys">${pages[this.page]()}</div>
      </div>
    `;
  }

  #restKeys() {
    const off = Boolean(this.wait);
    const keys = [
      this.#action('check-in') && this.#key('check-in primary', this.#isNext() ? 'door.act.check-in-next' : 'door.act.check-in', () => this.#ask('check-in')),
      this.#lengths().length > 0 && this.#key('book primary', 'door.act.book', () => this.#open('length')),
      ...extensions(this.timeline ?? EMPTY, this.now).map((step) => this.#extendKey(step, off)),
      this.#action('end') && this.#key('end last', this.#over() ? 'door.act.finish' : 'door.act.end', () => this.#open('end')),
    ].filter(Boolean);
    return html`${keys}${this.wait ? html`<p class="hint">${bilingual(this.wait)}</p>` : nothing}`;
  }

  #key(kind, text, act) {
    return html`<button type="button" class=${kind} ?disabled=${Boolean(this.wait)} @click=${act}>${bilingual(both(text))}</button>`;
  }

  #extendKey(step, off) {
    const arrow = this.#strict(step.booking) ? '' : ` → ${wallTime(Date.parse(step.newEnd), this.timeline.zone)}`;
    const added = length(step.minutes * 60_000);
    const name = spoken('door.act.extend', { minutes: step.minutes });
    return html`<button type="button" class="extend" ?disabled=${off} aria-label="${name}${arrow}"
      @click=${() => this.#send({ act: 'extend', booking: step.booking, end: step.end, newEnd: step.newEnd })}>
      ${bilingual({ zh: `+${added.zh}`, en: `+${added.en}${arrow}` })}</button>`;
  }

  /** Of a strictly confidential meeting the door tells no times. */
  #strict(booking) {
    return this.timeline.meetings.some(({ id, level }) => id === booking && level === 'strict');
  }

  #lengthKeys() {
    return html`
      ${this.#hint('door.ask.length')}
      ${this.#lengths().map((choice) => this.#lengthKey(choice))}
      ${this.#cancel('door.act.cancel')}
    `;
  }

  #lengthKey(choice) {
    const { zh, en } = choice.untilNext ? both('door.act.until-next') : length(choice.minutes * 60_000);
    const until = wallTime(Date.parse(choice.until), this.timeline.zone);
    return html`<button type="button" class="length" @click=${() => this.#send({ act: 'book', until: choice.until })}>
      ${bilingual({ zh, en: `${en} → ${until}` })}</button>`;
  }

  #endKeys() {
    return html`
      ${this.#hint('door.ask.end')}
      <button type="button" class="primary end-now" @click=${() => this.#ask('end')}>${bilingual(both('door.act.end-now'))}</button>
      ${this.#cancel('door.act.keep')}
    `;
  }

  #hint(key) {
    const words = this.#idle.left === undefined ? both(key) : both('door.still-there', { seconds: this.#idle.left });
    return html`<p class="hint" role="status">${bilingual(words)}</p>`;
  }

  #cancel(key) {
    return html`<button type="button" class="cancel last" @click=${() => this.#rest()}>${bilingual(both(key))}</button>`;
  }

  #lengths() {
    return this.timeline ? bookable(this.timeline, this.now) : [];
  }

  #action(act) {
    return this.timeline && actionAt(this.timeline, this.now, act);
  }

  /** Whether those who may sign in belong to the meeting after the one that still goes on. */
  #isNext() {
    return this.#action('check-in').booking !== entryAt(this.timeline, this.now).meeting;
  }

  #over() {
    const { booking } = this.#action('end');
    const meeting = this.timeline.meetings.find(({ id }) => id === booking);
    return meeting !== undefined && Date.parse(meeting.until) <= this.now;
  }

  #ask(act) {
    this.#send({ act, booking: this.#action(act).booking });
  }

  #send(command) {
    this.#rest();
    this.dispatchEvent(new CustomEvent('command', { detail: command }));
  }

  #open(page) {
    this.page = page;
    this.#idle.start();
  }

  #rest() {
    this.#idle.stop();
    this.page = 'rest';
  }

  #onKey = (event) => {
    if (event.key === 'Escape') {
      this.#rest();
    }
  };

  #onReach = () => this.dispatchEvent(new CustomEvent('reach'));
}

const EMPTY = { validUntil: '1970-01-01T00:00:00Z', entries: [], meetings: [], offers: { book: [], extend: [] } };

function spoken(key, values) {
  const { zh, en } = both(key, values);
  return `${zh} ${en}`;
}

customElements.define('door-actions', DoorActions);
