import { supersedes } from './entry.js';
import { FETCH_WITHIN, LiveConnection } from './live-connection.js';

export { AGE_AFTER, OFFLINE_AFTER } from './live-connection.js';

/** @typedef {import('./entry.js').Timeline} Timeline */

/**
 * What the server says about one room. Only a newer timeline replaces one, whichever way it came, and the last one is kept on the
 * device, so that the page knows its day before the first answer and without any.
 */
export class LiveTimeline extends LiveConnection {
  /** @type {Timeline | undefined} */
  timeline;

  /** Whether the server knows no such room any longer. */
  removed = false;

  #room;
  #store;
  #tag;

  /**
   * @param {string} room
   * @param {{store?: Storage, clock?: import('./server-clock.js').ServerClock}} [means]
   */
  constructor(room, { store = localStorage, clock } = {}) {
    const kept = read(store, room);
    super(`/live/rooms/${room}`, kept, clock);
    this.#room = room;
    this.#store = store;
    this.timeline = kept?.timeline;
  }

  shown() {
    return this.timeline ? [this.timeline] : [];
  }

  show(timeline) {
    if (timeline.room === this.#room && supersedes(timeline, this.timeline)) {
      this.timeline = timeline;
      this.removed = false;
      this.keep();
      this.changed();
    }
  }

  gone(room) {
    if (room === this.#room) {
      this.timeline = undefined;
      this.removed = true;
      this.#store.removeItem(keyOf(room));
      this.changed();
    }
  }

  async fetchTimelines() {
    const answer = await fetch(`/api/rooms/${this.#room}/timeline`, {
      headers: this.#tag ? { 'If-None-Match': this.#tag } : {},
      cache: 'no-store',
      signal: AbortSignal.timeout(FETCH_WITHIN),
    });
    if (answer.status === 304) return;
    if (answer.status === 404) this.gone(this.#room);
    if (!answer.ok) throw new Error(`timeline: ${answer.status}`);
    this.#tag = answer.headers.get('ETag');
    this.show(await answer.json());
  }

  keep() {
    this.#store.setItem(keyOf(this.#room), JSON.stringify({ timeline: this.timeline, ...this.kept() }));
  }
}

function keyOf(room) {
  return `foyer.timeline.${room}`;
}

function read(store, room) {
  try {
    return JSON.parse(store.getItem(keyOf(room)) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}
