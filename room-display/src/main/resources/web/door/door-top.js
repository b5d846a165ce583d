import { html, css, LitElement } from 'lit';
import { bilingual } from '/kit/bilingual.js';
import { both } from '/kit/language.js';
import { day, wallTime } from '/kit/time.js';
import { hasIcon, icon } from './icons.js';

/** What stands at the door whatever happens: which room this is, what it has, and the time. */
export class DoorTop extends LitElement {
  static properties = { timeline: { attribute: false }, now: { type: Number } };

  static styles = css`
    :host {
      display: flex;
      align-items: center;
      gap: calc(5 * var(--u));
      padding: 0 calc(5 * var(--u));
      height: calc(12 * var(--u));
      background: #0e1115;
      white-space: nowrap;
    }
    h1 {
      margin: 0;
      font-size: calc(6.6 * var(--u));
      line-height: 1.35;
      font-weight: 600;
      display: flex;
      align-items: baseline;
      gap: 0.45em;
      min-width: 0;
      overflow: hidden;
    }
    h1 .zh {
      flex: 0 1 auto;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    h1 .en {
      flex: 0 1000 auto;
      font-size: 0.72em;
      font-weight: 400;
      color: #c9ced4;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    h1.long {
      flex-direction: column;
      font-size: calc(4.6 * var(--u));
      line-height: 1.15;
      gap: 0;
    }
    h1.long > span {
      max-width: 100%;
    }
    h1.long ~ .time .date .en {
      display: none;
    }
    .facts {
      flex: none;
      display: flex;
      align-items: center;
      gap: calc(3 * var(--u));
      color: #c9ced4;
      font-size: calc(4.5 * var(--u));
    }
    .facts span {
      display: inline-flex;
      align-items: center;
      gap: 0.3em;
    }
    .icon {
      width: calc(5.4 * var(--u));
      height: calc(5.4 * var(--u));
    }
    .time {
      margin-left: auto;
      display: flex;
      align-items: baseline;
      gap: calc(3.2 * var(--u));
      font-size: calc(4 * var(--u));
      color: #c9ced4;
    }
    time {
      font-size: calc(7.4 * var(--u));
      font-weight: 600;
      color: #ffffff;
    }
    .visually-hidden {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    @media (orientation: portrait) {
      :host {
        display: grid;
        grid-template: auto auto / 1fr auto;
        gap: 0 calc(4 * var(--u));
        height: auto;
        padding-block: calc(2 * var(--u));
      }
      .time {
        display: contents;
      }
      time {
        grid-area: 1 / 2;
        text-align: right;
      }
    }
  `;

  render() {
    if (!this.timeline) return html`<h1>${bilingual({ zh: '会客厅', en: 'Foyer' })}</h1>`;
    const { face, zone } = this.timeline;
    return html`
      <h1 class=${face.name.zh.length * 2 + face.name.en.length > 34 ? 'long' : ''}>${bilingual(face.name)}</h1>
      <div class="facts">
        <span>${face.floor}</span>
        <span>${icon('people')}<span aria-hidden="true">${face.capacity}</span>${this.#hidden(both('door.capacity', { people: face.capacity }))}</span>
        ${face.equipment.filter(hasIcon).map((code) => html`<span>${icon(code)}${this.#hidden(both(`door.equipment.${code}`))}</span>`)}
      </div>
      <div class="time">
        <span class="date">${bilingual(day(this.now, zone))}</span>
        <time>${wallTime(this.now, zone)}</time>
      </div>
    `;
  }

  #hidden(names) {
    return html`<span class="visually-hidden">${bilingual(names)}</span>`;
  }
}

customElements.define('door-top', DoorTop);
