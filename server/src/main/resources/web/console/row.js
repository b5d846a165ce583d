import { entryAt, meetingAfter, meetingOf } from '/kit/entry.js';
import { both } from '/kit/language.js';
import { titleOf } from '/kit/meeting-title.js';
import { viewOf } from '/kit/room-view.js';
import { moment } from '/kit/time.js';

/**
 * @typedef {import('/kit/entry.js').Timeline} Timeline
 * @typedef {{zh: string, en: string}} Names
 * @typedef {{state: string, word: Names, left: number, lead?: Names, now?: {title: Names, people?: Names},
 *   next?: {at: Names, title: Names}}} Row
 */

const KNOWN = new Set(['projector', 'screen', 'whiteboard', 'phone', 'video', 'sound']);

/**
 * What the list says of a room at an instant.
 *
 * @param {Timeline | undefined} timeline
 * @param {number} now ms, the server's clock
 * @returns {Row}
 */
export function rowOf(timeline, now) {
  const { state, word, left, lead, title, people } = viewOf(timeline, now);
  const row = { state, word, left, lead, now: title && { title, people } };
  const next = timeline && entryAt(timeline, now) && following(timeline, now);
  return next ? { ...row, next: { at: moment(Date.parse(next.from), now, timeline.zone), title: titleOf(next) } } : row;
}

/** The next meeting that is not the one of which the room speaks already. */
function following(timeline, now) {
  const present = meetingOf(timeline, entryAt(timeline, now));
  return meetingAfter(timeline, Math.max(now, present ? Date.parse(present.from) : 0));
}

/**
 * The equipment of a room in words; a code that we have no word for stands for itself.
 *
 * @param {string[]} codes
 * @returns {Names[]}
 */
export function equipmentWords(codes) {
  return codes.map((code) => (KNOWN.has(code) ? both(`door.equipment.${code}`) : { zh: code, en: code }));
}
