import { both } from './language.js';

/**
 * What may be read of a meeting at the door, as its title.
 *
 * @param {import('./entry.js').Meeting} meeting
 * @returns {{zh: string, en: string}}
 */
export function titleOf(meeting) {
  if (meeting.level === 'strict') return both('door.meeting.strict');
  if (meeting.level !== 'internal' || !meeting.subject) return both('door.meeting.masked');
  return { zh: meeting.subject, en: meeting.subject };
}
