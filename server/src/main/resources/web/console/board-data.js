import { read } from '/kit/api.js';
import { dayOf } from './board-scale.js';

/**
 * @typedef {import('./board-scale.js').Stretch} Stretch
 * @typedef {import('./company.js').Names} Names
 * @typedef {{id: number, room: string, from: number, until: number, status: string, level: string, subject?: string, meetingType?: string,
 *   convener?: {staffNumber: string, name: Names}, department?: {id: string, name: Names}, checkedIn?: boolean, endedEarly?: boolean,
 *   part?: 'own' | 'attendee', move?: 'yes' | 'reason', version: number, fresh?: boolean}} Slip
 */

/** Changes that come within this are asked for together, ms. */
const TOGETHER = 120;

/** From so many changed rooms on the whole board is asked for at once. */
const MANY = 8;

/** The bookings of a site's rooms in a time, kept right while rooms change. Sends `change`. */
export class SiteBoard extends EventTarget {
  /** @type {Map<string, Slip[]>} by room, in the order of time; another one with each change */
  rooms = new Map();

  /** @type {Stretch[]} when the site is open */
  open = [];

  /** @type {Map<string, {name: Names, closed: boolean}>} days with a name of their own, by date */
  days = new Map();

  /** Whether anything has come yet. */
  loaded = false;

  #site;
  #dates;
  #zone;
  #shown = new Map();
  #stale = new Set();
  #timer;
  #ended = false;

  /**
   * @param {string} site id
   * @param {string[]} dates
   * @param {string} zone IANA
   */
  constructor(site, dates, zone) {
    super();
    this.#site = site;
    this.#dates = dates;
    this.#zone = zone;
  }

  /**
   * Asks for everything.
   *
   * @throws {import('/kit/api.js').Refused}
   */
  async load() {
    const days = await Promise.all(this.#dates.map((date) => this.#ask(dayOf(date, this.#zone))));
    if (this.#ended) return;
    const slips = new Map(days.flatMap(({ bookings }) => bookings).map((row) => [row.id, slipOf(row)]));
    this.rooms = Map.groupBy([...slips.values()], ({ room }) => room);
    this.rooms.forEach(sort);
    this.open = joined(days.flatMap(({ open }) => open).map(stretchOf));
    this.days = new Map(days.flatMap((each) => each.days).map(({ day, ...named }) => [day, named]));
    this.loaded = true;
    this.#tell();
  }

  /**
   * Compares what doors show with what they showed before; rooms that have changed are asked for again, and those of which is heard for
   * the first time only now.
   *
   * @param {Iterable<import('/kit/entry.js').Timeline>} timelines
   */
  follow(timelines) {
    for (const { room, epoch, revision } of timelines) {
      const mark = `${epoch}-${revision}`;
      const before = this.#shown.get(room);
      this.#shown.set(room, mark);
      if (before !== mark && (before !== undefined || this.loaded)) this.refresh(room);
    }
  }

  /** Asks for a room's bookings again, soon. */
  refresh(room) {
    this.#stale.add(room);
    this.#timer ??= setTimeout(this.#catchUp, TOGETHER);
  }

  /** Ends following. */
  end() {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  /** Shows what is known already before the server tells it. */
  put(slip) {
    for (const [room, slips] of this.rooms) {
      this.rooms.set(
        room,
        slips.filter(({ id }) => id !== slip.id),
      );
    }
    this.rooms.set(slip.room, sort([...(this.rooms.get(slip.room) ?? []), slip]));
    this.#tell();
  }

  #catchUp = async () => {
    this.#timer = undefined;
    const rooms = [...this.#stale];
    this.#stale.clear();
    try {
      if (rooms.length > MANY) await this.load();
      else await Promise.all(rooms.map((room) => this.#again(room)));
    } catch {
      rooms.forEach((room) => this.#stale.add(room));
      if (!this.#ended) this.#timer = setTimeout(this.#catchUp, 20 * TOGETHER);
    }
  };

  async #again(room) {
    const from = dayOf(this.#dates[0], this.#zone).from;
    const { until } = dayOf(this.#dates.at(-1), this.#zone);
    const { bookings } = await this.#ask({ from, until }, room);
    if (this.#ended) return;
    const before = new Map((this.rooms.get(room) ?? []).map((slip) => [slip.id, slip]));
    const known = new Set([...this.rooms.values()].flat().map(({ id }) => id));
    const slips = bookings.map((row) => ({ ...slipOf(row), fresh: !known.has(row.id) || before.get(row.id)?.fresh }));
    for (const [other, all] of this.rooms) {
      if (other === room || !all.some(({ id }) => slips.some((slip) => slip.id === id))) continue;
      this.rooms.set(
        other,
        all.filter(({ id }) => !slips.some((slip) => slip.id === id)),
      );
    }
    this.rooms.set(room, sort(slips));
    this.#tell();
  }

  #ask({ from, until }, room) {
    const query = new URLSearchParams({ from: new Date(from).toISOString(), until: new Date(until).toISOString() });
    if (room) query.set('room', room);
    return read(`/api/sites/${this.#site}/bookings?${query}`);
  }

  #tell() {
    this.rooms = new Map(this.rooms);
    this.dispatchEvent(new Event('change'));
  }
}

/**
 * A booking of the wire with its times as numbers.
 *
 * @returns {Slip}
 */
export function slipOf({ start, end, ...row }) {
  return { ...row, from: Date.parse(start), until: Date.parse(end) };
}

function stretchOf({ from, until }) {
  return { from: Date.parse(from), until: Date.parse(until) };
}

/** Stretches that adjoin as one. */
function joined(stretches) {
  const all = [];
  for (const each of sort(stretches)) {
    const last = all.at(-1);
    if (last && each.from <= last.until) last.until = Math.max(last.until, each.until);
    else all.push({ ...each });
  }
  return all;
}

function sort(stretches) {
  return stretches.sort((a, b) => a.from - b.from || a.until - b.until);
}
