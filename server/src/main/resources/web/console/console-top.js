import { html, css, nothing, svg, LitElement } from 'lit';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';

const SUN = svg`<circle cx="12" cy="12" r="4" /><path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1" />`;
const GLASS = svg`<circle cx="11" cy="11" r="6.5" /><path d="m16 16 4.5 4.5" />`;
const MOON = svg`<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z" />`;

/** The head of the page: the house, its sites, the hall's screen, language, light and who has signed in. Sends `search`, `site`, `language`, `theme` and, to sign out, `leave`. */
export class ConsoleTop extends LitElement {
  static properties = {
    sites: { attribute: false },
    site: { attribute: false },
    me: { attribute: false },
    language: { type: String },
    dark: { type: Boolean },
  };

  static styles = [
    controls,
    css`
      :host {
        display: block;
        position: sticky;
        top: 0;
        z-index: 3;
        background: var(--surface);
        border-bottom: 1px solid var(--line);
      }
      header {
        height: var(--top);
        padding: 0 24px;
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto auto;
        align-items: center;
        gap: 0 24px;
      }
      .house {
        font-size: 18px;
        font-weight: 600;
        white-space: nowrap;
      }
      .places {
        display: contents;
      }
      nav {
        display: flex;
        gap: 4px;
        height: 100%;
        min-width: 0;
        overflow-x: auto;
      }
      nav a {
        display: flex;
        align-items: center;
        padding: 0 12px;
        color: var(--ink2);
        text-decoration: none;
        white-space: nowrap;
        border-block: 3px solid transparent;
        outline-offset: -4px;
      }
      nav a:hover {
        color: var(--ink);
      }
      nav a[aria-current] {
        color: var(--ink);
        font-weight: 600;
        border-bottom-color: var(--accent);
      }
      .hall {
        white-space: nowrap;
      }
      .mine {
        grid-column: -2;
        display: flex;
        align-items: center;
        gap: 4px;
        min-width: 0;
        white-space: nowrap;
      }
      .theme,
      .search {
        display: inline-flex;
        align-items: center;
        gap: 8px;
      }
      .theme svg,
      .search svg {
        width: 20px;
        height: 20px;
        fill: none;
        stroke: currentcolor;
        stroke-width: 1.5;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
      .who {
        max-width: 14em;
        min-width: 0;
        margin-inline-start: 8px;
        padding-inline-start: 16px;
        border-inline-start: 1px solid var(--line);
        color: var(--ink2);
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .mine button {
        flex: none;
      }
      @media (max-width: 639px) {
        header {
          grid-template: 52px / auto minmax(0, 1fr);
          padding: 0 16px;
          gap: 0 8px;
        }
        header:not(.sites) {
          height: 52px;
        }
        header.sites {
          grid-template-rows: 52px 43px;
        }
        .places {
          grid-row: 2;
          grid-column: 1 / -1;
          align-self: stretch;
          display: flex;
          min-width: 0;
          margin-inline-start: -12px;
        }
        nav {
          flex: 1;
        }
        .hall {
          display: flex;
          align-items: center;
          padding-inline-start: 12px;
          border-inline-start: 1px solid var(--line);
        }
        .mine {
          grid-row: 1;
          grid-column: 2;
          justify-self: end;
          max-width: 100%;
          gap: 0;
          margin-inline-end: -12px;
        }
        .theme span,
        .search span {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
        .mine button {
          padding: 0 10px;
        }
        .who {
          margin-inline-start: 4px;
          padding-inline-start: 10px;
        }
      }
    `,
  ];

  render() {
    const other = this.language === 'en' ? { tag: 'zh-CN', name: '中文' } : { tag: 'en', name: 'English' };
    return html`<header class=${this.site ? 'sites' : ''}>
      <span class="house">${this.#say('console.house')}</span>
      ${this.site ? this.#places() : nothing}
      <div class="mine">
        ${this.me?.kind === 'employee' && this.site ? this.#search() : nothing}
        <button class="plain theme" @click=${() => this.#tell('theme', !this.dark)}>
          <svg viewBox="0 0 24 24" aria-hidden="true">${this.dark ? SUN : MOON}</svg>
          <span>${this.#say(this.dark ? 'console.light' : 'console.dark')}</span>
        </button>
        <button class="plain language" lang=${other.tag} @click=${() => this.#tell('language', other.tag)}>${other.name}</button>
        ${this.me?.kind === 'employee' ? this.#person() : nothing}
      </div>
    </header>`;
  }

  #places() {
    return html`
      <div class="places">
        <nav aria-label=${this.#say('console.sites')}>${this.sites.map((site) => this.#site(site))}</nav>
        <a class="hall" href="/kiosk/?site=${this.site.id}">${this.#say('console.hall')}</a>
      </div>
    `;
  }

  #search() {
    return html`<button class="plain search" aria-keyshortcuts="Control+K /" @click=${() => this.#tell('search')}>
      <svg viewBox="0 0 24 24" aria-hidden="true">${GLASS}</svg>
      <span>${this.#say('search.open')}</span>
    </button>`;
  }

  #person() {
    const name = inLanguage(this.me.name, this.language);
    return html`
      <a class="who" href="/me" title=${`${name} · ${this.me.staffNumber}`}>${name}</a>
      <button class="plain leave" @click=${() => this.#tell('leave')}>${this.#say('console.leave')}</button>
    `;
  }

  #site(site) {
    const current = site.id === this.site.id ? 'page' : nothing;
    const name = inLanguage(site.name, this.language);
    return html`<a href="?site=${site.id}" aria-current=${current} @click=${(event) => this.#goTo(event, site)}>${name}</a>`;
  }

  /** Changes the site within the page, unless another tab is asked for. */
  #goTo(event, site) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#tell('site', site.id);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #say(key) {
    return text(key, {}, this.language);
  }
}

customElements.define('console-top', ConsoleTop);
