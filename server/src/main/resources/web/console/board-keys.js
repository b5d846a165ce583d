import { ZOOMS } from './board-scale.js';

/**
 * @typedef {import('./board-grid.js').BoardGrid} BoardGrid
 * @typedef {import('./board-data.js').Slip} Slip
 * @typedef {{room: string, from: number, until: number, slip?: Slip, turn: number}} Cursor `turn`: another with each step, so that it is heard
 */

const MINUTE = 60_000;

/** Rooms that a page of the keyboard goes. */
const PAGE = 8;

/** The keyboard on the board: a cursor that goes by slot and room, stretches, and carries bookings. */
export class BoardKeys {
  #grid;
  #plan;
  #turn = 0;

  /** @param {BoardGrid} grid */
  constructor(grid) {
    this.#grid = grid;
  }

  /** Whether a booking is held. */
  get holding() {
    return this.#plan !== undefined;
  }

  /** Lets go of what is held. */
  release() {
    this.#plan = undefined;
  }

  /** Other rooms or another time are shown: the cursor stays if its place is still there. */
  arranged() {
    const { cursor, scale, rows } = this.#grid;
    if (!cursor) return;
    const known = rows.some(({ id }) => id === cursor.room) && scale.shows(cursor);
    if (!known) this.#grid.cursor = undefined;
  }

  begin = () => {
    if (this.#grid.cursor || this.#grid.rows.length === 0) return;
    const { scale, now, rows } = this.#grid;
    const at = now >= scale.from && now < scale.until ? now : scale.from;
    this.#go(rows[0].id, at);
  };

  press = (event) => {
    if (event.altKey || event.metaKey || (event.ctrlKey && !['Home', 'End'].includes(event.key))) return;
    this.begin();
    if (!this.#grid.cursor) return;
    const done = this.holding ? this.#carry(event) : this.#walk(event);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  };

  #walk({ key, shiftKey }) {
    const { cursor, scale } = this.#grid;
    switch (key) {
      case 'ArrowRight':
        return shiftKey ? this.#stretch(1) : this.#go(cursor.room, cursor.until);
      case 'ArrowLeft':
        return shiftKey ? this.#stretch(-1) : this.#go(cursor.room, cursor.from - 1);
      case 'ArrowDown':
        return this.#go(this.#roomAt(1), cursor.from);
      case 'ArrowUp':
        return this.#go(this.#roomAt(-1), cursor.from);
      case 'PageDown':
        return this.#go(this.#roomAt(PAGE), cursor.from);
      case 'PageUp':
        return this.#go(this.#roomAt(-PAGE), cursor.from);
      case 'Home':
        return this.#go(cursor.room, scale.from);
      case 'End':
        return this.#go(cursor.room, scale.until - 1);
      case 'Enter':
      case ' ':
        return this.#take(cursor);
      case 'm':
      case 'M':
        return this.#lift(cursor);
      case 'Escape':
        return this.#go(cursor.room, cursor.from);
      default:
        return false;
    }
  }

  #carry({ key, shiftKey }) {
    const plan = this.#plan;
    const step = this.#grid.snap * MINUTE;
    switch (key) {
      case 'ArrowRight':
        return this.#hold(shiftKey ? { until: plan.until + step } : shifted(plan, step));
      case 'ArrowLeft':
        if (shiftKey) return this.#hold({ until: Math.max(plan.from + step, plan.until - step) });
        return this.#hold(shifted(plan, -step));
      case 'ArrowDown':
        return this.#hold({ room: this.#roomAt(1, plan.room) });
      case 'ArrowUp':
        return this.#hold({ room: this.#roomAt(-1, plan.room) });
      case 'Enter':
        this.#grid.drop(plan);
        return true;
      case 'Escape':
        this.#grid.release();
        return true;
      default:
        return false;
    }
  }

  /** The cell at an instant: a booking, or a slot as far as it is not taken. */
  #go(room, at) {
    const { scale, zoom } = this.#grid;
    const here = Math.max(scale.from, Math.min(at, scale.until - 1));
    const part = scale.parts.find((each) => here < each.until) ?? scale.parts.at(-1);
    const inside = Math.max(here, part.from);
    this.#grid.cursor = { room, ...cellAt(this.#grid.slipsOf(room), inside, part, scale.snap(inside, ZOOMS[zoom].slot), ZOOMS[zoom].slot), turn: ++this.#turn };
    return true;
  }

  /** Takes more or less free time. */
  #stretch(by) {
    const { cursor, snap } = this.#grid;
    if (cursor.slip) return true;
    const free = this.#grid.free(cursor.room, cursor.from);
    if (!free) return true;
    const until = Math.max(cursor.from + snap * MINUTE, Math.min(free.until, cursor.until + by * snap * MINUTE));
    this.#grid.cursor = { ...cursor, until, turn: ++this.#turn };
    return true;
  }

  #take({ room, from, until, slip }) {
    if (slip) this.#grid.openSlip(slip);
    else if (this.#grid.free(room, from) || this.#grid.free(room, until - 1)) this.#grid.drop({ kind: 'create', room, from, until });
    return true;
  }

  #lift({ slip }) {
    if (slip && this.#grid.movable(slip)) {
      this.#plan = { kind: 'move', slip, room: slip.room, from: slip.from, until: slip.until };
      this.#grid.draw(this.#plan);
    }
    return true;
  }

  #hold(part) {
    this.#plan = { ...this.#plan, ...part };
    this.#grid.show(this.#plan);
    this.#grid.draw(this.#plan);
    return true;
  }

  #roomAt(by, from = this.#grid.cursor.room) {
    const { rows } = this.#grid;
    const at = rows.findIndex(({ id }) => id === from);
    return rows[Math.max(0, Math.min(rows.length - 1, at + by))].id;
  }
}

function shifted({ from, until }, by) {
  return { from: from + by, until: until + by };
}

function cellAt(slips, at, part, start, minutes) {
  const slip = slips.find((each) => each.from <= at && at < each.until);
  if (slip) return { slip, from: Math.max(slip.from, part.from), until: Math.min(slip.until, part.until) };
  const before = slips.filter((each) => each.until <= at).reduce((last, each) => Math.max(last, each.until), part.from);
  const after = slips.filter((each) => each.from > at).reduce((first, each) => Math.min(first, each.from), part.until);
  return { from: Math.max(start, before), until: Math.min(start + minutes * MINUTE, after) };
}
