/** How far two clocks may drift apart while nobody compares them: 100 parts in a million. */
const DRIFT = 1e-4;

/** A step between the device's two clocks above this, in ms, means that the device slept or was set. */
const STEP_MS = 2_000;

/**
 * The server's time on this device. Each question to the server bounds the offset of the clocks by half its round trip; the
 * tightest bound counts, and loosens with age. Measured against the monotonic clock, so that a device whose own clock is wrong, or
 * is set while the page runs, still shows the right thing. Before the first answer, and after a sleep, the device's
 * clock counts, corrected by the error that it had when last compared.
 */
export class ServerClock {
  #monotonic;
  #wall;
  #best;
  #skew = 0;

  /**
   * @param {{monotonic?: () => number, wall?: () => number, skew?: number}} [sources] ms; `skew` is the server's time less the device's
   *     when last compared, as a page kept it
   */
  constructor({ monotonic = () => performance.now(), wall = () => Date.now(), skew = 0 } = {}) {
    this.#monotonic = monotonic;
    this.#wall = wall;
    this.#skew = skew;
  }

  /** The server's time, ms since 1970. */
  now() {
    this.#noticeSleep();
    return this.#best ? this.#monotonic() + this.#best.offset : this.#wall() + this.#skew;
  }

  /** Whether a comparison with the server holds. */
  get known() {
    this.#noticeSleep();
    return this.#best !== undefined;
  }

  /** The server's time less the device's, ms: what a page keeps over a restart. */
  get skew() {
    return this.#skew;
  }

  /** The monotonic time at which a question leaves; to be handed to {@link heard}. */
  ask() {
    return this.#monotonic();
  }

  /**
   * Takes an answer of the server.
   *
   * @param {number} askedAt what {@link ask} gave
   * @param {number} serverNow ms since 1970, by the server
   */
  heard(askedAt, serverNow) {
    this.#noticeSleep();
    const at = this.#monotonic();
    const bound = (at - askedAt) / 2;
    const known = this.#best && this.#best.bound + (at - this.#best.at) * DRIFT;
    if (known === undefined || bound <= known) {
      this.#best = { offset: serverNow + bound - at, bound, at, apart: this.#apart() };
      this.#skew = this.#best.offset + at - this.#wall();
    }
  }

  /** Forgets what was compared: the next answer counts, however slow. For a new connection. */
  forget() {
    this.#best = undefined;
  }

  #apart() {
    return this.#wall() - this.#monotonic();
  }

  #noticeSleep() {
    if (this.#best && Math.abs(this.#apart() - this.#best.apart) > STEP_MS) {
      this.forget();
    }
  }
}
