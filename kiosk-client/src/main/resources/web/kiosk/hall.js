import { endOf, entryAt, meetingOf } from '/kit/entry.js';
import { both } from '/kit/language.js';
import { titleOf } from '/kit/meeting-title.js';
import { date, length, wallTime } from '/kit/time.js';

/**
 * @typedef {import('/kit/entry.js').Timeline} Timeline
 * @typedef {import('/kit/entry.js').Meeting} Meeting
 * @typedef {{zh: string, en: string}} Names
 * @typedef {{key: string, group: 'now' | 'soon' | 'later', state: string, left: number, at: number, from: string, until: string,
 *   title: Names, people?: Names, word: Names, when?: Names, room: Names, floor: string}} Row
 * @typedef {{rooms: number, free: number, unknown: number, rows: Row[]}} Hall
 */

/** A meeting that starts within this is about to start, ms. */
const SOON = 60 * 60_000;

/**
 * What the hall shows at an instant: today's meetings that are not over, the running ones first, and how many rooms are free.
 * A room about which nothing is known is neither free nor taken.
 *
 * @param {Timeline[]} timelines of a site's rooms
 * @param {number} now ms, the server's clock
 * @returns {Hall}
 */
export function hallOf(timelines, now) {
  const known = timelines.filter((timeline) => entryAt(timeline, now));
  const free = known.filter((timeline) => entryAt(timeline, now).state === 'free').length;
  const rows = known.flatMap((timeline) => rowsOf(timeline, now)).sort(byGroupAndTime);
  return { rooms: timelines.length, free, unknown: timelines.length - known.length, rows };
}

function rowsOf(timeline, now) {
  const entry = entryAt(timeline, now);
  const present = meetingOf(timeline, entry);
  const today = date(now, timeline.zone);
  const later = timeline.meetings.filter(
    (meeting) => meeting.id !== present?.id && Date.parse(meeting.from) > now && date(Date.parse(meeting.from), timeline.zone) === today,
  );
  const rows = later.map((meeting) => rowOf(timeline, meeting, 'later', 0, now));
  if (present) {
    const left = (endOf(timeline, entry) - now) / (endOf(timeline, entry) - Date.parse(entry.from));
    rows.push(rowOf(timeline, present, entry.state, left, now));
  }
  return rows;
}

function rowOf(timeline, meeting, state, left, now) {
  const { name, floor } = timeline.face;
  const at = Date.parse(meeting.from);
  return {
    key: `${timeline.room}-${meeting.id}`,
    group: groupOf(state, at, now),
    state,
    left,
    at,
    from: wallTime(at, timeline.zone),
    until: wallTime(Date.parse(meeting.until), timeline.zone),
    title: titleOf(meeting),
    people: peopleOf(meeting),
    word: wordOf(state, meeting, at, now),
    when: whenOf(state, meeting, at, now),
    room: name,
    floor,
  };
}

function groupOf(state, at, now) {
  if (state !== 'later' && state !== 'preparing') return 'now';
  return at - now <= SOON ? 'soon' : 'later';
}

function wordOf(state, meeting, at, now) {
  if (state === 'later') return both(at - now <= SOON ? 'kiosk.soon' : 'kiosk.later');
  if (state === 'in-use' && meeting.level === 'strict') return both('door.state.occupied');
  return both(`door.state.${state}`);
}

/** How long until it starts or ends, where that is near enough to matter. */
function whenOf(state, meeting, at, now) {
  if (at > now) return at - now <= SOON ? both('kiosk.starts-in', { left: length(at - now) }) : undefined;
  const left = Date.parse(meeting.until) - now;
  return state !== 'over-time' && left > 0 ? both('kiosk.ends-in', { left: length(left) }) : undefined;
}

function peopleOf(meeting) {
  if (meeting.level !== 'internal') return undefined;
  const parts = [meeting.convener, meeting.department].filter(Boolean);
  if (parts.length === 0) return undefined;
  return { zh: parts.map(({ zh }) => zh).join(' · '), en: parts.map(({ en }) => en).join(' · ') };
}

const GROUPS = ['now', 'soon', 'later'];

function byGroupAndTime(a, b) {
  return (
    GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) ||
    a.at - b.at ||
    a.floor.localeCompare(b.floor) ||
    a.room.zh.localeCompare(b.room.zh, 'zh-CN')
  );
}
