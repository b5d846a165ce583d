import { html, css, nothing, LitElement } from 'lit';
import { command, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { date as dateOf, day, length, wallTime } from '/kit/time.js';
import { controls } from './controls.js';
import { empty } from './instead.js';
import { pageStyles } from './page-styles.js';
import { standOf, titleOfSlip, wordOf } from './slip-words.js';

/** One's own meetings: the next one large, the others of the day, then those of the days to come. Sends `changed-booking`. */
export class TodayDay extends LitElement {
  static properties = {
    slips: { attribute: false },
    company: { attribute: false },
    now: { type: Number },
    language: { type: String },
    refused: { state: true },
    busy: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    css`
      .next {
        padding: 20px 24px;
        border-inline-start: 4px solid var(--accent);
      }
      .next.running {
        border-inline-start-color: var(--danger);
      }
      .next.awaited {
        border-inline-start-color: var(--warn);
      }
      p {
        margin: 0;
      }
      .lead {
        font-weight: 600;
        color: var(--accent);
      }
      .running .lead {
        color: var(--danger);
      }
      .awaited .lead {
        color: var(--warn);
      }
      h3 {
        margin: 4px 0 8px;
        font-size: 22px;
        line-height: 30px;
      }
      h3 a {
        color: var(--ink);
        text-decoration: none;
      }
      h3 a:hover {
        text-decoration: underline;
      }
      .time {
        font-size: 18px;
        line-height: 26px;
      }
      .way {
        margin-top: 4px;
        color: var(--ink2);
      }
      .way a {
        font-weight: 600;
      }
      .error {
        margin-top: 8px;
        color: var(--danger);
      }
      .deeds {
        margin: 16px 0 0;
      }
      .deeds a {
        display: flex;
        align-items: center;
      }
      h4 {
        margin: 24px 0 4px;
        font-size: 13px;
        line-height: 20px;
        color: var(--ink2);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: 104px minmax(0, 1fr) auto;
        gap: 0 12px;
        padding: 10px 0;
        border-top: 1px solid var(--line);
      }
      h4 + ul li:first-child {
        border-top: 0;
      }
      summary {
        margin-top: 12px;
        padding: 8px 0;
        color: var(--accent);
        cursor: pointer;
      }
      .what {
        overflow: hidden;
        font-weight: 600;
        white-space: nowrap;
        text-overflow: ellipsis;
      }
      .what a {
        color: var(--ink);
        text-decoration: none;
      }
      .what a:hover {
        text-decoration: underline;
      }
      .place {
        display: block;
        overflow: hidden;
        font-size: 12px;
        line-height: 18px;
        font-weight: 400;
        color: var(--ink2);
        white-space: nowrap;
        text-overflow: ellipsis;
      }
      .over {
        color: var(--ink2);
      }
      .over .what,
      .over a {
        font-weight: 400;
        color: var(--ink2);
      }
      .word {
        font-size: 12px;
        color: var(--ink2);
      }
    `,
  ];

  render() {
    const meetings = this.slips.filter(({ status }) => status !== 'requested');
    const next = meetings.find(({ until }) => until > this.now);
    const today = meetings.filter((slip) => slip !== next && this.#dateOf(slip) <= this.#today(slip));
    const later = Map.groupBy(
      meetings.filter((slip) => slip !== next && this.#dateOf(slip) > this.#today(slip)),
      (slip) => this.#dateOf(slip),
    );
    if (meetings.length === 0) return empty(text('today.nothing', {}, this.language), text('today.nothing.hint', {}, this.language));
    return html`
      ${next ? this.#next(next) : html`<p class="card">${text('today.over', {}, this.language)}</p>`}
      ${today.length > 0 ? html`<h4>${text('today.else', {}, this.language)}</h4>${this.#list(today)}` : nothing}
      ${[...later.values()].slice(0, 1).map((slips) => this.#dayOf(slips))} ${later.size > 1 ? this.#rest([...later.values()].slice(1)) : nothing}
    `;
  }

  #dayOf(slips) {
    return html`<h4>${this.#mine(day(slips[0].from, this.#zone(slips[0])))}</h4>
      ${this.#list(slips)}`;
  }

  /** What is further away is there when it is asked for. */
  #rest(days) {
    return html`<details>
      <summary>${text('today.further', { meetings: days.flat().length }, this.language)}</summary>
      ${days.map((slips) => this.#dayOf(slips))}
    </details>`;
  }

  #room(slip) {
    return this.company.rooms.find(({ id }) => id === slip.room);
  }

  #zone(slip) {
    const site = this.#room(slip)?.site;
    return (this.company.sites.find(({ id }) => id === site) ?? this.company.sites[0]).zone;
  }

  #dateOf(slip) {
    return dateOf(slip.from, this.#zone(slip));
  }

  #today(slip) {
    return dateOf(this.now, this.#zone(slip));
  }

  #next(slip) {
    const stand = standOf(slip, this.now);
    return html`<article class="card next ${stand}">
      <p class="lead">${this.#lead(slip)}</p>
      <h3><a href="/bookings/${slip.id}">${this.#mine(titleOfSlip(slip))}</a></h3>
      <p class="time">${this.#times(slip)} · ${this.#mine(length(slip.until - slip.from))}</p>
      ${this.#way(slip)}
      <div class="deeds">
        ${stand === 'awaited' ? html`<button class="primary check-in" aria-disabled=${Boolean(this.busy)} @click=${() => this.#checkIn(slip)}>${text('booking.deed.check-in', {}, this.language)}</button>` : nothing}
        <a class="more" href="/bookings/${slip.id}">${text('today.more', {}, this.language)}</a>
      </div>
      <div role="alert">${this.refused ? html`<p class="error">${this.#mine(this.refused.words)}</p>` : nothing}</div>
    </article>`;
  }

  /** How long until it begins, or until it ends. */
  #lead(slip) {
    const { from, until } = slip;
    const stand = standOf(slip, this.now);
    if (this.now >= from) {
      const left = this.#mine(length(until - this.now));
      return text(stand === 'running' ? 'today.running' : 'today.begun', { left }, this.language);
    }
    if (this.#dateOf(slip) === this.#today(slip)) return text('today.next', { left: this.#mine(length(from - this.now)) }, this.language);
    return text('today.next-day', { day: this.#mine(day(from, this.#zone(slip))) }, this.language);
  }

  #way(slip) {
    const room = this.#room(slip);
    if (!room) return nothing;
    const site = this.company.sites.length > 1 ? `${this.#mine(this.company.sites.find(({ id }) => id === room.site).name)} · ` : '';
    return html`<p class="way"><a href="/rooms/${room.id}">${this.#mine(room.name)}</a> · ${site}${this.#mine(room.building)} · ${this.#floor(room)}</p>`;
  }

  #floor({ floor }) {
    return /^\d+$/.test(floor) ? text('console.floor', { floor }, this.language) : floor;
  }

  #list(slips) {
    return html`<ul>
      ${slips.map((slip) => this.#line(slip))}
    </ul>`;
  }

  #line(slip) {
    const stand = standOf(slip, this.now);
    const room = this.#room(slip);
    return html`<li class=${stand}>
      <span class="time-of">${this.#times(slip)}</span>
      <span class="what"><a href="/bookings/${slip.id}">${this.#mine(titleOfSlip(slip))}</a>${room ? html`<span class="place">${this.#mine(room.name)} · ${this.#floor(room)}</span>` : nothing}</span>
      <span class="word">${this.#mine(wordOf(stand))}</span>
    </li>`;
  }

  #times(slip) {
    const zone = this.#zone(slip);
    return `${wallTime(slip.from, zone)}–${wallTime(slip.until, zone)}`;
  }

  async #checkIn({ id }) {
    if (this.busy) return;
    this.busy = true;
    this.refused = undefined;
    try {
      await command(`/api/bookings/${id}/check-in`, {}, { language: this.language });
      this.dispatchEvent(new CustomEvent('changed-booking'));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
    } finally {
      this.busy = false;
    }
  }

  #mine(names) {
    return inLanguage(names, this.language);
  }
}

customElements.define('today-day', TodayDay);
