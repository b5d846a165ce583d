import { both } from '/kit/language.js';
import { day, date, length, wallTime } from '/kit/time.js';
import { overlaps } from './board-scale.js';
import { titleOfSlip } from './slip-words.js';

/**
 * @typedef {import('./board-data.js').Slip} Slip
 * @typedef {import('./board-scale.js').Stretch} Stretch
 * @typedef {import('./company.js').Names} Names
 * @typedef {{kind: 'create' | 'move', room: string, from: number, until: number, slip?: Slip}} Plan what a hand or a key has drawn, before it holds
 * @typedef {{fits: boolean, words: Names}} Consequence
 */

/** What takes a room for itself: what is only asked for blocks nothing. */
export function takes(slip) {
  return slip.status !== 'requested';
}

/**
 * The free time around an instant in a room, within opening hours and from now on; none where it is taken, past or closed.
 *
 * @param {Slip[]} slips of the room
 * @param {Stretch[]} open
 * @param {number} at ms
 * @param {number} now ms
 * @returns {Stretch | undefined}
 */
export function freeAround(slips, open, at, now) {
  const hours = open.find(({ from, until }) => from <= at && at < until);
  if (!hours || at < now) return undefined;
  let { from, until } = { from: Math.max(hours.from, now), until: hours.until };
  for (const slip of slips.filter(takes)) {
    if (slip.from <= at && at < slip.until) return undefined;
    if (slip.until <= at) from = Math.max(from, slip.until);
    else until = Math.min(until, slip.from);
  }
  return { from, until };
}

/**
 * What comes of a plan if it holds, as far as can be said from here; the server decides.
 *
 * @param {Plan} plan
 * @param {{slips: Slip[], open: Stretch[], now: number, zone: string, room: import('./company.js').Room, others: boolean}} known `slips`: of
 *     the plan's room; `others`: whether the meeting is somebody else's
 * @returns {Consequence}
 */
export function consequenceOf(plan, { slips, open, now, zone, room, others }) {
  const what = plan.kind === 'create' ? 'create' : plan.slip.room === plan.room && plan.slip.from === plan.from ? 'stretch' : 'move';
  const lead = both(`board.plan.${what}`, { room: room.name, time: timeOf(plan, now, zone), length: length(plan.until - plan.from) });
  const clash = slips.find((slip) => slip.id !== plan.slip?.id && takes(slip) && overlaps(slip, plan));
  if (clash) return { fits: false, words: join(lead, both('board.plan.clash', { title: titleOfSlip(clash) })) };
  if (plan.from < now - LATE && plan.kind === 'create') return { fits: false, words: join(lead, both('board.plan.past')) };
  if (plan.kind === 'move' && plan.from < now && plan.from !== plan.slip.from) return { fits: false, words: join(lead, both('board.plan.past')) };
  if (!open.some((hours) => hours.from <= plan.from && plan.until <= hours.until)) {
    return { fits: false, words: join(lead, both('board.plan.closed')) };
  }
  if (needsApproval(room, plan)) return { fits: true, words: join(lead, both('board.plan.approval')) };
  if (plan.kind === 'create') return { fits: true, words: lead };
  return { fits: true, words: join(lead, both(others ? 'board.plan.told-others' : 'board.plan.told')) };
}

/** Whether a room is not simply taken for so long (K-4.1.2). */
function needsApproval({ booking, automaticUpTo }, { from, until }) {
  return booking === 'approval' || (automaticUpTo !== undefined && until - from > automaticUpTo * 60_000);
}

/** What began so lately may still be entered, ms. */
const LATE = 15 * 60_000;

/**
 * From when until when, with the day where it is not today.
 *
 * @param {Stretch} stretch
 * @returns {Names}
 */
export function timeOf({ from, until }, now, zone) {
  const times = `${wallTime(from, zone)}–${wallTime(until, zone)}`;
  if (date(from, zone) === date(now, zone)) return { zh: times, en: times };
  const name = day(from, zone);
  return { zh: `${name.zh} ${times}`, en: `${name.en} ${times}` };
}

function join(a, b) {
  return { zh: `${a.zh} · ${b.zh}`, en: `${a.en} · ${b.en}` };
}
