/**
 * @typedef {import('./board-grid.js').BoardGrid} BoardGrid
 * @typedef {import('./board-plan.js').Plan} Plan
 */

const MINUTE = 60_000;

/** A hand that moves less than this has clicked, px. */
const STILL = 4;

/** So near to the edge of what can be seen the board moves along, px. */
const NEAR_EDGE = 36;

/** What a click on free time proposes, minutes. */
const PROPOSED = 60;

/** The hand on the board: shows what is free, draws, moves and stretches. All that follows the pointer happens once a frame. */
export class BoardHand {
  #grid;
  #pressed;
  #plan;
  #last;
  #frame = 0;

  /** @param {BoardGrid} grid */
  constructor(grid) {
    this.#grid = grid;
  }

  /** Whether something is held. */
  get busy() {
    return this.#pressed !== undefined;
  }

  down = (event) => {
    if (event.button !== 0 || event.target.closest('a') || event.target.closest('.room, .head, .floor')) return;
    const place = this.#grid.placeAt(event.clientX, event.clientY);
    if (!place.room) return;
    const slip = this.#slipOf(event.target);
    this.#pressed = { x: event.clientX, y: event.clientY, place, slip, edge: edgeOf(event.target), touch: event.pointerType === 'touch' };
    if (this.#pressed.touch) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    addEventListener('keydown', this.#escape, true);
  };

  move = (event) => {
    if (event.pointerType === 'touch') return;
    this.#last = { x: event.clientX, y: event.clientY, target: event.target };
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#draw);
  };

  up = (event) => {
    const pressed = this.#pressed;
    const plan = this.#plan;
    const still = pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < STILL;
    this.#let();
    if (plan) this.#grid.drop(plan);
    else if (still) this.#click(pressed);
  };

  cancel = () => {
    const drawn = this.#plan;
    this.#let();
    if (drawn) this.#grid.draw(undefined);
  };

  leave = () => {
    if (!this.busy) this.#grid.hint(undefined);
  };

  #escape = (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.cancel();
  };

  #let() {
    this.#pressed = undefined;
    this.#plan = undefined;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    removeEventListener('keydown', this.#escape, true);
  }

  /** A booking is opened; on free time the coming hour is proposed. */
  #click({ slip, place }) {
    if (slip) {
      this.#grid.openSlip(slip);
      return;
    }
    const free = this.#grid.free(place.room.id, place.at);
    if (!free) return;
    const from = this.#begin(place.at, free);
    const until = Math.min(from + PROPOSED * MINUTE, free.until);
    this.#grid.drop({ kind: 'create', room: place.room.id, from, until });
  }

  #draw = () => {
    this.#frame = 0;
    if (!this.#last) return;
    if (!this.#pressed) {
      this.#look();
      return;
    }
    const { x, y } = this.#last;
    if (!this.#plan && Math.hypot(x - this.#pressed.x, y - this.#pressed.y) < STILL) return;
    this.#grid.hint(undefined);
    const plan = this.#planAt(this.#grid.placeAt(x, y));
    if (plan) {
      this.#plan = plan;
      this.#grid.draw(plan);
    }
    if (this.#plan && this.#pull(x, y)) this.#frame = requestAnimationFrame(this.#draw);
  };

  /** What is under a hand that holds nothing. */
  #look() {
    const { x, y, target } = this.#last;
    const place = this.#grid.placeAt(x, y);
    const slip = this.#slipOf(target);
    if (!place.room || place.x < 0 || target.closest?.('.room, .head, .floor')) this.#grid.hint(undefined);
    else if (slip) this.#grid.hint({ x: place.x, y: place.y, slip });
    else this.#grid.hint({ x: place.x, y: place.y, room: place.room, free: this.#grid.free(place.room.id, place.at), closed: this.#grid.kindAt(place.room.id, place.at) });
  }

  /** @returns {Plan | undefined} */
  #planAt(place) {
    const { slip } = this.#pressed;
    if (!slip) return this.#drawn(place);
    if (!this.#grid.movable(slip)) return undefined;
    return this.#pressed.edge ? this.#stretched(place, slip) : this.#carried(place, slip);
  }

  /** New time in the room where it was begun, within what is free there. */
  #drawn({ at }) {
    const { place } = this.#pressed;
    const free = this.#grid.free(place.room.id, place.at);
    if (!free) return undefined;
    const step = this.#grid.snap * MINUTE;
    const anchor = this.#begin(place.at, free);
    const here = this.#grid.scale.snap(at, this.#grid.snap);
    const [from, until] = here < anchor ? [here, anchor + step] : [anchor, here + step];
    return { kind: 'create', room: place.room.id, from: Math.max(from, this.#begin(free.from, free)), until: Math.min(until, free.until) };
  }

  /** The booking where the hand is, as long as it was. */
  #carried({ at, room }, slip) {
    const grabbed = this.#pressed.place.at - slip.from;
    const from = this.#grid.scale.snap(at - grabbed, this.#grid.snap, Math.round);
    return { kind: 'move', slip, room: (room ?? this.#roomOf(slip)).id, from, until: from + slip.until - slip.from };
  }

  #stretched({ at }, slip) {
    const step = this.#grid.snap * MINUTE;
    const here = this.#grid.scale.snap(at, this.#grid.snap, Math.round);
    const edge = this.#pressed.edge;
    const from = edge === 'from' ? Math.min(here, slip.until - step) : slip.from;
    const until = edge === 'until' ? Math.max(here, slip.from + step) : slip.until;
    return { kind: 'move', slip, room: slip.room, from, until };
  }

  /** The step in which free time begins that is asked for at an instant: what has just begun may still be entered. */
  #begin(at, free) {
    return Math.max(this.#grid.scale.snap(at, this.#grid.snap), this.#grid.scale.snap(free.from, this.#grid.snap, free.from > this.#grid.now ? Math.ceil : Math.floor));
  }

  /** Takes the board along where the hand comes near its edge. */
  #pull(x, y) {
    const { left, top, right, bottom } = this.#grid.view;
    const by = (at, low, high) => (at < low + NEAR_EDGE ? Math.max(-24, (at - low - NEAR_EDGE) / 2) : at > high - NEAR_EDGE ? Math.min(24, (at - high + NEAR_EDGE) / 2) : 0);
    const across = by(x, left, right);
    const down = by(y, top, bottom);
    return (across !== 0 || down !== 0) && this.#grid.scrollBy(across, down);
  }

  #slipOf(target) {
    const id = target.closest?.('.slip')?.dataset.id;
    return id === undefined ? undefined : this.#grid.slip(Number(id));
  }

  #roomOf(slip) {
    return this.#grid.rows.find(({ id }) => id === slip.room);
  }
}

function edgeOf(target) {
  if (!target.classList?.contains('edge')) return undefined;
  return target.classList.contains('from') ? 'from' : 'until';
}
