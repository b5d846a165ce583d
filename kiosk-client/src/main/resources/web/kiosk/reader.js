/** A reader types as fast as this, ms between two characters; what comes slower is somebody at a keyboard, or noise. */
const GAP = 400;

/** The least and the most characters of a badge's code. */
const LEAST = 4;
const MOST = 32;

/**
 * Hears a badge reader, which types like a keyboard: the characters of a code, then Enter. Nothing needs to have the focus. Says
 * what it has read as the code in capitals, or as undefined where that can be no badge's; what is shorter than any code is noise.
 */
export class Reader {
  #read = '';
  #at = 0;
  #said;

  /**
   * @param {import('lit').ReactiveControllerHost} host
   * @param {(code: string | undefined) => void} said
   */
  constructor(host, said) {
    this.#said = said;
    host.addController(this);
  }

  hostConnected() {
    addEventListener('keydown', this.#onKey, true);
  }

  hostDisconnected() {
    removeEventListener('keydown', this.#onKey, true);
    this.#read = '';
  }

  #onKey = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const now = performance.now();
    if (now - this.#at > GAP) this.#read = '';
    this.#at = now;
    if (event.key === 'Enter') {
      this.#end(event);
    } else if (event.key.length === 1 && this.#read.length <= MOST) {
      this.#read += event.key;
    }
  };

  /** The Enter of a reader presses no key that happens to have the focus. */
  #end(event) {
    const read = this.#read.trim();
    this.#read = '';
    if (read.length < LEAST) return;
    event.preventDefault();
    event.stopPropagation();
    this.#said(read.length <= MOST && /^[0-9A-Za-z]+$/.test(read) ? read.toUpperCase() : undefined);
  }
}
