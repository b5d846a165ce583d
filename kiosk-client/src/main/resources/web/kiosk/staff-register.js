import { html, css, nothing, svg, LitElement } from 'lit';
import { command, Refused } from '/kit/api.js';
import { Idle } from '/kit/idle.js';
import { inLanguage, LANGUAGES, text } from '/kit/language.js';
import { wallTime } from '/kit/time.js';
import './own-meetings.js';
import './register-keys.js';

/** Nobody touches anything for so long: is somebody there? ms (K16). */
const QUIET = 60_000;

/** How long the server may take, ms; asking again would count as another try. */
const ANSWERED_WITHIN = 15_000;

/** How long the answer stays, s. */
const SHOWN_FOR = 15;

const PIN_LENGTH = 6;
const LONGEST_NUMBER = 32;

/**
 * Staff say who they are, by badge or by staff number and PIN, and see their meetings and the way there. Sends `home` when they
 * are done or gone; its host then throws it away with all that was typed, for it is kept nowhere else.
 */
export class StaffRegister extends LitElement {
  static properties = {
    /** Whether the server can be asked. */
    connected: { type: Boolean },
    language: { state: true },
    large: { type: Boolean, reflect: true },
    step: { type: String, reflect: true },
    number: { state: true },
    pin: { state: true },
    /** What went wrong, in both languages. */
    said: { state: true },
    registration: { state: true },
    left: { state: true },
  };

  static styles = css`
    :host {
      position: fixed;
      inset: 0;
      display: grid;
      grid-template: minmax(0, 1fr) auto / 100%;
      background: #14181d;
      --key: 24;
    }
    .page {
      min-height: 0;
      display: grid;
      grid-template: minmax(0, 1fr) auto / 100%;
      gap: calc(6 * var(--mm));
      padding: calc(14 * var(--mm)) calc(14 * var(--mm)) calc(6 * var(--mm));
    }
    .told {
      min-height: 0;
      overflow: hidden;
      display: flex;
      flex-direction: column;
      justify-content: flex-start;
      gap: calc(5 * var(--mm));
    }
    h1 {
      margin: 0;
      font-size: calc(9 * var(--mm) * var(--k, 1));
      line-height: 1.25;
    }
    p {
      margin: 0;
      font-size: calc(7 * var(--mm) * var(--k, 1));
      line-height: 1.35;
      color: #d5d9dd;
    }
    :host([large]) {
      --k: 1.4;
    }
    .problem {
      color: #1a1a1a;
      background: #ffb81c;
      border-radius: calc(14 * var(--u));
      padding: calc(4 * var(--mm)) calc(5 * var(--mm));
      font-weight: 600;
    }
    .typed {
      min-height: calc(16 * var(--mm));
      display: flex;
      align-items: center;
      gap: calc(4 * var(--mm));
      padding: 0 calc(5 * var(--mm));
      font-size: calc(11 * var(--mm));
      font-weight: 600;
      letter-spacing: 0.08em;
      border-bottom: calc(4 * var(--u)) solid #8fb8ff;
      overflow: hidden;
    }
    .dot {
      width: calc(8 * var(--mm));
      height: calc(8 * var(--mm));
      box-sizing: border-box;
      border: calc(3 * var(--u)) solid #c9ced4;
      border-radius: 50%;
    }
    .dot.full {
      background: #ffffff;
      border-color: #ffffff;
    }
    .keys {
      display: grid;
      gap: calc(6 * var(--mm));
      align-self: end;
    }
    .pair {
      display: grid;
      grid-template-columns: 1fr 2fr;
      gap: calc(6 * var(--mm));
    }
    button {
      font: inherit;
      font-size: calc(6 * var(--mm) * var(--k, 1));
      font-weight: 600;
      line-height: 1.15;
      min-height: calc(24 * var(--mm));
      color: #ffffff;
      background: #20262d;
      border: calc(2 * var(--u)) solid #77808a;
      border-radius: calc(14 * var(--u));
      padding: 0 calc(3 * var(--mm));
      cursor: pointer;
      touch-action: manipulation;
    }
    button.primary {
      color: #14181d;
      background: #ffffff;
      border-color: #ffffff;
    }
    button:disabled {
      color: #aab1b9;
      background: #171b20;
      border-style: dashed;
      cursor: default;
    }
    button:active:not(:disabled) {
      transform: scale(0.98);
    }
    button:focus-visible {
      outline: calc(4 * var(--u)) solid #8fb8ff;
      outline-offset: calc(3 * var(--u));
    }
    .tick {
      width: calc(22 * var(--mm));
      height: calc(22 * var(--mm));
      flex: none;
      color: #2fbf71;
    }
    .welcome {
      display: flex;
      align-items: center;
      gap: calc(6 * var(--mm));
    }
    .not-signed-in {
      color: #ffb81c;
      font-size: calc(6 * var(--mm) * var(--k, 1));
      font-weight: 600;
    }
    @media (orientation: portrait) {
      .page:not(.wide) .told {
        justify-content: flex-end;
      }
    }
    footer {
      display: flex;
      gap: calc(6 * var(--mm));
      padding: calc(4 * var(--mm)) calc(14 * var(--mm)) calc(6 * var(--mm));
      background: #0e1115;
    }
    footer button {
      flex: 1;
      min-height: calc(16 * var(--mm));
      font-size: calc(5 * var(--mm));
    }
    footer [aria-pressed="true"] {
      color: #14181d;
      background: #ffffff;
    }
    .ask {
      position: fixed;
      inset: 0;
      display: grid;
      align-content: end;
      justify-items: center;
      gap: calc(8 * var(--mm));
      padding: calc(14 * var(--mm)) calc(14 * var(--mm)) calc(30 * var(--mm));
      background: #0e1115;
      text-align: center;
    }
    .ask button {
      width: 100%;
    }
    .ring {
      width: calc(30 * var(--mm));
      height: calc(30 * var(--mm));
    }
    .ring circle {
      fill: none;
      stroke: #4a525b;
      stroke-width: 8;
    }
    .ring .rest {
      stroke: #ffb81c;
      stroke-dasharray: 100;
      animation: deplete 20s linear forwards;
      transform: rotate(-90deg);
      transform-origin: center;
    }
    .ring text {
      fill: #ffffff;
      font-size: 34px;
      font-weight: 600;
      text-anchor: middle;
    }
    @keyframes deplete {
      to {
        stroke-dashoffset: 100;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      .ring .rest {
        animation: none;
      }
    }
    @media (orientation: landscape) {
      :host {
        --key: 16;
      }
      .page {
        grid-template: minmax(0, 1fr) / minmax(0, 1fr) minmax(0, 1fr);
        padding: calc(10 * var(--mm)) calc(10 * var(--mm)) calc(4 * var(--mm));
      }
      .page.wide {
        grid-template: minmax(0, 1fr) auto / 100%;
      }
      footer {
        padding: calc(3 * var(--mm)) calc(10 * var(--mm)) calc(5 * var(--mm));
      }
      button {
        min-height: calc(18 * var(--mm));
      }
      .keys {
        gap: calc(4 * var(--mm));
      }
    }
  `;

  #idle = new Idle(this, () => this.#home(), QUIET);
  #timer;

  /** Whether it asks if somebody is there. It stays until the finger is up again, so that the touch goes to nothing below it. */
  #asks = false;

  constructor() {
    super();
    this.connected = true;
    this.language = LANGUAGES[0];
    this.large = false;
    this.#restart();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#idle.start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  willUpdate() {
    this.#asks ||= this.#idle.left !== undefined;
  }

  /** Takes what a reader has read; undefined for what can be no badge. While an answer is awaited nothing else is taken. */
  scanned(code) {
    if (this.step === 'asking') return;
    this.#restart();
    if (code === undefined) {
      this.said = this.#both('not-recognised');
    } else {
      this.#register({ badge: code });
    }
  }

  render() {
    return html`
      ${this.step === 'done' ? this.#done() : this.#question()}
      <footer>
        <button class="large-key" aria-pressed=${this.large} @click=${() => (this.large = !this.large)}>${this.#say('large')}</button>
        <button class="language-key" lang=${this.#other()} @click=${() => (this.language = this.#other())}>
          ${text('kiosk.register.language', {}, this.#other())}
        </button>
      </footer>
      ${this.#asks ? this.#stillThere(this.#idle.left) : nothing}
    `;
  }

  #question() {
    const asking = this.step === 'asking';
    const pin = this.step === 'pin';
    return html`
      <div class="page" lang=${this.language}>
        <div class="told">
          <h1>${this.#say('title')}</h1>
          <p role="status" class=${this.#trouble() ? 'problem' : ''}>${asking ? this.#say('asking') : (this.#trouble() ?? this.#say(`ask.${this.step}`))}</p>
          ${asking ? nothing : html`<div class="typed">${pin ? this.#dots() : this.number}</div>`}
        </div>
        <div class="keys">
          ${asking || !this.connected
            ? nothing
            : html`<register-keys
                ?letters=${!pin}
                .words=${{ back: this.#say('back-space'), letters: this.#say('letters') }}
                @key=${({ detail }) => this.#typed(detail)}
              ></register-keys>`}
          <div class="pair">
            <button class="home" @click=${() => this.#home()}>${this.#say('home')}</button>
            ${pin || asking
              ? nothing
              : html`<button class="primary next" ?disabled=${this.number === '' || !this.connected} @click=${this.#next}>${this.#say('next')}</button>`}
          </div>
        </div>
      </div>
    `;
  }

  #done() {
    const { name, cameAt, before, zone } = this.registration;
    const at = wallTime(Date.parse(cameAt), zone);
    const who = inLanguage(name, this.language);
    return html`
      <div class="page wide" lang=${this.language}>
        <div class="told">
          <div class="welcome" role="status">
            <svg class="tick" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.6" aria-hidden="true">
              <circle cx="12" cy="12" r="10"></circle>
              <path d="M7 12.5l3.5 3.5L17 8.5"></path>
            </svg>
            <h1>${this.#say(before ? 'known' : 'done', { who, at })}</h1>
          </div>
          <p class="not-signed-in">${this.#say('no-sign-in')}</p>
          <own-meetings .registration=${this.registration} language=${this.language} most=${this.#fit()}></own-meetings>
        </div>
        <div class="keys">
          <button class="primary home" @click=${() => this.#home()}>${this.#say('finish', { seconds: this.left })}</button>
        </div>
      </div>
    `;
  }

  /** How many meetings fit beside all else. */
  #fit() {
    if (innerWidth < innerHeight) return this.large ? 6 : 10;
    return this.large ? 2 : 4;
  }

  #stillThere(left) {
    return html`
      <div class="ask" role="alertdialog" aria-modal="true" aria-label=${this.#say('still-there')} lang=${this.language} @click=${this.#goOn}>
        <h1>${this.#say('still-there')}</h1>
        <svg class="ring" viewBox="0 0 100 100" aria-hidden="true">
          <circle cx="50" cy="50" r="42"></circle>
          <circle class="rest" cx="50" cy="50" r="42" pathLength="100"></circle>
          ${svg`<text x="50" y="62">${left}</text>`}
        </svg>
        <button class="primary stay">${this.#say('stay')}</button>
      </div>
    `;
  }

  #goOn = () => {
    this.#asks = false;
    this.requestUpdate();
  };

  #dots() {
    return Array.from({ length: PIN_LENGTH }, (_, at) => html`<i class="dot ${at < this.pin.length ? 'full' : ''}"></i>`);
  }

  #trouble() {
    if (!this.connected) return this.#say('offline');
    return this.said && inLanguage(this.said, this.language);
  }

  #typed(key) {
    this.said = undefined;
    const field = this.step === 'pin' ? 'pin' : 'number';
    const longest = field === 'pin' ? PIN_LENGTH : LONGEST_NUMBER;
    if (key === 'back') {
      this[field] = this[field].slice(0, -1);
    } else if (this[field].length < longest) {
      this[field] += key;
    }
    if (this.step === 'pin' && this.pin.length === PIN_LENGTH) {
      this.#register({ staffNumber: this.number, pin: this.pin });
    }
  }

  #next = () => {
    if (/^[A-Z0-9]/.test(this.number)) {
      this.step = 'pin';
    } else {
      this.#restart();
      this.said = this.#both('not-recognised');
    }
  };

  /** What was typed is forgotten as soon as it is sent. */
  async #register(who) {
    if (!this.connected) return;
    this.number = '';
    this.pin = '';
    this.said = undefined;
    this.step = 'asking';
    try {
      this.registration = await command('/api/kiosk/registrations', who, { attempts: 1, within: ANSWERED_WITHIN });
      if (!this.isConnected) return;
      this.step = 'done';
      this.#idle.stop();
      this.#stay(SHOWN_FOR);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#restart();
      this.said = this.#reason(error);
    }
  }

  #reason({ status, word, problem }) {
    if (status === 0) return this.#both('offline');
    if (word === 'too-many-tries') return this.#both('too-many', { minutes: problem.minutes });
    return this.#both(word === 'not-recognised' ? 'not-recognised' : 'failed');
  }

  #stay(left) {
    clearTimeout(this.#timer);
    this.left = left;
    if (left === 0) {
      this.#home();
    } else {
      this.#timer = setTimeout(() => this.#stay(left - 1), 1_000);
    }
  }

  #restart() {
    clearTimeout(this.#timer);
    this.#asks = false;
    this.step = 'number';
    this.number = '';
    this.pin = '';
    this.said = undefined;
    this.registration = undefined;
    this.left = undefined;
    if (this.isConnected) this.#idle.start();
  }

  #home() {
    this.#restart();
    this.dispatchEvent(new CustomEvent('home'));
  }

  #other() {
    return LANGUAGES.find((language) => language !== this.language);
  }

  #both(key, values = {}) {
    return { zh: text(`kiosk.register.${key}`, values, 'zh-CN'), en: text(`kiosk.register.${key}`, values, 'en') };
  }

  #say(key, values = {}) {
    return text(`kiosk.register.${key}`, values, this.language);
  }
}

customElements.define('staff-register', StaffRegister);
