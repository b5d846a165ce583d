/**
 * @typedef {{zh: string, en: string}} Names
 * @typedef {{act: string, booking?: number, until?: string}} Action
 * @typedef {{from: string, state: string, meeting?: number, actions?: Action[], assumed?: boolean}} Entry
 * @typedef {{id: number, from: string, until: string, level: string, reception?: boolean, checkedIn?: boolean, subject?: string,
 *   convener?: Names, department?: Names, people?: number}} Meeting
 * @typedef {{room: string, site: string, epoch: number, revision: number, computedAt: string, validUntil: string, zone: string,
 *   face: {name: Names, floor: string, capacity: number, equipment: string[]}, offers: {book: number[], extend: number[], longest: number},
 *   meetings: Meeting[], entries: Entry[]}} Timeline
 */

const MINUTE = 60_000;

/** The shortest booking that a button proposes, ms. */
const SHORTEST = 5 * MINUTE;

/**
 * The entry in force, or undefined before the first and after the last thing the server knows.
 *
 * @param {Timeline} timeline
 * @param {number} now ms, the server's clock
 */
export function entryAt(timeline, now) {
  if (now >= Date.parse(timeline.validUntil)) return undefined;
  return timeline.entries.findLast((entry) => Date.parse(entry.from) <= now);
}

/**
 * The first instant after which an entry is no longer in force, ms.
 *
 * @param {Timeline} timeline
 * @param {Entry} entry
 */
export function endOf(timeline, entry) {
  const next = timeline.entries[timeline.entries.indexOf(entry) + 1];
  return Date.parse(next ? next.from : timeline.validUntil);
}

/**
 * The meeting that an entry speaks of.
 *
 * @param {Timeline} timeline
 * @param {Entry} entry
 * @returns {Meeting | undefined}
 */
export function meetingOf(timeline, entry) {
  return timeline.meetings.find((meeting) => meeting.id === entry.meeting);
}

/**
 * The next meeting that starts after an instant.
 *
 * @param {Timeline} timeline
 * @param {number} after ms
 * @returns {Meeting | undefined}
 */
export function meetingAfter(timeline, after) {
  return timeline.meetings.find((meeting) => Date.parse(meeting.from) > after);
}

/**
 * Whether a timeline must replace another of its room: by epoch, revision and time of computation.
 *
 * @param {Timeline} timeline
 * @param {Timeline | undefined} shown
 */
export function supersedes(timeline, shown) {
  if (!shown) return true;
  if (timeline.epoch !== shown.epoch) return timeline.epoch > shown.epoch;
  if (timeline.revision !== shown.revision) return timeline.revision > shown.revision;
  return byTime(timeline.computedAt, shown.computedAt) > 0;
}

/**
 * The bookings that fit from now on, the longest first; the one until the next meeting is among them unless it is longer than the
 * door may book.
 *
 * @param {Timeline} timeline
 * @param {number} now ms, the server's clock
 * @returns {{minutes: number, until: string, untilNext: boolean}[]}
 */
export function bookable(timeline, now) {
  const action = actionAt(timeline, now, 'book');
  if (!action) return [];
  const last = Date.parse(action.until);
  const lengths = [...timeline.offers.book].sort((a, b) => b - a);
  const fitting = lengths
    .map((minutes) => ({ minutes, at: now + minutes * MINUTE }))
    .filter(({ at }) => at <= last)
    .map(({ minutes, at }) => ({ minutes, until: instant(Math.min(upToMinute(at), last)), untilNext: false }));
  const left = last - now;
  const untilNext = { minutes: Math.floor(left / MINUTE), until: action.until, untilNext: true };
  const proposed = left >= SHORTEST && left <= timeline.offers.longest * MINUTE && !lengths.includes(untilNext.minutes);
  return proposed ? [untilNext, ...fitting].sort((a, b) => b.minutes - a.minutes) : fitting;
}

/**
 * The ends to which the running meeting may be moved, the nearest first.
 *
 * @param {Timeline} timeline
 * @param {number} now ms, the server's clock
 * @returns {{minutes: number, booking: number, end: string, newEnd: string}[]}
 */
export function extensions(timeline, now) {
  const action = actionAt(timeline, now, 'extend');
  const meeting = action && timeline.meetings.find(({ id }) => id === action.booking);
  if (!meeting) return [];
  const end = Date.parse(meeting.until);
  return timeline.offers.extend
    .map((minutes) => ({ minutes, at: end + minutes * MINUTE }))
    .filter(({ at }) => at <= Date.parse(action.until) && at > now)
    .map(({ minutes, at }) => ({ minutes, booking: meeting.id, end: meeting.until, newEnd: instant(at) }));
}

/**
 * What may be asked for now, if it may.
 *
 * @param {Timeline} timeline
 * @param {number} now ms, the server's clock
 * @param {string} act
 */
export function actionAt(timeline, now, act) {
  const entry = entryAt(timeline, now);
  return entry && actionsOf(timeline, entry).find((action) => action.act === act);
}

/** What may be asked for in a state without the timeline saying so, of the meeting that the state is about. */
const UNSAID = { preparing: 'check-in', 'check-in': 'check-in', 'in-use': 'end', ending: 'end', 'over-time': 'end' };

/** What a timeline says, and what goes without saying; nothing before the server has confirmed what is shown. */
function actionsOf(timeline, entry) {
  if (entry.assumed) return [];
  const booking = entry.meeting;
  const told = (entry.actions ?? []).map((action) => ({ booking, ...action }));
  const act = UNSAID[entry.state];
  const done = act === 'check-in' && meetingOf(timeline, entry)?.checkedIn;
  return act && !done ? [{ act, booking }, ...told] : told;
}

/** An instant as it stands on the wire, without the milliseconds that are not there. */
export function instant(ms) {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

function upToMinute(ms) {
  return Math.ceil(ms / MINUTE) * MINUTE;
}

/** Compares instants of the wire; their fractions may be finer than a millisecond. */
function byTime(a, b) {
  return Date.parse(a) - Date.parse(b) || compareText(fraction(a), fraction(b));
}

function fraction(text) {
  return (/\.(\d+)Z$/.exec(text)?.[1] ?? '').padEnd(9, '0');
}

function compareText(a, b) {
  return a < b ? -1 : Number(a > b);
}
