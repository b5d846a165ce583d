import { supersedes } from './entry.js';
import { FETCH_WITHIN, LiveConnection } from './live-connection.js';

/** @typedef {import('./entry.js').Timeline} Timeline */

/** Changes that come together are kept together, after this, ms. */
const KEEP_AFTER = 1_000;

/** What the server says about all rooms of a site, on one connection; the last of each room is kept on the device. */
export class LiveSite extends LiveConnection {
  /** @type {Map<string, Timeline>} by room */
  timelines = new Map();

  #site;
  #store;
  #tags = new Map();
  #keeping;

  /**
   * @param {string} site
   * @param {{store?: Storage, clock?: import('./server-clock.js').ServerClock}} [means]
   */
  constructor(site, { store = localStorage, clock } = {}) {
    const kept = read(store, site);
    super(`/live/sites/${site}`, kept, clock);
    this.#site = site;
    this.#store = store;
    kept?.timelines?.forEach((timeline) => this.timelines.set(timeline.room, timeline));
  }

  shown() {
    return [...this.timelines.values()];
  }

  show(timeline) {
    if (timeline.site === this.#site && supersedes(timeline, this.timelines.get(timeline.room))) {
      this.timelines.set(timeline.room, timeline);
      this.#keepSoon();
      this.changed();
    }
  }

  gone(room) {
    this.#tags.delete(room);
    if (this.timelines.delete(room)) {
      this.#keepSoon();
      this.changed();
    }
  }

  async fetchTimelines() {
    const answer = await fetch(`/api/rooms?site=${this.#site}`, { cache: 'no-store', signal: AbortSignal.timeout(FETCH_WITHIN) });
    const { rooms } = await answer.json();
    for (const { id } of rooms) {
      await this.#fetch(id);
    }
  }

  keep() {
    this.#store.setItem(keyOf(this.#site), JSON.stringify({ timelines: this.shown(), ...this.kept() }));
  }

  async #fetch(room) {
    const answer = await fetch(`/api/rooms/${room}/timeline`, {
      headers: this.#tags.has(room) ? { 'If-None-Match': this.#tags.get(room) } : {},
      cache: 'no-store',
      signal: AbortSignal.timeout(FETCH_WITHIN),
    });
    if (answer.status === 200) {
      this.#tags.set(room, answer.headers.get('ETag'));
      this.show(await answer.json());
    }
  }

  #keepSoon() {
    this.#keeping ??= setTimeout(() => {
      this.#keeping = undefined;
      this.keep();
    }, KEEP_AFTER);
  }
}

function keyOf(site) {
  return `foyer.site.${site}`;
}

function read(store, site) {
  try {
    return JSON.parse(store.getItem(keyOf(site)) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}
