import { instant } from '/kit/entry.js';
import { both } from '/kit/language.js';
import { date, wallTime } from '/kit/time.js';
import { instantsOf, nearestTo } from '/kit/wall-clock.js';

/**
 * @typedef {{zh: string, en: string}} Names
 * @typedef {{room: string, subject: string, date: string, from: string, to: string, later: {from?: boolean, to?: boolean}, timed: boolean,
 *   meetingType: string, level: string, convener?: import('./company.js').Person, convenerWords: string, headCount: string}} Draft
 *     `later`: of a wall time that comes twice, the second one is meant; `timed`: date or times were chosen by hand
 * @typedef {{words: Names, times?: string[]}} Fault `times`: what may be chosen instead
 */

const STEP = 15;
const MINUTE = 60_000;
const LONGEST_SUBJECT = 200;
const MOST_PEOPLE = 10_000;

/** The times of a day that the form proposes, 00:00 to 24:00. */
export const TIMES = Array.from({ length: (24 * 60) / STEP + 1 }, (_, i) => clock(i * STEP));

/** What the form begins with. */
export const EMPTY = Object.freeze({
  room: '',
  subject: '',
  date: '',
  from: TIMES[0],
  to: TIMES[1],
  later: {},
  timed: false,
  meetingType: 'ad-hoc',
  level: '',
  convenerWords: '',
  headCount: '',
});

/**
 * A draft for the coming hour, unless its time was chosen by hand.
 *
 * @param {Draft} draft
 * @param {number} now ms, the server's clock
 * @param {string} zone IANA
 * @returns {Draft}
 */
export function timely(draft, now, zone) {
  if (draft.timed) return draft;
  const start = Math.ceil(now / (STEP * MINUTE)) * STEP * MINUTE;
  const from = wallTime(start, zone);
  return { ...draft, date: date(start, zone), from, to: after(from, 60) };
}

/** A draft whose start is moved; its end moves along. */
export function withStart(draft, from) {
  const length = Math.max(STEP, minutes(draft.to) - minutes(draft.from));
  return { ...draft, from, to: after(from, length), later: {}, timed: true };
}

/**
 * The instants that a wall time of the draft may mean, ms.
 *
 * @param {Draft} draft
 * @param {'from' | 'to'} edge
 * @param {string} zone IANA
 */
export function meant(draft, edge, zone) {
  return instantsOf(draft.date, draft[edge], zone);
}

/**
 * The booking that is asked for, or what is still wrong, by field.
 *
 * @param {Draft} draft
 * @param {string} level
 * @param {string} zone IANA
 * @returns {{request?: Record<string, unknown>, faults: Record<string, Fault>}}
 */
export function requestOf(draft, level, zone) {
  const faults = faultsOf(draft, zone);
  if (Object.keys(faults).length > 0) return { faults };
  const request = {
    subject: draft.subject.trim(),
    start: instant(chosen(draft, 'from', zone)),
    end: instant(chosen(draft, 'to', zone)),
    meetingType: draft.meetingType,
    level,
  };
  if (draft.convener) request.convener = draft.convener.staffNumber;
  if (draft.headCount !== '') request.headCount = Number(draft.headCount);
  return { request, faults };
}

function faultsOf(draft, zone) {
  const faults = {};
  const subject = draft.subject.trim();
  if (!draft.room) faults.room = { words: both('console.need.room') };
  if (subject === '') faults.subject = { words: both('console.need.subject') };
  if ([...subject].length > LONGEST_SUBJECT) faults.subject = { words: both('console.need.shorter', { most: LONGEST_SUBJECT }) };
  if (draft.date === '') faults.date = { words: both('console.need.date') };
  else Object.assign(faults, faultsOfTime(draft, zone));
  if (draft.convenerWords.trim() !== '' && !draft.convener) faults.convener = { words: both('console.need.convener') };
  if (!countable(draft.headCount)) faults.headCount = { words: both('console.need.head-count', { most: MOST_PEOPLE }) };
  return faults;
}

function faultsOfTime(draft, zone) {
  const faults = {};
  for (const edge of ['from', 'to']) {
    if (meant(draft, edge, zone).length === 0) {
      const times = nearestTo(draft.date, draft[edge], zone, STEP);
      faults[edge] = { words: both('console.time.skipped', { time: draft[edge] }), times };
    }
  }
  const known = !faults.from && !faults.to;
  return known && chosen(draft, 'from', zone) >= chosen(draft, 'to', zone) ? { to: { words: both('console.need.later-end') } } : faults;
}

function chosen(draft, edge, zone) {
  const instants = meant(draft, edge, zone);
  return draft.later[edge] ? instants.at(-1) : instants[0];
}

function countable(words) {
  if (words === '') return true;
  const people = Number(words);
  return Number.isInteger(people) && people >= 1 && people <= MOST_PEOPLE;
}

function after(time, by) {
  return clock(Math.min(24 * 60, minutes(time) + by));
}

function minutes(time) {
  const [hour, minute] = time.split(':').map(Number);
  return hour * 60 + minute;
}

function clock(minute) {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
