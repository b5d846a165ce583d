import { html, css, nothing, LitElement } from 'lit';
import { inLanguage, text } from '/kit/language.js';
import { timeOf } from './board-plan.js';
import './booking-refused.js';
import { controls } from './controls.js';
import { noticeStyles } from './notice-styles.js';

/** For so long a move can be taken back from here, ms. */
const UNDO = 10_000;

/**
 * Says where a booking was moved, and takes it back for a while; or why it was not moved, and where it might be. Sends `undo`, `instead`
 * and `close`.
 */
export class MoveDone extends LitElement {
  static properties = {
    moved: { attribute: false },
    room: { attribute: false },
    now: { type: Number },
    zone: { type: String },
    language: { type: String },
    undoable: { state: true },
  };

  static styles = [
    controls,
    noticeStyles,
    css`
      .acts {
        display: flex;
        gap: 8px;
        margin-inline-start: auto;
      }
      booking-refused {
        flex: 1 1 320px;
      }
    `,
  ];

  #timer;

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  willUpdate(changed) {
    if (!changed.has('moved')) return;
    clearTimeout(this.#timer);
    this.undoable = Boolean(this.moved?.back && !this.moved.refused);
    if (this.undoable) this.#timer = setTimeout(() => (this.undoable = false), UNDO);
  }

  render() {
    return html`<div role="status">${this.moved ? this.#card() : nothing}</div>`;
  }

  #card() {
    const { refused } = this.moved;
    return html`<div class="card">
      ${refused ? this.#refusal(refused) : this.#done()}
      <div class="acts">
        ${this.undoable ? html`<button class="undo" @click=${() => this.#tell('undo')}>${text('board.undo', {}, this.language)}</button>` : nothing}
        <button class="plain close" @click=${() => this.#tell('close')}>${text('console.close', {}, this.language)}</button>
      </div>
    </div>`;
  }

  #done() {
    const { booking, undone } = this.moved;
    const stretch = { from: Date.parse(booking.start), until: Date.parse(booking.end) };
    const time = inLanguage(timeOf(stretch, this.now, this.zone), this.language);
    return html`<p>
      <span class="word">${text(undone ? 'board.moved.back' : 'board.moved', {}, this.language)}</span>
      ${inLanguage(this.room.name, this.language)} ${time}
    </p>`;
  }

  #refusal(refused) {
    return html`<booking-refused
      .refused=${refused}
      .room=${this.moved.plan.room}
      .act=${text('board.move-there', {}, this.language)}
      .now=${this.now}
      .zone=${this.zone}
      .language=${this.language}
      @instead=${({ detail }) => this.#tell('instead', detail)}
    ></booking-refused>`;
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define('move-done', MoveDone);
