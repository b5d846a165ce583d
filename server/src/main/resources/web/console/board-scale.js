import { date as dateOf, wallTime } from '/kit/time.js';
import { instantsOf } from '/kit/wall-clock.js';

/**
 * @typedef {{from: number, until: number}} Stretch ms
 * @typedef {'quarter' | 'hour' | 'day' | 'week'} Zoom
 * @typedef {{at: number, x: number, words: string, major: boolean, date?: string}} Tick
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY_MINUTES = 24 * 60;

/** What each zoom is: days shown, step of the keyboard and of the pointer (minutes), width of an hour (px; without one it fits the page). */
export const ZOOMS = {
  quarter: { days: 1, slot: 15, snap: 15, hour: 176, ticks: 15 },
  hour: { days: 1, slot: 60, snap: 15, hour: 112, ticks: 60 },
  day: { days: 1, slot: 60, snap: 15, least: 44, ticks: 60 },
  week: { days: 7, slot: 60, snap: 30, least: 7, ticks: 240 },
};

/** Hours that are shown of a day on which the site is closed, minutes after midnight. */
const CLOSED_DAY = { first: 8 * 60, last: 18 * 60 };

/** The calendar day so many days after another, such as 2026-11-23. */
export function dayAfter(date, days) {
  return new Date(Date.parse(`${date}T00:00Z`) + days * 24 * HOUR).toISOString().slice(0, 10);
}

/** The Monday of a day's week. */
export function mondayOf(date) {
  return dayAfter(date, -((new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7));
}

/**
 * The days that a board shows at a zoom around a date.
 *
 * @param {string} date
 * @param {Zoom} zoom
 */
export function daysOf(date, zoom) {
  const first = zoom === 'week' ? mondayOf(date) : date;
  return Array.from({ length: ZOOMS[zoom].days }, (_, i) => dayAfter(first, i));
}

/**
 * From midnight to midnight on the site's clocks.
 *
 * @param {string} date
 * @param {string} zone IANA
 * @returns {Stretch}
 */
export function dayOf(date, zone) {
  return { from: midnight(date, zone), until: midnight(dayAfter(date, 1), zone) };
}

function midnight(date, zone) {
  for (let minute = 0; ; minute += 15) {
    const [at] = instantsOf(date, clock(minute), zone);
    if (at !== undefined) return at;
  }
}

/**
 * The part of each day that is worth showing: an hour around the opening hours, wider where something is booked outside of them; of
 * all days alike.
 *
 * @param {string[]} dates
 * @param {string} zone IANA
 * @param {Stretch[]} open
 * @param {Iterable<Stretch>} booked
 * @returns {Stretch[]}
 */
export function windowsOf(dates, zone, open, booked) {
  const days = dates.map((date) => dayOf(date, zone));
  let first = DAY_MINUTES;
  let last = 0;
  const reach = (day, { from, until }, margin) => {
    first = Math.min(first, Math.floor((Math.max(day.from, from) - day.from) / HOUR) * 60 - margin);
    last = Math.max(last, Math.ceil((Math.min(day.until, until) - day.from) / HOUR) * 60 + margin);
  };
  for (const day of days) {
    open.filter((each) => overlaps(each, day)).forEach((each) => reach(day, each, 60));
  }
  if (last === 0) reach(days[0], { from: days[0].from + CLOSED_DAY.first * MINUTE, until: days[0].from + CLOSED_DAY.last * MINUTE }, 0);
  for (const each of booked) {
    days.filter((day) => overlaps(each, day)).forEach((day) => reach(day, each, 0));
  }
  first = Math.max(0, first);
  return days.map((day) => {
    const whole = last >= DAY_MINUTES;
    return { from: day.from + first * MINUTE, until: whole ? day.until : Math.min(day.until, day.from + last * MINUTE) };
  });
}

/** Whether two stretches share some time. */
export function overlaps(a, b) {
  return a.from < b.until && b.from < a.until;
}

/** Time as a line of pixels: windows of days one beside the other, what lies between them cut out. */
export class Scale {
  #parts;

  /**
   * @param {Stretch[]} windows in their order
   * @param {number} hour px
   * @param {string} zone IANA
   */
  constructor(windows, hour, zone) {
    this.zone = zone;
    this.perMs = hour / HOUR;
    let x = 0;
    this.#parts = windows.map(({ from, until }) => {
      const part = { from, until, x };
      x += (until - from) * this.perMs;
      return part;
    });
    this.width = x;
    this.from = windows[0].from;
    this.until = windows.at(-1).until;
  }

  /** The windows, each with where it begins, px. */
  get parts() {
    return this.#parts;
  }

  /** Where an instant is, px; what is cut out lies at the edge. */
  x(at) {
    const part = this.#parts.findLast(({ from }) => from <= at) ?? this.#parts[0];
    return part.x + Math.max(0, Math.min(at, part.until) - part.from) * this.perMs;
  }

  /** The instant at a place, ms. */
  at(x) {
    const part = this.#parts.findLast((each) => each.x <= x) ?? this.#parts[0];
    return Math.min(part.until, part.from + Math.max(0, x - part.x) / this.perMs);
  }

  /** Whether any of a stretch can be seen. */
  shows(stretch) {
    return this.#parts.some((part) => overlaps(part, stretch));
  }

  /**
   * The nearest step before an instant, counted from midnight on the site's clocks.
   *
   * @param {number} at ms
   * @param {number} minutes
   */
  snap(at, minutes, how = Math.floor) {
    const start = midnight(dateOf(at, this.zone), this.zone);
    const step = minutes * MINUTE;
    return start + how((at - start) / step) * step;
  }

  /**
   * What stands in the head.
   *
   * @param {number} minutes from one to the next
   * @returns {Tick[]}
   */
  ticks(minutes) {
    return this.#parts.flatMap((part) => {
      const ticks = [];
      for (let at = part.from; at < part.until; at += minutes * MINUTE) {
        const words = wallTime(at, this.zone);
        ticks.push({ at, x: this.x(at), words, major: words.endsWith(':00') });
      }
      return ticks;
    });
  }

  /** The stretches in which nothing is open. */
  closed(open) {
    return this.#parts.flatMap((part) => {
      const gaps = [];
      let at = part.from;
      for (const { from, until } of open.filter((each) => overlaps(each, part))) {
        if (from > at) gaps.push({ from: at, until: from });
        at = Math.max(at, until);
      }
      if (at < part.until) gaps.push({ from: at, until: part.until });
      return gaps;
    });
  }
}

function clock(minute) {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
