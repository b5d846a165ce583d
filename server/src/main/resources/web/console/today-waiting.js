import { html, css, nothing, LitElement } from 'lit';
import { inLanguage, text } from '/kit/language.js';
import { moment } from '/kit/time.js';
import { timeOf } from './board-plan.js';
import { controls } from './controls.js';
import { pageStyles } from './page-styles.js';
import { titleOfSlip, waitsWords } from './slip-words.js';

/** What waits: requests that lie with the reader, the reader's own and with whom they lie, screens that are not heard from. */
export class TodayWaiting extends LitElement {
  static properties = {
    waiting: { attribute: false },
    company: { attribute: false },
    now: { type: Number },
    language: { type: String },
  };

  static styles = [
    controls,
    pageStyles,
    css`
      h3 {
        display: flex;
        align-items: center;
        gap: 8px;
        margin: 0 0 4px;
        font-size: 13px;
        line-height: 20px;
        color: var(--ink2);
      }
      .count {
        padding: 0 8px;
        border-radius: 10px;
        background: var(--warn-soft);
        color: var(--warn);
      }
      .group + .group {
        margin-top: 20px;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
        background: var(--surface);
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
      }
      li {
        padding: 10px 16px;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      p {
        margin: 0;
      }
      li a {
        font-weight: 600;
      }
      .meta {
        font-size: 12px;
        line-height: 18px;
        color: var(--ink2);
      }
      .calm {
        color: var(--ink2);
      }
    `,
  ];

  render() {
    const { lying, own, offline } = this.waiting;
    if (lying.length + own.length + offline.length === 0) return html`<p class="card calm">${text('today.calm', {}, this.language)}</p>`;
    return html`
      ${this.#group('today.lying', lying, (slip) => this.#request(slip, slip.convener && this.#mine(slip.convener.name)))}
      ${this.#group('today.own', own, (slip) => this.#request(slip, slip.waitsFor && this.#mine(waitsWords(slip.waitsFor))))}
      ${this.#group('today.offline', offline, (device) => this.#device(device))}
    `;
  }

  #group(key, things, line) {
    if (things.length === 0) return nothing;
    return html`<div class="group">
      <h3>${text(key, {}, this.language)} <span class="count">${things.length}</span></h3>
      <ul>
        ${things.map((thing) => html`<li>${line(thing)}</li>`)}
      </ul>
    </div>`;
  }

  #request(slip, about) {
    const room = this.company.rooms.find(({ id }) => id === slip.room);
    const zone = this.company.sites.find(({ id }) => id === room?.site)?.zone ?? slip.zone;
    return html`<p><a href="/bookings/${slip.id}">${this.#mine(titleOfSlip(slip))}</a></p>
      <p class="meta">${this.#mine(timeOf(slip, this.now, zone))}${room ? ` · ${this.#mine(room.name)}` : ''}</p>
      ${about ? html`<p class="meta">${about}</p>` : nothing}`;
  }

  #device({ name, site, heardAt }) {
    const place = this.company.sites.find(({ id }) => id === site);
    const heard = heardAt && place ? text('today.heard', { at: this.#mine(moment(Date.parse(heardAt), this.now, place.zone)) }, this.language) : '';
    return html`<p><a href="/devices">${name}</a></p>
      <p class="meta">${[place && this.#mine(place.name), heard].filter(Boolean).join(' · ')}</p>`;
  }

  #mine(names) {
    return inLanguage(names, this.language);
  }
}

customElements.define('today-waiting', TodayWaiting);
