/** A sub-page of which nobody has touched anything for so long asks whether somebody is there, ms. */
const QUIET = 45_000;

/** And goes back after so much more, s. */
const GRACE = 20;

/** Counts a sub-page down: quiet first, then in seconds that its host shows; any touch or key starts anew (WCAG 2.2.1). */
export class Idle {
  /** Seconds that are left, once it asks. @type {number | undefined} */
  left;

  #host;
  #done;
  #quiet;
  #timer;

  /**
   * @param {import('lit').ReactiveControllerHost & HTMLElement} host
   * @param {() => void} done what to do when nobody is there
   * @param {number} [quiet] how long nobody may touch anything, ms
   */
  constructor(host, done, quiet = QUIET) {
    this.#host = host;
    this.#done = done;
    this.#quiet = quiet;
    host.addController(this);
  }

  hostConnected() {
    addEventListener('pointerdown', this.#touched, true);
    addEventListener('keydown', this.#touched, true);
  }

  hostDisconnected() {
    removeEventListener('pointerdown', this.#touched, true);
    removeEventListener('keydown', this.#touched, true);
    this.stop();
  }

  /** Begins to wait. */
  start() {
    this.stop();
    this.#timer = setTimeout(() => this.#count(GRACE), this.#quiet);
  }

  /** Waits no longer. */
  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.left = undefined;
  }

  #touched = () => {
    if (this.#timer !== undefined) {
      this.start();
      this.#host.requestUpdate();
    }
  };

  #count(left) {
    if (left === 0) {
      this.stop();
      this.#done();
      return;
    }
    this.left = left;
    this.#host.requestUpdate();
    this.#timer = setTimeout(() => this.#count(left - 1), 1_000);
  }
}
