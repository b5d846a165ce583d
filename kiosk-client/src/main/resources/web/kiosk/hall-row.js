import { html, css, nothing, LitElement } from 'lit';
import { bilingual } from '/kit/bilingual.js';
import '/kit/state-shape.js';

/** One meeting: when, what, where. */
export class HallRow extends LitElement {
  static properties = { row: { attribute: false } };

  static styles = css`
    :host {
      box-sizing: border-box;
      height: 100%;
      display: grid;
      grid-template-columns: calc(44 * var(--u)) calc(246 * var(--u)) minmax(0, 1fr) fit-content(calc(300 * var(--u)));
      gap: calc(20 * var(--u));
      align-items: center;
      border-top: 1px solid #2b323a;
      line-height: 1.25;
    }
    state-shape {
      width: calc(44 * var(--u));
    }
    .now {
      color: var(--strip-busy);
    }
    .soon {
      color: var(--strip-soon);
    }
    .later {
      color: #8d959e;
    }
    .time {
      display: block;
      color: #ffffff;
      font-size: calc(34 * var(--u));
      font-weight: 600;
      white-space: nowrap;
    }
    .small {
      display: block;
      font-size: calc(20 * var(--u));
      white-space: nowrap;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .later .small {
      color: #c9ced4;
    }
    .what,
    .where {
      min-width: 0;
      color: #ffffff;
    }
    .title {
      display: block;
      font-size: calc(34 * var(--u));
      font-weight: 600;
      white-space: nowrap;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .title .en {
      font-size: 0.7em;
      font-weight: 400;
      color: #c9ced4;
    }
    .what .small,
    .where .small {
      color: #c9ced4;
    }
    .where {
      text-align: end;
    }
    .where .title {
      font-weight: 500;
    }
    .floor {
      color: #ffffff;
    }
    @media (orientation: landscape) {
      :host {
        grid-template-columns: calc(44 * var(--u)) calc(270 * var(--u)) minmax(0, 1fr) fit-content(calc(320 * var(--u)));
      }
    }
  `;

  render() {
    const { group, state, left, from, until, title, people, word, when, room, floor } = this.row;
    return html`
      <state-shape class=${group} .state=${state === 'later' ? 'preparing' : state} .left=${left}></state-shape>
      <div class=${group}>
        <span class="time">${from}–${until}</span>
        <span class="small">${bilingual(when ?? word)}</span>
      </div>
      <div class="what">
        <span class="title">${title.zh === title.en ? title.zh : bilingual(title)}</span>
        ${people ? html`<span class="small">${bilingual(people)}</span>` : nothing}
      </div>
      <div class="where">
        <span class="title">${room.zh}</span>
        <span class="small"><span lang="en">${room.en}</span> · <span class="floor">${floor}</span></span>
      </div>
    `;
  }
}

customElements.define('hall-row', HallRow);
