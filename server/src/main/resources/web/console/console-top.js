import { html, css, nothing, LitElement } from 'lit';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';

/** The head of the page: the house, its sites, the hall's screen, language, light and who has signed in. Sends `site`, `language`, `theme` and, to sign out, `leave`. */
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
        max-width: 1440px;
        height: var(--top);
        margin: 0 auto;
        padding: 0 24px;
        display: grid;
        grid-template-columns: auto 1fr auto;
        align-items: center;
        gap: 0 32px;
      }
      .house {
        font-size: 18px;
        font-weight: 600;
        white-space: nowrap;
      }
      nav {
        display: flex;
        gap: 4px;
        height: 100%;
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
      .mine {
        display: flex;
        align-items: center;
        gap: 4px;
        white-space: nowrap;
      }
      .mine a {
        padding: 0 12px;
      }
      @media (max-width: 639px) {
        header {
          grid-template: 52px 43px / 1fr auto;
          padding: 0 16px;
          align-items: stretch;
        }
        .house,
        .mine {
          align-self: center;
        }
        nav {
          grid-area: 2 / 1 / 3 / 3;
          margin: 0 -12px;
          overflow-x: auto;
        }
        .mine {
          gap: 0;
          margin-inline-end: -12px;
        }
        .mine a {
          padding: 0 8px;
        }
      }
    `,
  ];

  render() {
    const other = this.language === 'en' ? { tag: 'zh-CN', name: '中文' } : { tag: 'en', name: 'English' };
    return html`<header>
      <span class="house">${this.#say('console.house')}</span>
      <nav aria-label=${this.#say('console.sites')}>${this.sites.map((site) => this.#site(site))}</nav>
      <div class="mine">
        ${this.site ? html`<a href="/kiosk/?site=${this.site.id}">${this.#say('console.hall')}</a>` : ''}
        <button class="plain theme" @click=${() => this.#tell('theme', !this.dark)}>
          ${this.#say(this.dark ? 'console.light' : 'console.dark')}
        </button>
        ${this.me?.kind === 'employee' ? this.#leave() : nothing}
        <button class="plain language" lang=${other.tag} @click=${() => this.#tell('language', other.tag)}>${other.name}</button>
      </div>
    </header>`;
  }

  #leave() {
    const name = inLanguage(this.me.name, this.language);
    return html`<button class="plain leave" title=${this.me.staffNumber} @click=${() => this.#tell('leave')}>
      ${text('console.leave', { name }, this.language)}
    </button>`;
  }

  #site(site) {
    const current = site.id === this.site?.id ? 'page' : undefined;
    const name = inLanguage(site.name, this.language);
    return current
      ? html`<a href="?site=${site.id}" aria-current="page" @click=${(event) => this.#goTo(event, site)}>${name}</a>`
      : html`<a href="?site=${site.id}" @click=${(event) => this.#goTo(event, site)}>${name}</a>`;
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
