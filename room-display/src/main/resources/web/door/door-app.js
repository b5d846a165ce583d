import { html, css, nothing } from 'lit';
import { supersedes } from '/kit/entry.js';
import { GlassPage } from '/kit/glass-page.js';
import { both } from '/kit/language.js';
import { OFFLINE_AFTER } from '/kit/live-timeline.js';
import { command as send, Refused } from '/kit/api.js';
import { wallTime } from '/kit/time.js';
import { viewOf } from '/kit/room-view.js';
import '/kit/live-ribbon.js';
import { assume } from './assume.js';
import './day-strip.js';
import './door-actions.js';
import './door-notice.js';
import './door-state.js';
import './door-top.js';

/** @typedef {import('./assume.js').Command} Command */

/** How long the confirmed result of a command may take to come with the timeline, ms. */
const TIMELINE_WITHIN = 5_000;

/** For so long an end can be taken back, ms (SCREENS §1.4). */
const UNDO = 10_000;

/** A notice that asks for nothing goes by itself after this, ms. */
const NOTICE = 20_000;

/** The page at a door. Its whole state is here and flows down: the timeline, what is under way, what came of it. */
export class DoorApp extends GlassPage {
  static properties = {
    reach: { type: Boolean, reflect: true },
    pending: { state: true },
    notice: { state: true },
  };

  static styles = [
    GlassPage.styles,
    css`
      :host {
        position: relative;
        background: var(--strip);
      }
      main {
        grid-template: auto auto minmax(0, 1fr) auto / 62fr 38fr;
        grid-template-areas: "top top" "ribbon ribbon" "state strip" "actions actions";
      }
      door-top {
        grid-area: top;
      }
      live-ribbon {
        grid-area: ribbon;
        --ribbon-padding: calc(1.6 * var(--u)) calc(5 * var(--u));
        font-size: calc(4.6 * var(--u));
      }
      door-state {
        grid-area: state;
        min-width: 0;
        min-height: 0;
      }
      day-strip {
        grid-area: strip;
      }
      door-actions {
        grid-area: actions;
      }
      .blank door-state {
        grid-column: 1 / -1;
        grid-row: state-start / strip-end;
      }
      .blank day-strip {
        display: none;
      }
      @media (orientation: portrait) {
        main {
          grid-template: auto auto minmax(0, 56fr) minmax(0, 44fr) auto / 1fr;
          grid-template-areas: "top" "ribbon" "state" "strip" "actions";
        }
      }
    `,
  ];

  constructor() {
    super();
    this.addEventListener('keydown', onlyOnce);
  }

  /** Whether nobody is in the middle of something, so that the page may be reloaded. */
  get idle() {
    return !this.pending && !this.notice && (this.renderRoot.querySelector('door-actions')?.atRest ?? true);
  }

  willUpdate() {
    this.#settle();
  }

  updated(changed) {
    super.updated(changed);
    if (changed.get('notice') && !this.notice) {
      this.renderRoot.querySelector('door-actions').takeFocus();
    }
  }

  render() {
    const instead = this.instead(both('door.no-room')) ?? (this.live?.removed ? both('door.removed') : undefined);
    if (instead) return this.#page({ state: 'unknown', word: both('door.state.unknown'), left: 1, lead: instead, chips: [] });
    return this.#page(viewOf(this.#shown(), this.now()));
  }

  #page(view) {
    const now = this.now();
    const timeline = this.#shown();
    const known = view.state === 'unknown' ? undefined : timeline;
    const age = this.live?.age() ?? 0;
    return html`
      <main class=${known ? '' : 'blank'}>
        <door-top .timeline=${timeline} .now=${now}></door-top>
        <live-ribbon .age=${age} .heard=${this.live?.heard} .now=${now} .zone=${timeline?.zone ?? 'UTC'}></live-ribbon>
        <door-state aria-live="polite" .view=${view} .state=${view.state} .stale=${age >= OFFLINE_AFTER && view.state !== 'unknown'}
          .confirming=${Boolean(this.pending && !this.pending.agreed)}></door-state>
        <day-strip .timeline=${known} .now=${now}></day-strip>
        <door-actions .timeline=${known} .now=${now} .wait=${this.#wait()} .reach=${this.reach} @command=${this.#onCommand}
          @reach=${this.#onReach}></door-actions>
      </main>
      ${this.notice ? this.#noticeSheet(now) : nothing}
    `;
  }

  #noticeSheet(now) {
    return html`<door-notice .notice=${this.notice} .room=${this.live.timeline?.room} .zone=${this.live.timeline?.zone ?? 'UTC'} .now=${now}
      .reach=${this.reach} @dismiss=${this.#onDismiss} @undo=${this.#onUndo} @alternative=${this.#onAlternative}></door-notice>`;
  }

  /** The timeline, or what it will be if the server agrees with what is under way. */
  #shown() {
    const timeline = this.live?.timeline;
    return timeline && this.pending ? assume(timeline, this.pending.command, this.pending.at) : timeline;
  }

  /** Why nothing can be asked for now. */
  #wait() {
    if (!this.live) return undefined;
    const offline = this.live.age() >= OFFLINE_AFTER;
    if (this.live.connected && !offline) return undefined;
    return both(offline ? 'door.wait.offline' : 'door.wait.connecting');
  }

  #onCommand = ({ detail }) => this.#run(detail);

  /** Paints the result at once, asks the server, and takes it back if it refuses. */
  async #run(command) {
    const now = this.now();
    const pending = { command, at: now, base: this.live.timeline };
    this.pending = pending;
    this.notice = undefined;
    try {
      await send(pathOf(this.live.timeline.room, command), bodyOf(command));
      this.#agreed(pending);
    } catch (refused) {
      this.pending = undefined;
      this.#refused(refused);
    }
  }

  #agreed(pending) {
    pending.agreed = true;
    this.requestUpdate();
    setTimeout(() => this.#drop(pending), TIMELINE_WITHIN);
    const { command, at } = pending;
    if (command.act === 'end') {
      const until = at + UNDO;
      this.#tell({ words: both('door.done.ended'), undo: { booking: command.booking, until } }, until - this.now());
    }
  }

  /** What was assumed is no longer needed once the server's own timeline says it. */
  #settle() {
    if (this.pending?.agreed && this.live.timeline && supersedes(this.live.timeline, this.pending.base)) {
      this.pending = undefined;
    }
  }

  #drop(pending) {
    if (this.pending === pending) {
      this.pending = undefined;
    }
  }

  #refused(refused) {
    if (!(refused instanceof Refused)) throw refused;
    const nearest = refused.word === 'overlaps' ? (refused.problem.nearest ?? []) : undefined;
    if (nearest === undefined) {
      this.#tell({ words: refused.words, bad: true });
      return;
    }
    const instead = both(nearest.length > 0 ? 'door.lost.instead' : 'door.lost.nothing');
    const lost = both('door.lost');
    const words = { zh: `${lost.zh}。${instead.zh}`, en: `${lost.en}. ${instead.en}` };
    this.#tell({ words, bad: true, alternatives: nearest }, NOTICE * 2);
  }

  #tell(notice, ms = NOTICE) {
    this.notice = notice;
    setTimeout(() => {
      if (this.notice === notice) {
        this.notice = undefined;
      }
    }, ms);
  }

  #onDismiss = () => {
    this.notice = undefined;
  };

  #onUndo = async ({ detail }) => {
    this.notice = undefined;
    await this.#orTell(() => send(`/api/bookings/${detail.booking}/resume`, {}));
  };

  #onAlternative = async ({ detail }) => {
    this.notice = undefined;
    if (detail.room === this.live.timeline.room) {
      this.#run({ act: 'book', until: detail.end });
      return;
    }
    await this.#orTell(async () => {
      await send(`/api/rooms/${detail.room}/walk-up`, { until: detail.end });
      const until = wallTime(Date.parse(detail.end), this.live.timeline.zone);
      this.#tell({ words: both('door.done.booked-elsewhere', { room: detail.name, until }) });
    });
  };

  async #orTell(attempt) {
    try {
      await attempt();
    } catch (refused) {
      this.#refused(refused);
    }
  }

  #onReach = () => {
    this.reach = !this.reach;
  };
}

/** A key that is held down counts once: what comes into focus meanwhile is not pressed with it. */
function onlyOnce(event) {
  if (event.repeat && event.key === 'Enter') {
    event.preventDefault();
  }
}

/** @param {string} room @param {Command} command */
function pathOf(room, command) {
  return command.act === 'book' ? `/api/rooms/${room}/walk-up` : `/api/bookings/${command.booking}/${command.act}`;
}

/** @param {Command} command */
function bodyOf(command) {
  if (command.act === 'book') return { until: command.until };
  if (command.act === 'extend') return { end: command.end, newEnd: command.newEnd };
  return {};
}

customElements.define('door-app', DoorApp);
