import { endOf, entryAt, instant } from '/kit/entry.js';

/**
 * @typedef {import('/kit/entry.js').Timeline} Timeline
 * @typedef {{act: 'book', until: string} | {act: 'check-in', booking: number} | {act: 'end', booking: number}
 *   | {act: 'extend', booking: number, newEnd: string}} Command
 */

/** The id of a booking that the server has not confirmed yet. */
export const ASSUMED = -1;

/**
 * The timeline as it will be if the server agrees: what is painted while the command is under way.
 *
 * @param {Timeline} timeline
 * @param {Command} command
 * @param {number} now ms, the server's clock, when the command was given
 * @returns {Timeline}
 */
export function assume(timeline, command, now) {
  switch (command.act) {
    case 'book':
      return booked(timeline, command.until, now);
    case 'check-in':
      return checkedIn(timeline, command.booking, now);
    case 'end':
      return ended(timeline, command.booking, now);
    case 'extend':
      return extended(timeline, command.booking, command.newEnd, now);
    default:
      return timeline;
  }
}

function booked(timeline, until, now) {
  const meeting = { id: ASSUMED, from: instant(now), until, level: 'internal', checkedIn: true };
  const meetings = [...timeline.meetings, meeting].sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
  return { ...timeline, meetings, entries: laid(timeline, { from: instant(now), state: 'in-use', meeting: ASSUMED, assumed: true }, Date.parse(until)) };
}

function checkedIn(timeline, booking, now) {
  const entry = entryAt(timeline, now);
  const entries = timeline.entries.map((each) => (each === entry ? arrived(each, booking) : each));
  return { ...timeline, meetings: changed(timeline, booking, { checkedIn: true }), entries };
}

/** The entry in force once somebody has signed in to a booking, be it the entry's own or the next one. */
function arrived({ from, state, meeting }, booking) {
  return { from, state: state === 'check-in' && meeting === booking ? 'in-use' : state, meeting, assumed: true };
}

function ended(timeline, booking, now) {
  const last = timeline.entries.findLast(({ meeting }) => meeting === booking);
  const until = last ? endOf(timeline, last) : now;
  const meetings = timeline.meetings.filter(({ id }) => id !== booking);
  return { ...timeline, meetings, entries: laid(timeline, { from: instant(now), state: 'free' }, until) };
}

function extended(timeline, booking, newEnd, now) {
  const meetings = changed(timeline, booking, { until: newEnd });
  return { ...timeline, meetings, entries: laid(timeline, { from: instant(now), state: 'in-use', meeting: booking, assumed: true }, Date.parse(newEnd)) };
}

function changed(timeline, booking, change) {
  return timeline.meetings.map((meeting) => (meeting.id === booking ? { ...meeting, ...change } : meeting));
}

/** Lays an entry over the others, until an instant from which what was there goes on. */
function laid(timeline, entry, until) {
  const before = timeline.entries.filter(({ from }) => Date.parse(from) < Date.parse(entry.from));
  const after = timeline.entries.filter(({ from }) => Date.parse(from) > until);
  const under = entryAt(timeline, until);
  return [...before, entry, ...(under ? [{ ...under, from: instant(until) }] : []), ...after];
}
