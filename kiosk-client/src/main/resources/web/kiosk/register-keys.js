import { html, css, LitElement } from 'lit';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ', '-'];

/**
 * A pad of large keys: digits, and letters where they are wanted. Sends `key` with the character, or with `back`; the words on its
 * keys come from its host.
 */
export class RegisterKeys extends LitElement {
  static properties = {
    /** Whether letters can be had. */
    letters: { type: Boolean },
    /** What the keys for taking back and for letters are called. @type {{back: string, letters: string}} */
    words: { attribute: false },
    showsLetters: { state: true },
  };

  static styles = css`
    :host {
      display: block;
    }
    .pad {
      display: grid;
      grid-template-columns: repeat(3, 1fr);
      gap: calc(6 * var(--mm));
    }
    .pad.letters {
      grid-template-columns: repeat(7, 1fr);
      gap: calc(2.5 * var(--mm));
    }
    button {
      font: inherit;
      font-size: calc(11 * var(--mm));
      font-weight: 600;
      min-width: 0;
      height: calc(var(--key) * var(--mm));
      color: #ffffff;
      background: #20262d;
      border: calc(2 * var(--u)) solid #77808a;
      border-radius: calc(14 * var(--u));
      padding: 0;
      cursor: pointer;
      touch-action: manipulation;
    }
    .letters button {
      font-size: calc(8 * var(--mm));
    }
    button.word {
      font-size: calc(5 * var(--mm));
    }
    button.back {
      font-size: calc(9 * var(--mm));
    }
    .letters .word {
      grid-column: span 3;
    }
    button:active {
      background: #3a424b;
    }
    button:focus-visible {
      outline: calc(4 * var(--u)) solid #8fb8ff;
      outline-offset: calc(3 * var(--u));
    }
  `;

  constructor() {
    super();
    this.letters = false;
    this.showsLetters = false;
  }

  render() {
    const showsLetters = this.letters && this.showsLetters;
    return html`
      <div class="pad ${showsLetters ? 'letters' : ''}">
        ${(showsLetters ? LETTERS : DIGITS).map((key) => this.#key(key))}
        ${showsLetters ? '' : this.letters ? this.#toggle('ABC') : html`<span></span>`} ${showsLetters ? '' : this.#key('0')}
        <button class="word back" aria-label=${this.words.back} @click=${() => this.#send('back')}>⌫</button>
        ${showsLetters ? this.#toggle('123') : ''}
      </div>
    `;
  }

  #key(key) {
    return html`<button class="k" data-key=${key} @click=${() => this.#send(key)}>${key}</button>`;
  }

  #toggle(shown) {
    return html`<button class="word toggle" aria-label=${this.words.letters} @click=${this.#turn}>${shown}</button>`;
  }

  #turn = () => {
    this.showsLetters = !this.showsLetters;
  };

  #send(key) {
    this.dispatchEvent(new CustomEvent('key', { detail: key }));
  }
}

customElements.define('register-keys', RegisterKeys);
