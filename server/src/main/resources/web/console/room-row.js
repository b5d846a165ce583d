import { html, css, nothing, LitElement } from 'lit';
import { inLanguage, text } from '/kit/language.js';
import '/kit/state-shape.js';
import { controls } from './controls.js';
import { equipmentWords } from './row.js';

/**
 * One room: what it is, how it stands, what comes next. Sends `book` with its id, and for an admin, who may drop calendar files on it,
 * `calendar` with `{room, file}` and `let-in` with the room.
 */
export class RoomRow extends LitElement {
  static properties = {
    room: { attribute: false },
    row: { attribute: false },
    admin: { type: Boolean },
    language: { type: String },
    over: { type: Boolean, reflect: true },
  };

  static styles = [
    controls,
    css`
      :host {
        display: grid;
        grid-template-columns: 20px minmax(0, 1fr) auto;
        grid-template-areas:
          "shape name action" "shape state action" "shape meetings meetings"
          "shape meta meta" "shape links links";
        gap: 4px 12px;
        padding: 14px 16px;
      }
      :host([over]) {
        background: var(--accent-soft);
        border-radius: var(--radius-card);
      }
      state-shape {
        grid-area: shape;
        width: 20px;
        margin-top: 2px;
      }
      .name {
        grid-area: name;
        min-width: 0;
      }
      h3 {
        margin: 0;
        font-size: 14px;
        line-height: 22px;
        font-weight: 600;
      }
      h3 a {
        color: inherit;
      }
      p {
        margin: 0;
      }
      .meta {
        grid-area: meta;
        font-size: 12px;
        line-height: 18px;
        color: var(--ink2);
      }
      .meta span {
        white-space: nowrap;
      }
      .state {
        grid-area: state;
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 8px;
      }
      .word {
        font-weight: 600;
      }
      .lead {
        font-size: 13px;
        line-height: 20px;
        color: var(--ink2);
      }
      .meetings {
        grid-area: meetings;
        min-width: 0;
        font-size: 13px;
        line-height: 20px;
      }
      .meetings p {
        overflow: hidden;
        text-overflow: ellipsis;
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
      }
      .next {
        color: var(--ink2);
      }
      .links {
        grid-area: links;
        display: flex;
        flex-wrap: wrap;
        gap: 0 16px;
        white-space: nowrap;
        font-size: 13px;
      }
      .links button {
        min-height: 0;
        padding: 0;
        border: 0;
        background: none;
        color: var(--accent);
        text-align: start;
        text-decoration: underline;
        text-decoration-color: color-mix(in srgb, currentcolor 35%, transparent);
        text-underline-offset: 3px;
      }
      .links button:hover {
        text-decoration-color: currentcolor;
      }
      .book {
        grid-area: action;
        align-self: start;
      }
      .free {
        color: var(--ok);
      }
      .preparing,
      .check-in {
        color: var(--warn);
      }
      .in-use,
      .ending,
      .over-time {
        color: var(--danger);
      }
      .closed,
      .unknown {
        color: var(--ink2);
      }
      @media (pointer: coarse) {
        .links a,
        .links button {
          padding: 8px 0;
        }
      }
      @container list (min-width: 760px) {
        :host {
          grid-template-columns: 20px minmax(0, 11fr) minmax(0, 8fr) minmax(0, 10fr) auto auto;
          grid-template-areas: "shape name state meetings links action" "shape meta state meetings links action";
          gap: 0 16px;
          align-items: center;
          padding: 10px 16px;
        }
        state-shape {
          margin: 0;
        }
        .name {
          align-self: end;
        }
        .meta {
          align-self: start;
        }
        .state {
          display: block;
        }
        .links {
          display: grid;
          grid-template-columns: auto auto;
          gap: 0 12px;
        }
        .links :first-child:not(:has(+ .let-in)) {
          grid-column: 1 / -1;
          justify-self: start;
        }
        .book {
          align-self: center;
        }
        .meetings p {
          -webkit-line-clamp: 1;
        }
      }
    `,
  ];

  connectedCallback() {
    super.connectedCallback();
    this.addEventListener('dragover', this.#dragged);
    this.addEventListener('dragleave', this.#left);
    this.addEventListener('drop', this.#dropped);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.removeEventListener('dragover', this.#dragged);
    this.removeEventListener('dragleave', this.#left);
    this.removeEventListener('drop', this.#dropped);
  }

  render() {
    const { state, word, left, lead } = this.row;
    return html`
      <state-shape class=${state} .state=${state} .left=${left}></state-shape>
      <div class="name">
        <h3><a href="/rooms/${this.room.id}">${this.#mine(this.room.name)}</a></h3>
      </div>
      <p class="meta">${this.#face()}</p>
      <div class="state">
        <span class="word ${state}">${this.#mine(word)}</span>
        ${lead ? html`<p class="lead">${this.#mine(lead)}</p>` : nothing}
      </div>
      <div class="meetings">${this.#meetings()}</div>
      <div class="links">
        <a href="/door/?room=${this.room.id}" aria-label=${this.#about('console.door')}>${this.#say('console.door')}</a>
        ${this.admin ? this.#deeds() : nothing}
      </div>
      <button class="book" aria-label=${this.#about('console.book')} @click=${this.#book}>${this.#say('console.book')}</button>
    `;
  }

  /** What an admin does with a room, beside booking it. */
  #deeds() {
    return html`
      <button class="let-in" aria-label=${this.#about('console.let-in.display')} @click=${this.#letIn}>${this.#say('console.let-in.display')}</button>
      <a href="/api/rooms/${this.room.id}/calendar.ics" download="${this.room.id}.ics" aria-label=${this.#about('console.calendar')}
        >${this.#say('console.calendar')}</a
      >
      <button class="import" aria-label=${this.#about('console.import')} @click=${this.#pick}>${this.#say('console.import')}</button>
      <input type="file" accept=".ics,text/calendar" hidden @change=${this.#picked} />
    `;
  }

  #face() {
    const capacity = text('door.capacity', { people: this.room.capacity }, this.language);
    const parts = [capacity, ...equipmentWords(this.room.equipment).map((words) => this.#mine(words))];
    return parts.map((part, at) => html`<span>${part}${at < parts.length - 1 ? ' ·' : ''}</span> `);
  }

  #meetings() {
    const { now, next } = this.row;
    return html`
      ${now ? html`<p class="now">${[now.title, now.people].filter(Boolean).map((words) => this.#mine(words)).join(' · ')}</p>` : nothing}
      ${next ? html`<p class="next">${this.#say('door.next')} ${this.#mine(next.at)} ${this.#mine(next.title)}</p>` : nothing}
    `;
  }

  /** The name of a thing of many rooms, told apart for those who hear it alone. */
  #about(key) {
    return `${this.#say(key)} ${this.#mine(this.room.name)}`;
  }

  #book() {
    this.#tell('book', this.room.id);
  }

  #letIn() {
    this.#tell('let-in', this.room);
  }

  #pick() {
    this.renderRoot.querySelector('input').click();
  }

  #picked({ target }) {
    this.#take(target.files[0]);
    target.value = '';
  }

  #dragged = (event) => {
    if (!this.admin || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    this.over = true;
  };

  #left = () => (this.over = false);

  #dropped = (event) => {
    event.preventDefault();
    this.over = false;
    this.#take(event.dataTransfer.files[0]);
  };

  #take(file) {
    if (file) this.#tell('calendar', { room: this.room, file });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #say(key) {
    return text(key, {}, this.language);
  }

  #mine(names) {
    return inLanguage(names, this.language);
  }
}

customElements.define('room-row', RoomRow);
