import { css, LitElement } from 'lit';
import { endOf, entryAt } from './entry.js';
import { both } from './language.js';
import { isStranger } from './let-in.js';

/** The longest that the page sleeps, ms: its clock may have been corrected meanwhile. */
const LONGEST_SLEEP = 10_000;

/** Every so often the picture moves by a pixel, so that it does not burn in, ms. */
const ORBIT = 60_000;

/** The way of the picture on one axis, px; on the other axis it is a quarter behind. */
const WAY = [0, 1, 2, 3, 4, 4, 4, 4, 4, 3, 2, 1, 0, 0, 0, 0];

/**
 * A page that fills a glass on a wall for months. It is drawn anew when the live connection has changed, and by itself when the
 * minute, an entry or the age of what is known turns.
 */
export class GlassPage extends LitElement {
  static properties = {
    /** What the server says, a live connection; absent when the address does not name what is to be shown. */
    live: { attribute: false },
    /** Why the link of the address did not let this glass in. */
    refused: { attribute: false },
    /** Whether the server does not know this glass. */
    stranger: { state: true },
  };

  static styles = css`
    :host {
      display: block;
      overflow: hidden;
    }
    main {
      height: 100%;
      display: grid;
      transform: translate(var(--orbit-x, 0), var(--orbit-y, 0));
    }
  `;

  #connected = false;
  #timer;
  #orbitTimer;
  #step = 0;

  connectedCallback() {
    super.connectedCallback();
    this.live?.addEventListener('change', this.#onLive);
    document.addEventListener('visibilitychange', this.#onChange);
    this.#orbitTimer = setInterval(() => this.#orbit(), ORBIT);
    this.#askWhoIAm();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.live?.removeEventListener('change', this.#onLive);
    document.removeEventListener('visibilitychange', this.#onChange);
    clearInterval(this.#orbitTimer);
    clearTimeout(this.#timer);
  }

  updated(changed) {
    super.updated(changed);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.requestUpdate(), this.#untilNextChange());
  }

  /** The server's time, ms; the device's own where there is no connection to know it from. */
  now() {
    return this.live?.clock.now() ?? Date.now();
  }

  /** What is said instead of everything else, in both languages; undefined where the glass shows what it is for. */
  instead(missing) {
    if (this.refused) return this.refused.words;
    if (this.stranger) return both('live.not-let-in');
    return this.live ? undefined : missing;
  }

  #onChange = () => this.requestUpdate();

  /** Where the server has hung up or answers again, it may be that it does not know this glass any more, or does now. */
  #onLive = () => {
    this.requestUpdate();
    if (this.#connected === this.live.connected) return;
    this.#connected = this.live.connected;
    this.#askWhoIAm();
  };

  async #askWhoIAm() {
    this.stranger = await isStranger();
  }

  /** Sleeps until the picture changes by itself: the next minute, entry or age. */
  #untilNextChange() {
    const now = this.now();
    const turns = [Math.floor(now / 60_000) * 60_000 + 60_000, ...(this.live?.turns() ?? [])];
    for (const timeline of this.live?.shown() ?? []) {
      const entry = entryAt(timeline, now);
      if (entry) turns.push(endOf(timeline, entry));
    }
    const next = Math.min(...turns.filter((turn) => turn > now));
    return Math.min(LONGEST_SLEEP, next - now + 1);
  }

  #orbit() {
    this.#step = (this.#step + 1) % WAY.length;
    this.style.setProperty('--orbit-x', `${WAY[this.#step] - 2}px`);
    this.style.setProperty('--orbit-y', `${WAY[(this.#step + 12) % WAY.length] - 2}px`);
  }
}
