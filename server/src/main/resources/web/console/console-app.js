import { html, css, nothing, LitElement } from 'lit';
import { command, read, Refused } from '/kit/api.js';
import { endOf, entryAt } from '/kit/entry.js';
import { inLanguage, text } from '/kit/language.js';
import { OFFLINE_AFTER } from '/kit/live-connection.js';
import '/kit/live-ribbon.js';
import { LiveSite } from '/kit/live-site.js';
import { loadCompany } from './company.js';
import { controls } from './controls.js';
import { forgetPerson } from './kept.js';
import { dark, language, setDark, setLanguage } from './preferences.js';
import './booking-done.js';
import './booking-form.js';
import './console-top.js';
import './import-report.js';
import './let-in-glass.js';
import './room-list.js';
import { linkOf } from './sign-in.js';

/** The longest that the page sleeps, ms: its clock may have been corrected meanwhile. */
const LONGEST_SLEEP = 10_000;

/** From this width on, CSS pixels, the form stands beside the rooms; below it lies over them. */
const WIDE = matchMedia('(min-width: 1100px)');

/** The page in the root: a site's rooms as they stand now, and a form to book them. */
export class ConsoleApp extends LitElement {
  static properties = {
    me: { state: true },
    company: { state: true },
    refused: { state: true },
    siteId: { state: true },
    language: { state: true },
    dark: { state: true },
    sheet: { state: true },
    booked: { state: true },
  };

  static styles = [
    controls,
    css`
      :host {
        display: block;
      }
      main {
        max-width: 1440px;
        margin: 0 auto;
        padding: 24px 16px 96px;
      }
      .title {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 16px;
        margin-bottom: 16px;
      }
      h1 {
        margin: 0;
        font-size: 24px;
        line-height: 32px;
        font-weight: 600;
      }
      .counts {
        margin: 0;
        color: var(--ink2);
      }
      .title .deeds {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-inline-start: auto;
      }
      h1:focus {
        outline: none;
      }
      .say {
        max-width: 38em;
      }
      booking-form {
        padding: 16px;
        background: var(--surface);
      }
      .sheet {
        position: fixed;
        z-index: 2;
        inset: var(--top) 0 0;
        overflow-y: auto;
        background: var(--surface);
      }
      .sheet booking-form {
        max-width: 560px;
        margin: 0 auto;
      }
      @media (min-width: 640px) {
        main {
          padding-inline: 24px;
        }
      }
      @media (min-width: 1100px) {
        .both {
          display: grid;
          grid-template-columns: minmax(0, 1fr) 360px;
          gap: 24px;
          align-items: start;
        }
        .beside {
          position: sticky;
          top: calc(var(--top) + 24px);
          max-height: calc(100vh - var(--top) - 48px);
          overflow-y: auto;
          border: 1px solid var(--line);
          border-radius: var(--radius-card);
        }
      }
    `,
  ];

  #live;
  #connected = false;
  #timer;
  #opener;

  constructor() {
    super();
    this.language = language();
    this.dark = dark();
    this.sheet = false;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('popstate', this.#onAddress);
    addEventListener('hashchange', onLink);
    addEventListener('pageshow', onReturn);
    WIDE.addEventListener('change', this.#onChange);
    document.addEventListener('visibilitychange', this.#onChange);
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('popstate', this.#onAddress);
    removeEventListener('hashchange', onLink);
    removeEventListener('pageshow', onReturn);
    WIDE.removeEventListener('change', this.#onChange);
    document.removeEventListener('visibilitychange', this.#onChange);
    this.#live?.stop();
    clearTimeout(this.#timer);
  }

  #onChange = () => this.requestUpdate();

  /** A link in the address goes before who has signed in: it is for whoever holds it. */
  #load = async () => {
    await this.#orSay(this.#load, async () => {
      this.me = linkOf(location.hash) ? { kind: 'nobody' } : await read('/api/me');
      if (this.me.kind === 'nobody') forgetPerson();
      if (this.me.kind !== 'employee') return;
      this.company = await loadCompany();
      this.#onAddress();
    });
  };

  #begin = async () => {
    await this.#load();
    await this.updateComplete;
    this.renderRoot.querySelector('h1')?.focus();
  };

  /** Nothing of what somebody saw is left on the screen or in the browser after they have gone. */
  #signOut = async () => {
    await this.#orSay(this.#signOut, async () => {
      await command('/api/session/end', {}, { language: this.language });
      this.#leaveHouse();
    });
  };

  #leaveHouse() {
    this.#live?.stop();
    forgetPerson();
    location.replace('/');
  }

  /** Says why something was refused in place of everything else, with a button to try it again. */
  async #orSay(again, attempt) {
    this.refused = undefined;
    try {
      await attempt();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = { words: error.words, again };
    }
  }

  /** Draws what has changed; where the server has hung up, asks whether that is because somebody's session has ended. */
  #onLive = async () => {
    this.requestUpdate();
    const lost = this.#connected && !this.#live.connected;
    this.#connected = this.#live.connected;
    if (!lost) return;
    const { kind } = await read('/api/me').catch(() => this.me);
    if (kind !== 'employee') this.#leaveHouse();
  };

  /** Shows the site that the address names, else the first. */
  #onAddress = () => {
    if (!this.company) return;
    const named = new URLSearchParams(location.search).get('site');
    const site = this.company.sites.find(({ id }) => id === named) ?? this.company.sites[0];
    if (!site || site.id === this.siteId) return;
    this.#live?.stop();
    this.siteId = site.id;
    this.#live = new LiveSite(site.id);
    this.#live.addEventListener('change', this.#onLive);
    this.#live.start();
  };

  willUpdate(changed) {
    if (changed.has('language')) {
      document.documentElement.lang = this.language;
      document.title = text('console.house', {}, this.language);
    }
  }

  render() {
    const site = this.company?.sites.find(({ id }) => id === this.siteId);
    return html`
      <console-top
        .sites=${this.company?.sites ?? []}
        .site=${site}
        .me=${this.me}
        .language=${this.language}
        .dark=${this.dark}
        @leave=${this.#signOut}
        @site=${({ detail }) => this.#goTo(detail)}
        @language=${({ detail }) => this.#speak(detail)}
        @theme=${({ detail }) => this.#paint(detail)}
      ></console-top>
      ${site && !this.refused ? this.#site(site) : html`<main>${this.#instead()}</main>`}
    `;
  }

  #site(site) {
    const now = this.#live.clock.now();
    const rooms = this.company.rooms.filter((room) => room.site === site.id);
    const age = this.#live.age();
    const known = this.#live.timelines.size > 0;
    const over = this.sheet && !WIDE.matches;
    return html`
      <live-ribbon .age=${age} .heard=${this.#live.heard} .now=${now} .zone=${site.zone} .language=${this.language}></live-ribbon>
      <main>
        <div class="both">
          <div ?inert=${over}>
            <div class="title">
              <h1 tabindex="-1">${this.#say('console.rooms')}</h1>
              <p class="counts">${this.#counts(rooms, now)}</p>
              <div class="deeds">
                ${this.#isAdmin() ? html`<button class="kiosk" @click=${() => this.#letIn({ site })}>${this.#say('console.let-in.kiosk')}</button>` : nothing}
                ${WIDE.matches ? nothing : html`<button class="primary open" @click=${this.#open}>${this.#say('console.form')}</button>`}
              </div>
            </div>
            <room-list
              .rooms=${rooms}
              .timelines=${new Map(this.#live.timelines)}
              .now=${now}
              .stale=${known && age >= OFFLINE_AFTER}
              .admin=${this.#isAdmin()}
              .language=${this.language}
              @book=${this.#open}
              @let-in=${({ detail: room }) => this.#letIn({ site, room })}
              @calendar=${({ detail }) => this.renderRoot.querySelector('import-report').take(detail.room, detail.file)}
            ></room-list>
          </div>
          <div class=${WIDE.matches ? 'beside' : 'sheet'} ?hidden=${!WIDE.matches && !this.sheet} @keydown=${this.#key}>
            <booking-form
              .site=${site}
              .rooms=${rooms}
              .types=${this.company.types}
              .departments=${this.company.departments}
              .now=${now}
              .language=${this.language}
              .closable=${!WIDE.matches}
              @booked=${({ detail }) => this.#done(detail)}
              @leave=${this.#leave}
            ></booking-form>
          </div>
        </div>
      </main>
      <booking-done
        .booking=${this.booked}
        .room=${this.company.rooms.find(({ id }) => id === this.booked?.room)}
        .now=${now}
        .language=${this.language}
        @close=${() => (this.booked = undefined)}
      ></booking-done>
      <import-report .language=${this.language}></import-report>
      <let-in-glass .language=${this.language}></let-in-glass>
    `;
  }

  /** What is said where there is nothing to show yet. */
  #instead() {
    if (this.refused) {
      return html`<div class="say" role="alert">
        <p>${inLanguage(this.refused.words, this.language)}</p>
        <button class="primary" @click=${this.refused.again}>${this.#say('console.again')}</button>
      </div>`;
    }
    if (this.me && this.me.kind !== 'employee') return html`<sign-in .language=${this.language} @in=${this.#begin}></sign-in>`;
    return this.company ? html`<p class="say">${this.#say('console.no-site')}</p>` : nothing;
  }

  #isAdmin() {
    return this.me.roles.includes('admin');
  }

  #letIn(place) {
    this.renderRoot.querySelector('let-in-glass').ask(place);
  }

  #counts(rooms, now) {
    const free = rooms.filter(({ id }) => {
      const timeline = this.#live.timelines.get(id);
      return timeline && entryAt(timeline, now)?.state === 'free';
    });
    return text('console.counts', { rooms: rooms.length, free: free.length }, this.language);
  }

  #goTo(site) {
    history.pushState(null, '', `?site=${site}`);
    this.#onAddress();
  }

  #speak(chosen) {
    setLanguage(chosen);
    this.language = chosen;
  }

  #paint(chosen) {
    setDark(chosen);
    this.dark = chosen;
  }

  #open = async (event) => {
    this.#opener = event.composedPath()[0];
    this.sheet = true;
    await this.updateComplete;
    this.renderRoot.querySelector('booking-form').choose(event.type === 'book' ? event.detail : undefined);
  };

  #key = (event) => {
    if (event.key === 'Escape' && !WIDE.matches) this.#leave();
  };

  #leave = async () => {
    this.sheet = false;
    await this.updateComplete;
    (this.#opener?.renderRoot?.querySelector('.book') ?? this.#opener)?.focus();
  };

  #done(booking) {
    this.booked = booking;
    if (!WIDE.matches) this.#leave();
  }

  updated() {
    clearTimeout(this.#timer);
    if (this.#live) this.#timer = setTimeout(this.#onChange, this.#untilNextChange());
  }

  /** Sleeps until the picture changes by itself: the next minute, entry or age. */
  #untilNextChange() {
    const now = this.#live.clock.now();
    const turns = [Math.floor(now / 60_000) * 60_000 + 60_000, ...this.#live.turns()];
    for (const timeline of this.#live.shown()) {
      const entry = entryAt(timeline, now);
      if (entry) turns.push(endOf(timeline, entry));
    }
    const next = Math.min(...turns.filter((turn) => turn > now));
    return Math.min(LONGEST_SLEEP, next - now + 1);
  }

  #say(key) {
    return text(key, {}, this.language);
  }
}

/** A link that is followed while the page is open is followed from the beginning. */
function onLink() {
  if (linkOf(location.hash)) location.reload();
}

/** A page that the browser had put aside is asked for anew: whoever saw it may have gone. */
function onReturn({ persisted }) {
  if (persisted) location.reload();
}

customElements.define('console-app', ConsoleApp);
