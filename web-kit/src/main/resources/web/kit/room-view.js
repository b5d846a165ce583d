import { endOf, entryAt, meetingAfter, meetingOf } from './entry.js';
import { both } from './language.js';
import { titleOf } from './meeting-title.js';
import { length, moment, wallTime } from './time.js';

/**
 * @typedef {import('./entry.js').Timeline} Timeline
 * @typedef {{zh: string, en: string}} Names
 * @typedef {{state: string, word: Names, left: number, lead?: Names, title?: Names, people?: Names, after?: {label: Names, at?: Names, title?: Names}, chips: Names[]}} View
 */

/**
 * What the door says at an instant, in words: nothing of it depends on anything but timeline and time.
 *
 * @param {Timeline | undefined} timeline
 * @param {number} now ms, the server's clock
 * @returns {View}
 */
export function viewOf(timeline, now) {
  const entry = timeline && entryAt(timeline, now);
  if (!entry) return unknown(timeline);
  const meeting = meetingOf(timeline, entry);
  const end = endOf(timeline, lastAlike(timeline, entry));
  const left = (end - now) / (end - Date.parse(entry.from));
  const view = { state: entry.state, word: wordOf(entry.state, meeting), left, chips: meeting ? chipsOf(entry.state, meeting) : [] };
  if (entry.state === 'free') return { ...view, ...free(timeline, entry, end, now) };
  if (entry.state === 'closed') return { ...view, lead: closed(timeline, entry, end, now) };
  return meeting?.level === 'strict' ? view : { ...view, ...held(timeline, entry.state, meeting, now) };
}

/** The last of the entries that follow without anything changing that a passer-by sees. */
function lastAlike(timeline, entry) {
  const index = timeline.entries.indexOf(entry);
  const other = timeline.entries.findIndex(({ state, meeting }, at) => at > index && (state !== entry.state || meeting !== entry.meeting));
  return timeline.entries[(other < 0 ? timeline.entries.length : other) - 1];
}

function unknown(timeline) {
  const lead = both(timeline ? 'door.unknown.past' : 'door.unknown.never');
  return { state: 'unknown', word: both('door.state.unknown'), left: 1, lead, chips: [] };
}

function wordOf(state, meeting) {
  const occupied = state === 'in-use' && meeting?.level === 'strict';
  return both(occupied ? 'door.state.occupied' : `door.state.${state}`);
}

function chipsOf(state, meeting) {
  const chips = [];
  if (meeting.reception && meeting.level !== 'strict') chips.push(both('door.meeting.reception'));
  if (meeting.checkedIn && state === 'preparing') chips.push(both('door.checked-in'));
  return chips;
}

/** Free is what can still be booked, even where the preparation of the next meeting begins before its start. */
function free(timeline, entry, end, now) {
  const bookable = entry.actions?.find(({ act }) => act === 'book')?.until;
  const until = bookable === undefined ? end : Math.max(end, Date.parse(bookable));
  const lead = both('door.time.left', { until: moment(until, now, timeline.zone), left: length(until - now) });
  const next = meetingAfter(timeline, now);
  return { lead, after: next ? nextWords(timeline, next, now) : { label: both('door.no-more') } };
}

function closed(timeline, entry, end, now) {
  const opens = timeline.entries.at(-1) !== entry;
  return both(opens ? 'door.closed.opens' : 'door.closed.until', { at: moment(end, now, timeline.zone) });
}

function held(timeline, state, meeting, now) {
  if (!meeting) return {};
  const next = meetingAfter(timeline, now);
  const soon = next && Date.parse(next.from) <= Date.parse(meeting.until) + NEXT_WITHIN ? nextWords(timeline, next, now) : undefined;
  return {
    lead: leadOf(timeline, state, meeting, now),
    title: titleOf(meeting),
    people: peopleOf(meeting),
    after: state === 'ending' || state === 'over-time' ? soon : undefined,
  };
}

/** A meeting that follows within this, ms, is told to those who are still in the room. */
const NEXT_WITHIN = 30 * 60_000;

function leadOf(timeline, state, meeting, now) {
  const from = Date.parse(meeting.from);
  const until = wallTime(Date.parse(meeting.until), timeline.zone);
  const span = { from: wallTime(from, timeline.zone), until };
  if (state === 'over-time') return both('door.time.over', { over: length(elapsed(Date.parse(meeting.until), now)), until });
  if (state === 'preparing') return both('door.start.in', { ...span, left: length(from - now) });
  if (state !== 'check-in') return both('door.time.left', { until, left: length(Date.parse(meeting.until) - now) });
  const ago = elapsed(from, now);
  return ago === 0 ? both('door.start.now', span) : both('door.start.ago', { ...span, ago: length(ago) });
}

/** Full minutes that have passed, ms. */
function elapsed(since, now) {
  return Math.max(0, Math.floor((now - since) / 60_000) * 60_000);
}

function peopleOf(meeting) {
  if (meeting.level !== 'internal') return undefined;
  const people = meeting.people === undefined ? undefined : both('door.people', { people: meeting.people });
  const parts = [meeting.convener, meeting.department, people].filter(Boolean);
  return { zh: parts.map(({ zh }) => zh).join('·'), en: parts.map(({ en }) => en).join(', ') };
}

function nextWords(timeline, next, now) {
  return { label: both('door.next'), at: moment(Date.parse(next.from), now, timeline.zone), title: titleOf(next) };
}
