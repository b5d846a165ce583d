import { endOf } from '/kit/entry.js';
import { date, wallTime } from '/kit/time.js';

const HOUR = 3_600_000;
const HALF = HOUR / 2;

/** How much of the day the strip shows at the most, ms, and on a day with meetings of less than half an hour. */
const SPAN = 8 * HOUR;
const DENSE_SPAN = 4 * HOUR;

/** How many lines of words an hour needs. */
const ROWS_PER_HOUR = 2.5;

/** How much of what has passed it shows, ms, at the least. */
const PAST = HALF;

/**
 * @typedef {import('/kit/entry.js').Timeline} Timeline
 * @typedef {{kind: 'busy' | 'soon' | 'free' | 'closed' | 'unknown', from: number, until: number, top: number, height: number,
 *   meeting?: import('/kit/entry.js').Meeting}} Block
 */

/**
 * The part of the day that the strip shows, as blocks with shares of its height: the hours from just before now on, fewer of them on a
 * dense day or a low strip; once the room is closed, from just before its next opening.
 *
 * @param {Timeline} timeline
 * @param {number} now ms, the server's clock
 * @param {number} [rows] how many lines of words the strip is high
 * @returns {{from: number, until: number, blocks: Block[], hours: {at: number, label: string, top: number}[], now?: number}}
 */
export function stripOf(timeline, now, rows = 20) {
  const from = startOf(timeline, now);
  const roomy = Math.min(SPAN, Math.max(DENSE_SPAN, Math.floor(rows / ROWS_PER_HOUR) * HOUR));
  const span = isDense(timeline, from) ? DENSE_SPAN : roomy;
  const until = from + span;
  const share = (at) => (at - from) / span;
  const blocks = [...background(timeline, from, until), ...meetings(timeline)]
    .map((block) => ({ ...block, from: Math.max(block.from, from), until: Math.min(block.until, until) }))
    .filter((block) => block.until > block.from)
    .map((block) => ({ ...block, top: share(block.from), height: share(block.until) - share(block.from) }));
  const hours = wholeHours(from, until, timeline.zone).map((hour) => ({ ...hour, top: share(hour.at) }));
  return { from, until, blocks, hours, now: now >= from && now < until ? share(now) : undefined };
}

function isDense(timeline, from) {
  const soon = timeline.meetings.filter((each) => Date.parse(each.until) > from && Date.parse(each.from) < from + DENSE_SPAN);
  return soon.some((each) => Date.parse(each.until) - Date.parse(each.from) < HALF);
}

function startOf(timeline, now) {
  const closedNow = timeline.entries.find((entry) => entry.state === 'closed' && Date.parse(entry.from) <= now && endOf(timeline, entry) > now);
  const opens = closedNow && endOf(timeline, closedNow);
  const far = opens !== undefined && closedNow !== timeline.entries.at(-1) && opens - now > SPAN / 2;
  return Math.floor(((far ? opens : now) - PAST) / HALF) * HALF;
}

function background(timeline, from, until) {
  const known = Date.parse(timeline.validUntil);
  const blocks = timeline.entries.map((entry) => ({
    kind: kindOf(entry.state),
    from: Date.parse(entry.from),
    until: endOf(timeline, entry),
    meeting: entry.state === 'preparing' ? timeline.meetings.find(({ id }) => id === entry.meeting) : undefined,
  }));
  const beyond = until > known ? [{ kind: 'unknown', from: known, until }] : [];
  return [...blocks.filter(({ kind }) => kind), ...beyond];
}

/** What lies behind the meetings; a meeting's own states are drawn by its block. */
function kindOf(state) {
  if (state === 'preparing') return 'soon';
  return state === 'free' || state === 'closed' ? state : undefined;
}

/** A meeting that is over time is drawn for as long as the room is its own. */
function meetings(timeline) {
  return timeline.meetings.map((meeting) => {
    const over = timeline.entries.findLast((entry) => entry.meeting === meeting.id && entry.state === 'over-time');
    const until = Date.parse(meeting.until);
    return { kind: 'busy', from: Date.parse(meeting.from), until: over ? Math.max(until, endOf(timeline, over)) : until, meeting };
  });
}

/** The hours of the wall's clock, which need not be those of UTC. */
function wholeHours(from, until, zone) {
  const hours = [];
  for (let at = from; at <= until; at += HALF / 2) {
    const label = wallTime(at, zone);
    if (label.endsWith(':00')) hours.push({ at, label });
  }
  return hours;
}

/** Whether the strip shows a day other than today's. */
export function isAnotherDay(strip, now, zone) {
  return strip.now === undefined && date(strip.from + PAST, zone) !== date(now, zone);
}
