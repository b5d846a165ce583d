import { html, css, LitElement } from 'lit';
import { inLanguage, text } from '/kit/language.js';
import { floorsOf } from './company.js';
import { rowOf } from './row.js';
import './room-row.js';

/** The rooms of a site, floor by floor, as they stand now. */
export class RoomList extends LitElement {
  static properties = {
    rooms: { attribute: false },
    timelines: { attribute: false },
    now: { type: Number },
    stale: { type: Boolean },
    admin: { type: Boolean },
    language: { type: String },
  };

  static styles = css`
    :host {
      display: block;
      container: list / inline-size;
    }
    section + section {
      margin-top: 24px;
    }
    h2 {
      margin: 0 0 8px;
      font-size: 13px;
      line-height: 20px;
      font-weight: 600;
      color: var(--ink2);
    }
    ul {
      list-style: none;
      margin: 0;
      padding: 0;
      background: var(--surface);
      border: 1px solid var(--line);
      border-radius: var(--radius-card);
    }
    li + li {
      border-top: 1px solid var(--line);
    }
    .stale {
      filter: saturate(40%);
    }
  `;

  render() {
    return floorsOf(this.rooms).map(
      ({ building, floor, rooms }) => html`<section>
        <h2>${inLanguage(building, this.language)} · ${this.#floor(floor)}</h2>
        <ul class=${this.stale ? 'stale' : ''}>${rooms.map((room) => this.#row(room))}</ul>
      </section>`,
    );
  }

  #floor(floor) {
    return /^\d+$/.test(floor) ? text('console.floor', { floor }, this.language) : floor;
  }

  #row(room) {
    const row = rowOf(this.timelines.get(room.id), this.now);
    return html`<li><room-row data-room=${room.id} .room=${room} .row=${row} .admin=${this.admin} .language=${this.language}></room-row></li>`;
  }
}

customElements.define('room-list', RoomList);
