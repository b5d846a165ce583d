import { html, css, nothing, LitElement } from 'lit';
import { command, read, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import '/kit/live-ribbon.js';
import { LiveSite } from '/kit/live-site.js';
import { loadCompany } from './company.js';
import { controls } from './controls.js';
import { forgetPerson } from './kept.js';
import { placeAt } from './places.js';
import { dark, language, setDark, setLanguage } from './preferences.js';
import './console-rail.js';
import './console-search.js';
import './console-top.js';
import './pages.js';
import { pageStyles } from './page-styles.js';
import { linkOf } from './sign-in.js';

/** The longest that the page sleeps, ms: its clock may have been corrected meanwhile. */
const LONGEST_SLEEP = 10_000;

const MINUTE = 60_000;

/**
 * The console: who has signed in, which site, which place, and the page of that place. A page is given what all share as properties; it
 * sends `go` with an address, or has links, and `changed` when what all share is no longer true.
 */
export class ConsoleApp extends LitElement {
  static properties = {
    me: { state: true },
    company: { state: true },
    refused: { state: true },
    siteId: { state: true },
    path: { state: true },
    language: { state: true },
    dark: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    css`
      .house {
        display: flex;
        min-height: calc(100vh - var(--top));
      }
      main {
        flex: 1;
        min-width: 0;
        max-width: 1600px;
        padding: 24px 16px 96px;
      }
      .say {
        max-width: 38em;
      }
      .skip {
        position: fixed;
        z-index: 5;
        inset: 8px auto auto 8px;
        padding: 8px 16px;
        background: var(--surface);
        border-radius: var(--radius);
        transform: translateY(-200%);
      }
      .skip:focus {
        transform: none;
      }
      @media (min-width: 640px) {
        main {
          padding-inline: 24px;
        }
      }
      @media print {
        console-top {
          display: none;
        }
      }
    `,
  ];

  #live;
  #connected = false;
  #timer;
  #page;

  constructor() {
    super();
    this.language = language();
    this.dark = dark();
    this.path = location.pathname;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('popstate', this.#onAddress);
    addEventListener('hashchange', onLink);
    addEventListener('pageshow', onReturn);
    this.addEventListener('click', this.#onClick);
    this.addEventListener('go', this.#onGo);
    this.addEventListener('changed', this.#onChanged);
    document.addEventListener('visibilitychange', this.#onChange);
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('popstate', this.#onAddress);
    removeEventListener('hashchange', onLink);
    removeEventListener('pageshow', onReturn);
    document.removeEventListener('visibilitychange', this.#onChange);
    this.#live?.stop();
    clearTimeout(this.#timer);
  }

  #onChange = () => this.#beat();

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
    await this.#focusHead();
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

  #onChanged = async () => {
    const company = await loadCompany().catch(() => undefined);
    if (company) {
      this.company = company;
      this.#onAddress();
    }
  };

  /** Draws what has changed; where the server has hung up, asks whether that is because somebody's session has ended. */
  #onLive = async () => {
    this.#beat();
    const lost = this.#connected && !this.#live.connected;
    this.#connected = this.#live.connected;
    if (!lost) return;
    const { kind } = await read('/api/me').catch(() => this.me);
    if (kind !== 'employee') this.#leaveHouse();
  };

  /** Shows the place and the site that the address names; where it names no site, the one shown last. */
  #onAddress = () => {
    this.path = location.pathname;
    if (!this.company) return;
    const named = new URLSearchParams(location.search).get('site') ?? this.siteId;
    const site = this.company.sites.find(({ id }) => id === named) ?? this.company.sites[0];
    if (site && site.id !== this.siteId) {
      this.#live?.stop();
      this.siteId = site.id;
      this.#live = new LiveSite(site.id);
      this.#live.addEventListener('change', this.#onLive);
      this.#live.start();
    }
    this.requestUpdate();
  };

  /** A link to a place of the console leads there without loading it anew. */
  #onClick = (event) => {
    const link = event.composedPath().find((each) => each instanceof HTMLAnchorElement);
    const elsewhere = event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || elsewhere || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (this.me?.kind !== 'employee' || !placeAt(link.pathname, this.me) || link.hash) return;
    event.preventDefault();
    this.#go(link.pathname + link.search);
  };

  #onGo = ({ detail }) => this.#go(detail);

  async #go(address) {
    const from = this.path;
    history.pushState(null, '', address);
    this.#onAddress();
    if (this.path !== from) {
      scrollTo(0, 0);
      await this.#focusHead();
    }
  }

  async #focusHead() {
    await this.updateComplete;
    await this.#page?.updateComplete;
    this.#page?.renderRoot.querySelector('h1')?.focus();
  }

  willUpdate(changed) {
    if (changed.has('language')) document.documentElement.lang = this.language;
    this.#turnTo(this.#ready() ? placeAt(this.path, this.me) : undefined);
    const name = this.#place ? `${this.#say(this.#place.word)} · ` : '';
    document.title = `${name}${this.#say('console.house')}`;
  }

  #place;

  /** The page of a place, which stays as it is while the place does. */
  #turnTo(found) {
    this.#place = found?.place;
    if (!found) {
      this.#page = undefined;
      return;
    }
    if (this.#page?.localName !== found.place.tag) this.#page = document.createElement(found.place.tag);
    Object.assign(this.#page, {
      me: this.me,
      company: this.company,
      site: this.#site(),
      live: this.#live,
      now: this.#live?.clock.now() ?? Date.now(),
      language: this.language,
      params: found.params,
      query: new URLSearchParams(location.search),
    });
  }

  #ready() {
    return this.me?.kind === 'employee' && this.company && !this.refused;
  }

  #site() {
    return this.company?.sites.find(({ id }) => id === this.siteId);
  }

  render() {
    const inside = this.#ready();
    return html`
      ${inside ? html`<a class="skip" href="#content" @click=${this.#skip}>${this.#say('shell.skip')}</a>` : nothing}
      <console-top
        .sites=${this.company?.sites ?? []}
        .site=${this.#site()}
        .me=${this.me}
        .language=${this.language}
        .dark=${this.dark}
        @leave=${this.#signOut}
        @site=${({ detail }) => this.#goTo(detail)}
        @language=${({ detail }) => this.#speak(detail)}
        @theme=${({ detail }) => this.#paint(detail)}
        @search=${() => this.renderRoot.querySelector('console-search').open()}
      ></console-top>
      ${this.#page?.constructor.lively && this.#live ? this.#ribbon() : nothing}
      <div class="house">
        ${inside ? html`<console-rail .me=${this.me} .path=${this.path} .language=${this.language}></console-rail>` : nothing}
        <main id="content" tabindex="-1">${inside ? this.#inside() : this.#instead()}</main>
      </div>
      ${inside ? this.#search() : nothing}
    `;
  }

  #search() {
    return html`<console-search
      .me=${this.me}
      .company=${this.company}
      .now=${this.#live?.clock.now() ?? Date.now()}
      .language=${this.language}
    ></console-search>`;
  }

  #ribbon() {
    return html`<live-ribbon
      .age=${this.#live.age()}
      .heard=${this.#live.heard}
      .now=${this.#live.clock.now()}
      .zone=${this.#site().zone}
      .language=${this.language}
    ></live-ribbon>`;
  }

  #inside() {
    if (this.#page && (this.#live || !this.#page.constructor.lively)) return this.#page;
    const [title, hint] = this.#page ? ['console.no-site', 'shell.no-site.hint'] : ['shell.no-place', 'shell.no-place.hint'];
    return html`<div class="instead">
      <h1 tabindex="-1">${this.#say(title)}</h1>
      <p>${this.#say(hint)}</p>
    </div>`;
  }

  /** What is said where there is nothing to show yet. */
  #instead() {
    if (this.refused) {
      return html`<div class="say" role="alert">
        <p>${inLanguage(this.refused.words, this.language)}</p>
        <button class="primary" @click=${this.refused.again}>${this.#say('console.again')}</button>
      </div>`;
    }
    const outside = this.me && this.me.kind !== 'employee';
    return outside ? html`<sign-in .language=${this.language} @in=${this.#begin}></sign-in>` : nothing;
  }

  #skip = (event) => {
    event.preventDefault();
    this.renderRoot.getElementById('content').focus();
  };

  /** Another site, at the place where one is. */
  #goTo(site) {
    this.#go(`${this.path}?site=${site}`);
  }

  #speak(chosen) {
    setLanguage(chosen);
    this.language = chosen;
  }

  #paint(chosen) {
    setDark(chosen);
    this.dark = chosen;
  }

  /** Time has gone on, or the rooms have changed. */
  #beat() {
    this.requestUpdate();
    if (this.#page?.constructor.lively) this.#page.requestUpdate();
  }

  updated() {
    clearTimeout(this.#timer);
    if (this.#live) this.#timer = setTimeout(this.#onChange, this.#untilNextChange());
  }

  /** Sleeps until the picture changes by itself: the next minute, age, or what the page says. */
  #untilNextChange() {
    const now = this.#live.clock.now();
    const turns = [Math.floor(now / MINUTE) * MINUTE + MINUTE, ...this.#live.turns(), ...(this.#page?.turns?.() ?? [])];
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
