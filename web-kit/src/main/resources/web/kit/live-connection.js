import { ServerClock } from './server-clock.js';

/** After so long without a word of the server a display says that it is offline, ms (SAFETY §2.2). */
export const OFFLINE_AFTER = 30_000;

/** From here on it says how old that is which it shows, ms. */
export const AGE_AFTER = 60_000;

/** How long an answer to a fetch may take, ms. */
export const FETCH_WITHIN = 5_000;

const ASK_EVERY = 10_000;
const FIRST_QUESTIONS = 3;
const SILENT_AFTER = 22_000;
const CONNECT_WITHIN = 5_000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5_000;
const BLOCKED_AFTER = 3;
const KEEP_EVERY = 60_000;

/**
 * A page's connection to the server, or to the device's program between: what it says comes over a WebSocket; where that is
 * blocked, it is fetched. Knows the server's time, when the server was last heard, and whether commands would reach it. Sends
 * `change` whenever something about it has changed. What is shown is for the classes that extend it to say: `shown()` (the
 * timelines that are shown already), `show(timeline)`, `gone(room)`, `keep()` and `fetchTimelines()`.
 */
export class LiveConnection extends EventTarget {
  /** The server's time at which it was last heard, ms; undefined before it ever was. */
  heard;

  /** Whether commands would reach the server. */
  connected = false;

  /** @type {ServerClock} */
  clock;

  #path;
  #socket;
  #timers = new Set();
  #asked = new Map();
  #lastId = 0;
  #keptAt = 0;
  #failures = 0;
  #answeredAt = 0;

  /**
   * @param {string} path of the WebSocket
   * @param {{heard?: number, skew?: number} | undefined} kept what {@link kept} gave before a restart of the page
   * @param {ServerClock} [clock]
   */
  constructor(path, kept, clock) {
    super();
    this.#path = path;
    this.heard = kept?.heard;
    this.clock = clock ?? new ServerClock({ skew: kept?.skew });
  }

  /** Begins to listen; goes on for as long as the page lives, or until {@link stop}. */
  start() {
    this.#connect();
    addEventListener('online', this.#hurry);
    document.addEventListener('visibilitychange', this.#hurry);
  }

  /** Ends listening. */
  stop() {
    removeEventListener('online', this.#hurry);
    document.removeEventListener('visibilitychange', this.#hurry);
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
    this.#socket?.close();
    this.#socket = undefined;
  }

  /** How old that is which the server last said, ms; infinite before it said anything. */
  age() {
    return this.heard === undefined ? Infinity : Math.max(0, this.clock.now() - this.heard);
  }

  /** The instants at which something about the connection changes by itself, ms, the server's clock. */
  turns() {
    return this.heard === undefined ? [] : [this.heard + OFFLINE_AFTER, this.heard + AGE_AFTER];
  }

  #connect() {
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${this.#path}`);
    this.#socket = socket;
    const tooLate = this.#after(CONNECT_WITHIN, () => socket.close());
    socket.addEventListener('open', () => {
      this.#cancel(tooLate);
      this.#opened();
    });
    socket.addEventListener('message', ({ data }) => this.#take(JSON.parse(data)));
    socket.addEventListener('close', () => {
      this.#cancel(tooLate);
      this.#closed(socket);
    });
  }

  #opened() {
    this.clock.forget();
    this.#asked.clear();
    this.#answeredAt = performance.now();
    this.#send({ type: 'shown', timelines: this.shown().map(({ room, epoch, revision }) => ({ room, epoch, revision })) });
    for (let i = 0; i < FIRST_QUESTIONS; i++) {
      this.#ask();
    }
    this.#keepAsking(this.#socket);
  }

  #keepAsking(socket) {
    this.#after(ASK_EVERY, () => {
      if (socket !== this.#socket || socket.readyState !== WebSocket.OPEN) {
        return;
      }
      if (performance.now() - this.#answeredAt > SILENT_AFTER) {
        this.#drop(socket);
        return;
      }
      this.#ask();
      this.#keepAsking(socket);
    });
  }

  /** Gives up a socket at once: the farewell of a dead line can take minutes. */
  #drop(socket) {
    socket.close();
    this.#closed(socket);
  }

  #closed(socket) {
    if (socket !== this.#socket) {
      return;
    }
    this.#socket = undefined;
    this.#failures++;
    if (this.#failures >= BLOCKED_AFTER) {
      this.#fetch();
    } else {
      this.#setConnected(false);
    }
    const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#failures);
    this.#after(Math.random() * longest, () => this.#connect());
  }

  #hurry = () => {
    if (!this.#socket && document.visibilityState === 'visible') {
      this.#timers.forEach(clearTimeout);
      this.#timers.clear();
      this.#connect();
    }
  };

  #ask() {
    const id = ++this.#lastId;
    this.#asked.set(id, this.clock.ask());
    this.#send({ type: 'clock', id });
  }

  #send(message) {
    this.#socket?.send(JSON.stringify(message));
  }

  #take(message) {
    if (message.type === 'timeline') {
      this.#failures = 0;
      this.show(message);
    } else if (message.type === 'clock' && this.#asked.has(message.id)) {
      this.clock.heard(this.#asked.get(message.id), Date.parse(message.now));
      this.#asked.delete(message.id);
      this.#answeredAt = performance.now();
      this.#hear(Date.parse(message.heard));
      this.#setConnected(true);
    } else if (message.type === 'gone') {
      this.gone(message.room);
    }
  }

  #hear(heard) {
    const wasOffline = this.age() >= OFFLINE_AFTER;
    if (Number.isFinite(heard) && !(this.heard > heard)) {
      this.heard = heard;
      if (heard - this.#keptAt >= KEEP_EVERY) {
        this.#keptAt = heard;
        this.keep();
      }
      if (wasOffline) {
        this.changed();
      }
    }
  }

  #setConnected(connected) {
    if (this.connected !== connected) {
      this.connected = connected;
      this.changed();
    }
  }

  /** The way without WebSocket: asks once after each vain attempt to open one. */
  async #fetch() {
    try {
      await this.fetchTimelines();
      await this.#fetchClock();
      this.#setConnected(true);
    } catch {
      this.#setConnected(this.#socket?.readyState === WebSocket.OPEN);
    }
  }

  async #fetchClock() {
    const askedAt = this.clock.ask();
    const answer = await fetch('/api/clock', { cache: 'no-store', signal: AbortSignal.timeout(FETCH_WITHIN) });
    const { now, heard } = await answer.json();
    this.clock.heard(askedAt, Date.parse(now));
    this.#hear(Date.parse(heard ?? now));
  }

  #after(ms, run) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
    return timer;
  }

  #cancel(timer) {
    clearTimeout(timer);
    this.#timers.delete(timer);
  }

  /** What is kept over a restart of the page, beside timelines. */
  kept() {
    return { heard: this.heard, skew: this.clock.skew };
  }

  /** Tells those who listen. */
  changed() {
    this.dispatchEvent(new Event('change'));
  }
}
