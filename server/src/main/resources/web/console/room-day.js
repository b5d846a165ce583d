import { html, css, svg, nothing, LitElement } from 'lit';
import { endOf, meetingOf } from '/kit/entry.js';
import { inLanguage, text } from '/kit/language.js';
import { titleOf } from '/kit/meeting-title.js';
import { instantsOf } from '/kit/wall-clock.js';
import { date, wallTime } from '/kit/time.js';

const HOUR = 3_600_000;
const WIDTH = 960;
const HEIGHT = 32;
const LABELS = ['00:00', '04:00', '08:00', '12:00', '16:00', '20:00'];

/** A room's day as one line: when it is taken, closed and free, and where in it we are. */
export class RoomDay extends LitElement {
  static properties = {
    timeline: { attribute: false },
    now: { type: Number },
    language: { type: String },
  };

  static styles = css`
    :host {
      display: block;
    }
    svg {
      display: block;
      width: 100%;
      height: 32px;
      border-radius: 4px;
    }
    .hours {
      display: grid;
      grid-template-columns: repeat(6, 1fr);
      font-size: 12px;
      line-height: 18px;
      color: var(--ink2);
      font-variant-numeric: tabular-nums;
    }
    .free {
      fill: var(--ok-soft);
    }
    .closed,
    .unknown {
      fill: var(--sunk);
    }
    .taken {
      fill: var(--danger-soft);
      stroke: var(--danger);
    }
    .soon {
      fill: var(--warn-soft);
    }
    .tick {
      stroke: var(--line);
    }
    .now {
      stroke: var(--accent);
      stroke-width: 3;
    }
    ol {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      margin: 0;
    }
  `;

  render() {
    const { timeline, now } = this;
    if (!timeline) return nothing;
    const day = date(now, timeline.zone);
    const [start] = [...instantsOf(day, '00:00', timeline.zone), ...instantsOf(day, '01:00', timeline.zone)];
    const end = instantsOf(day, '24:00', timeline.zone).at(-1);
    const at = (ms) => ((Math.min(Math.max(ms, start), end) - start) / (end - start)) * WIDTH;
    const parts = timeline.entries
      .map((entry) => ({ entry, from: Date.parse(entry.from), to: endOf(timeline, entry) }))
      .filter(({ from, to }) => to > start && from < end);
    return html`
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
        <rect class="unknown" width=${WIDTH} height=${HEIGHT}></rect>
        ${parts.map(({ entry, from, to }) => svg`<rect class=${kindOf(entry.state)} x=${at(from)} width=${Math.max(1, at(to) - at(from))} height=${HEIGHT}></rect>`)}
        ${hours(start, end).map((ms) => svg`<line class="tick" x1=${at(ms)} x2=${at(ms)} y1="0" y2=${HEIGHT}></line>`)}
        <line class="now" x1=${at(now)} x2=${at(now)} y1="0" y2=${HEIGHT}></line>
      </svg>
      <div class="hours" aria-hidden="true">${LABELS.map((label) => html`<span>${label}</span>`)}</div>
      <ol aria-label=${text('rooms.day', {}, this.language)}>
        ${parts.map(({ entry, from }) => html`<li>${wallTime(Math.max(from, start), timeline.zone)} ${this.#words(entry)}</li>`)}
      </ol>
    `;
  }

  #words(entry) {
    const meeting = meetingOf(this.timeline, entry);
    const state = text(`door.state.${entry.state}`, {}, this.language);
    return meeting ? `${state} ${inLanguage(titleOf(meeting), this.language)}` : state;
  }
}

function kindOf(state) {
  if (state === 'free' || state === 'closed') return state;
  return state === 'preparing' ? 'soon' : 'taken';
}

/** The full hours of a day. */
function hours(start, end) {
  return Array.from({ length: Math.floor((end - start) / HOUR) }, (_, hour) => start + hour * HOUR);
}

customElements.define('room-day', RoomDay);
