import { html, nothing, LitElement } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import { both, inLanguage, text } from '/kit/language.js';
import { date as dateOf, day, wallTime } from '/kit/time.js';
import { gridStyles } from './board-grid-styles.js';
import { BoardHand } from './board-hand.js';
import { BoardKeys } from './board-keys.js';
import { consequenceOf, freeAround, timeOf } from './board-plan.js';
import { dayOf, ZOOMS } from './board-scale.js';
import { floorsOf } from './company.js';
import { equipmentWords } from './row.js';
import { standOf, titleOfSlip, wordOf } from './slip-words.js';
import './board-hint.js';

/** @typedef {import('./board-plan.js').Plan} Plan */

/** Measures of the grid, px. */
export const HEAD = 44;
export const ROW = 48;
const FLOOR = 30;
const BESIDE = 208;

/** Rows that are drawn beyond what can be seen. */
const AHEAD = 8;

/** So many of those may be missing: many rows are drawn at once rather than a few at each step. */
const LATE = 4;

/** Slips narrower than these show less, px. */
const NARROW = 64;
const SLIVER = 26;

/** From this width on both times stand in what is drawn, px. */
const GHOST = 96;

/**
 * Rooms and time. Draws only the rows that can be seen. Sends `drop` with a plan that a hand or a key has drawn, and `open` with a booking.
 * Until {@link release} the plan stays on the board.
 */
export class BoardGrid extends LitElement {
  static properties = {
    rooms: { attribute: false },
    slips: { attribute: false },
    open: { attribute: false },
    scale: { attribute: false },
    zoom: { type: String },
    named: { attribute: false },
    now: { type: Number },
    language: { type: String },
    cursor: { state: true },
    shown: { state: true },
  };

  static styles = gridStyles;

  #items = [];
  #height = 0;
  #beat = 0;
  #hand = new BoardHand(this);
  #keys = new BoardKeys(this);
  #sizes = new ResizeObserver(() => this.#look());

  /** What is drawn and does not hold yet. */
  #plan;

  constructor() {
    super();
    this.shown = { first: 0, last: 0 };
  }

  connectedCallback() {
    super.connectedCallback();
    this.#sizes.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    this.#hand.cancel();
  }

  /** How wide time may be so that nothing is cut off, px. */
  static room(width) {
    return width - BESIDE - 2;
  }

  /** Whether something is being drawn, so that nothing may change under the hand. */
  get busy() {
    return this.#hand.busy || this.#keys.holding;
  }

  /** Takes away what was drawn. */
  release() {
    this.#keys.release();
    this.draw(undefined);
  }

  /** Puts the focus where the keys go. */
  focus() {
    this.#canvas?.focus();
  }

  /** Brings an instant to the left edge of what can be seen, with a little before it. */
  reveal(at) {
    this.#scroll.scrollLeft = Math.max(0, this.scale.x(at) - 80);
  }

  willUpdate(changed) {
    if (changed.has('rooms')) this.#arrange();
    if (changed.has('rooms') || changed.has('scale')) this.#keys.arranged();
  }

  #arrange() {
    let top = HEAD;
    this.#items = [];
    for (const { building, floor, rooms } of floorsOf(this.rooms)) {
      this.#items.push({ key: `${building.zh} ${floor}`, building, floor, top, height: FLOOR });
      top += FLOOR;
      for (const room of rooms) {
        this.#items.push({ key: room.id, room, top, height: ROW });
        top += ROW;
      }
    }
    this.#height = top;
    this.rows = this.#items.filter(({ room }) => room).map(({ room }) => room);
    queueMicrotask(() => this.#look());
  }

  /** Draws the rows that can be seen now, if they are others than before. */
  #look = () => {
    const scroll = this.#scroll;
    if (!scroll) return;
    const first = Math.max(0, this.#indexAt(scroll.scrollTop + HEAD) - AHEAD);
    const last = Math.min(this.#items.length - 1, this.#indexAt(scroll.scrollTop + scroll.clientHeight) + AHEAD);
    const { shown } = this;
    const fits = Math.abs(first - shown.first) <= LATE && Math.abs(last - shown.last) <= LATE;
    if (!fits || shown.items !== this.#items) this.shown = { first, last, items: this.#items };
  };

  #indexAt(y) {
    let low = 0;
    let high = this.#items.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#items[middle].top <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  get #scroll() {
    return this.renderRoot?.querySelector('.scroll');
  }

  get #canvas() {
    return this.renderRoot?.querySelector('.canvas');
  }

  // what hand and keys ask ------------------------------------------------------------------------------------------------

  /** Minutes to which the pointer keeps. */
  get snap() {
    return ZOOMS[this.zoom].snap;
  }

  /** The bookings of a room in their order. */
  slipsOf(room) {
    return this.slips.get(room) ?? [];
  }

  /** A booking of the board by its id. */
  slip(id) {
    for (const slips of this.slips.values()) {
      const found = slips.find((slip) => slip.id === id);
      if (found) return found;
    }
    return undefined;
  }

  /** The room and the instant under a place of the glass. */
  placeAt(clientX, clientY) {
    const box = this.#canvas.getBoundingClientRect();
    const item = this.#items[this.#indexAt(clientY - box.top)];
    const x = clientX - box.left - BESIDE;
    return { room: item?.room, x, y: clientY - box.top, at: this.scale.at(Math.max(0, Math.min(x, this.scale.width))) };
  }

  /** The free time around an instant in a room. */
  free(room, at) {
    const here = at < this.now && at >= this.scale.snap(this.now, this.snap) ? this.now : at;
    return freeAround(this.slipsOf(room), this.open, here, this.now);
  }

  /** Whether the reader may put a booking elsewhere. */
  movable(slip) {
    return Boolean(slip.move) && slip.from > this.now;
  }

  /** What would come of a plan. */
  consequence(plan) {
    return consequenceOf(plan, {
      slips: this.slipsOf(plan.room),
      open: this.open,
      now: this.now,
      zone: this.scale.zone,
      room: this.rows.find(({ id }) => id === plan.room),
      others: plan.slip !== undefined && plan.slip.part !== 'own',
    });
  }

  /** Draws a plan, without drawing anything else anew. */
  draw(plan) {
    this.#plan = plan;
    const ghost = this.renderRoot.querySelector('.ghost');
    const said = this.renderRoot.querySelector('.consequence');
    if (!ghost || !said) return;
    ghost.hidden = plan === undefined;
    said.hidden = plan === undefined;
    this.#mark(plan?.slip?.id);
    if (!plan) return;
    const item = this.#items.find(({ key }) => key === plan.room);
    const { fits, words } = this.consequence(plan);
    const left = this.scale.x(plan.from);
    ghost.style.width = `${Math.max(4, this.scale.x(plan.until) - left)}px`;
    ghost.style.transform = `translate(${BESIDE + left}px, ${item.top + 3}px)`;
    ghost.classList.toggle('clash', !fits);
    const times = [plan.from, plan.until].map((at) => wallTime(at, this.scale.zone));
    const narrow = this.scale.x(plan.until) - left < GHOST;
    ghost.classList.toggle('narrow', narrow);
    ghost.textContent = narrow ? times[0] : times.join('–');
    said.classList.toggle('clash', !fits);
    const sentence = inLanguage(words, this.language);
    if (said.textContent !== sentence) said.textContent = sentence;
  }

  #mark(id) {
    this.renderRoot.querySelector('.slip.lifted')?.classList.remove('lifted');
    if (id !== undefined) this.renderRoot.querySelector(`.slip[data-id="${id}"]`)?.classList.add('lifted');
  }

  /** Hands a plan over to be decided. */
  drop(plan) {
    this.hint(undefined);
    this.draw(plan);
    this.dispatchEvent(new CustomEvent('drop', { detail: plan }));
  }

  /** Opens a booking. */
  openSlip(slip) {
    this.hint(undefined);
    this.dispatchEvent(new CustomEvent('open', { detail: slip }));
  }

  /** Shows what is under the pointer, at a place of the canvas. */
  hint(what) {
    this.renderRoot.querySelector('board-hint')?.show(what && { ...what, left: BESIDE + what.x, now: this.now, zone: this.scale.zone, scroll: this.#scroll });
  }

  /** Moves what can be seen; true if there was anything further. */
  scrollBy(x, y) {
    const { scrollLeft, scrollTop } = this.#scroll;
    this.#scroll.scrollBy(x, y);
    return this.#scroll.scrollLeft !== scrollLeft || this.#scroll.scrollTop !== scrollTop;
  }

  /** Where on the glass time and rooms are seen. */
  get view() {
    const box = this.#scroll.getBoundingClientRect();
    return { left: box.left + BESIDE, top: box.top + HEAD, right: box.left + this.#scroll.clientWidth, bottom: box.top + this.#scroll.clientHeight };
  }

  /** Scrolls as little as is needed to show a stretch of a room. */
  show({ room, from, until }) {
    const scroll = this.#scroll;
    const item = this.#items.find(({ key }) => key === room);
    if (!item) return;
    if (item.top - HEAD < scroll.scrollTop) scroll.scrollTop = item.top - HEAD - FLOOR;
    else if (item.top + ROW > scroll.scrollTop + scroll.clientHeight) scroll.scrollTop = item.top + ROW - scroll.clientHeight + 8;
    const left = this.scale.x(from);
    const right = this.scale.x(until);
    const seen = scroll.clientWidth - BESIDE;
    if (left < scroll.scrollLeft) scroll.scrollLeft = left - 24;
    else if (right > scroll.scrollLeft + seen) scroll.scrollLeft = Math.min(left - 24, right - seen + 24);
  }

  // drawing -----------------------------------------------------------------------------------------------------------------

  render() {
    const width = BESIDE + this.scale.width;
    return html`
      <div class="scroll" @scroll=${this.#scrolled}>
        <div
          class="canvas"
          role="grid"
          tabindex="0"
          aria-label=${this.#say('board.grid')}
          aria-describedby="keys"
          aria-rowcount=${this.rows.length + 1}
          aria-activedescendant=${this.cursor ? `cursor-${this.cursor.turn}` : nothing}
          .style=${`width: ${width}px; height: ${this.#height}px`}
          @keydown=${this.#keys.press}
          @focus=${this.#focused}
          @blur=${this.#focused}
          @pointerdown=${this.#hand.down}
          @pointermove=${this.#hand.move}
          @pointerup=${this.#hand.up}
          @pointercancel=${this.#hand.cancel}
          @pointerleave=${this.#hand.leave}
        >
          ${this.#head()} ${guard([this.scale, this.open, this.now, this.zoom], () => this.#under())} ${this.#rows()}
          <div class="ghost" aria-hidden="true" hidden></div>
          <board-hint .language=${this.language} aria-hidden="true"></board-hint>
        </div>
      </div>
      <p class="consequence" role="status" hidden></p>
      <p id="keys" class="unseen">${this.#say('board.keys')}</p>
    `;
  }

  /** By keyboard the whole board wears the ring. */
  #focused = ({ type, currentTarget }) => {
    this.#scroll.classList.toggle('ring', type === 'focus' && currentTarget.matches(':focus-visible'));
    if (type === 'focus') this.#keys.begin();
  };

  #scrolled = () => {
    this.hint(undefined);
    cancelAnimationFrame(this.#beat);
    this.#beat = requestAnimationFrame(this.#look);
  };

  #head() {
    return guard([this.scale, this.zoom, this.language, this.now, this.named], () => {
      const { ticks } = ZOOMS[this.zoom];
      return html`<div class="head" role="row" aria-rowindex="1" .style=${`height: ${HEAD}px`}>
        <div class="corner" role="columnheader">${this.#say('console.rooms')}</div>
        ${this.zoom === 'week' ? this.scale.parts.map((part) => this.#dayHead(part)) : this.scale.ticks(ticks).map((tick) => this.#tick(tick))}
        ${this.#nowMark()}
      </div>`;
    });
  }

  #tick({ x, words, major }) {
    return html`<div class="tick ${major ? 'major' : ''}" role="columnheader" .style=${`left: ${BESIDE + x}px`}>${words}</div>`;
  }

  #dayHead(part) {
    const name = inLanguage(day(part.from, this.scale.zone), this.language);
    const span = `${wallTime(part.from, this.scale.zone)}–${wallTime(part.until, this.scale.zone)}`;
    const named = this.named?.get(dateOf(part.from, this.scale.zone))?.name;
    const today = this.now >= dayStart(part, this.scale) && this.now < part.until;
    return html`<div class="tick major day ${today ? 'today' : ''}" role="columnheader" .style=${`left: ${BESIDE + part.x}px`}>
      ${name}<span class="span">${named ? inLanguage(named, this.language) : span}</span>
    </div>`;
  }

  #nowMark() {
    if (!this.scale.shows({ from: this.now, until: this.now + 1 })) return nothing;
    return html`<div class="now-mark" aria-hidden="true" .style=${`left: ${BESIDE + this.scale.x(this.now)}px`}>${wallTime(this.now, this.scale.zone)}</div>`;
  }

  /** What lies under all rows: closed hours, hours, what is past, now. */
  #under() {
    const { scale, now } = this;
    const past = now <= scale.from ? 0 : scale.x(now);
    const seen = scale.shows({ from: now, until: now + 1 });
    return html`<div class="under" aria-hidden="true" .style=${`left: ${BESIDE}px`}>
      ${scale.closed(this.open).map(({ from, until }) => html`<div class="closed" .style=${`left: ${scale.x(from)}px; width: ${scale.x(until) - scale.x(from)}px`}></div>`)}
      ${scale.ticks(ZOOMS[this.zoom].ticks).map(({ x, major }) => html`<div class="line ${major ? 'major' : ''}" .style=${`left: ${x}px`}></div>`)}
      ${this.zoom === 'week' ? scale.parts.slice(1).map(({ x }) => html`<div class="line midnight" .style=${`left: ${x}px`}></div>`) : nothing}
      ${past > 0 ? html`<div class="past" .style=${`width: ${past}px`}></div>` : nothing}
      ${seen ? html`<div class="now" .style=${`left: ${past}px`}></div>` : nothing}
    </div>`;
  }

  #rows() {
    const items = this.#items.slice(this.shown.first, this.shown.last + 1);
    const at = this.cursor && this.#items.find(({ key }) => key === this.cursor.room);
    if (at && !items.includes(at)) items.push(at);
    return repeat(
      items,
      ({ key }) => key,
      (item) => (item.room ? this.#row(item) : this.#floor(item)),
    );
  }

  #floor({ building, floor, top }) {
    const name = /^\d+$/.test(floor) ? text('console.floor', { floor }, this.language) : floor;
    return html`<div class="floor" role="presentation" .style=${`top: ${top}px; height: ${FLOOR}px`}>
      <span>${inLanguage(building, this.language)} · ${name}</span>
    </div>`;
  }

  #row({ key, room, top }) {
    const slips = this.slipsOf(key);
    const cursor = this.cursor?.room === key ? this.cursor : undefined;
    const minute = slips.length > 0 ? this.now : 0;
    return guard([room, slips, this.scale, this.language, top, cursor, minute], () => this.#drawn(room, top, slips, cursor));
  }

  #drawn(room, top, slips, cursor) {
    const index = this.rows.indexOf(room) + 2;
    return html`<div class="row" role="row" aria-rowindex=${index} data-room=${room.id} .style=${`top: ${top}px; height: ${ROW}px`}>
      <div class="room" role="rowheader">
        <a href="/rooms/${room.id}" tabindex="-1">${inLanguage(room.name, this.language)}</a>
        <span class="face">${this.#face(room)}</span>
      </div>
      <div class="lane" role="presentation">
        ${repeat(
          slips.filter((slip) => this.scale.shows(slip)),
          ({ id }) => id,
          (slip) => this.#slip(slip),
        )}
        ${cursor ? this.#cursorCell(room, cursor) : nothing}
      </div>
    </div>`;
  }

  #face(room) {
    const parts = [text('board.seats', { people: room.capacity }, this.language), ...equipmentWords(room.equipment).map((words) => inLanguage(words, this.language))];
    return parts.join(' · ');
  }

  #slip(slip) {
    const left = this.scale.x(slip.from);
    const width = this.scale.x(slip.until) - left;
    const stand = standOf(slip, this.now);
    const size = width < SLIVER ? 'sliver' : width < NARROW ? 'narrow' : '';
    const kind = `${stand} ${slip.part ?? ''} ${slip.subject ? '' : 'masked'} ${slip.level} ${size} ${slip.fresh ? 'fresh' : ''} ${this.movable(slip) ? 'movable' : ''}`;
    return html`<div class="slip ${kind}" role="gridcell" data-id=${slip.id} aria-label=${this.#labelOf(slip)} .style=${`left: ${left}px; width: ${Math.max(3, width - 2)}px`}>
      <span class="subject">${inLanguage(titleOfSlip(slip), this.language)}</span>
      <span class="meta"><i class="dot"></i>${this.#metaOf(slip, stand)}</span>
      ${this.movable(slip) ? html`<i class="edge from"></i><i class="edge until"></i>` : nothing}
    </div>`;
  }

  #metaOf(slip, stand) {
    const who = slip.convener ? inLanguage(slip.convener.name, this.language) : undefined;
    return [inLanguage(wordOf(stand), this.language), who].filter(Boolean).join(' · ');
  }

  #labelOf(slip) {
    const who = slip.convener ? [inLanguage(slip.convener.name, this.language)] : [];
    const time = inLanguage(timeOf(slip, this.now, this.scale.zone), this.language);
    return [inLanguage(titleOfSlip(slip), this.language), time, ...who, inLanguage(wordOf(standOf(slip, this.now)), this.language)].join(this.#comma);
  }

  get #comma() {
    return this.language === 'en' ? ', ' : '，';
  }

  #cursorCell(room, cursor) {
    const left = this.scale.x(cursor.from);
    const width = Math.max(4, this.scale.x(cursor.until) - left - 2);
    const cell = html`<div
      id="cursor-${cursor.turn}"
      class="cursor"
      role="gridcell"
      aria-label=${this.#spoken(room, cursor)}
      .style=${`left: ${left}px; width: ${width}px`}
    ></div>`;
    return keyed(cursor.turn, cell);
  }

  /** What is heard of a cell: the room, the time, and how it stands. */
  #spoken(room, { from, until, slip }) {
    const name = inLanguage(room.name, this.language);
    if (slip) return [name, this.#labelOf(slip)].join(this.#comma);
    const time = inLanguage(timeOf({ from, until }, this.now, this.scale.zone), this.language);
    return [name, time, inLanguage(both(`board.cell.${this.kindAt(room.id, from)}`), this.language)].join(this.#comma);
  }

  /** How a time without a booking stands. */
  kindAt(room, at) {
    if (this.free(room, at)) return 'free';
    return at < this.now ? 'past' : 'closed';
  }

  updated(changed) {
    if (changed.has('cursor') && this.cursor) this.show(this.cursor);
    if (this.#plan && !this.renderRoot.querySelector('.slip.lifted')) this.draw(this.#plan);
  }

  #say(key) {
    return text(key, {}, this.language);
  }
}

function dayStart(part, scale) {
  return dayOf(dateOf(part.from, scale.zone), scale.zone).from;
}

customElements.define('board-grid', BoardGrid);
