import { both } from '/kit/language.js';

/**
 * @typedef {import('./board-data.js').Slip} Slip
 * @typedef {import('./company.js').Names} Names
 * @typedef {'requested' | 'held' | 'booked' | 'awaited' | 'running' | 'over'} Stand
 */

/** Before its start a meeting is awaited for so long, ms: its people may sign in. */
const AWAITED = 15 * 60_000;

/**
 * What can be read of a booking, as its title.
 *
 * @param {Slip} slip
 * @returns {Names}
 */
export function titleOfSlip({ subject, level }) {
  if (subject) return { zh: subject, en: subject };
  return both(level === 'internal' ? 'board.untitled' : `console.level.${level}`);
}

/**
 * How a booking stands at an instant.
 *
 * @param {Slip} slip
 * @param {number} now ms, the server's clock
 * @returns {Stand}
 */
export function standOf({ status, from, until, checkedIn }, now) {
  if (status !== 'confirmed') return status === 'requested' ? 'requested' : 'held';
  if (now >= until) return 'over';
  if (checkedIn) return now < from ? 'booked' : 'running';
  return now >= from - AWAITED ? 'awaited' : 'booked';
}

/**
 * The same in words.
 *
 * @param {Stand} stand
 * @returns {Names}
 */
export function wordOf(stand) {
  return both(`slip.${stand}`);
}

/**
 * With whom a request lies.
 *
 * @param {{what: string, person?: {name: Names}}} waitsFor
 * @returns {Names}
 */
export function waitsWords({ what, person }) {
  return person ? both('slip.waits.leader', { name: person.name }) : both(`slip.waits.${what}`);
}
