import { html, css, nothing, LitElement } from 'lit';
import { read, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { date } from '/kit/time.js';
import { controls } from './controls.js';
import { instead } from './instead.js';
import { pageStyles } from './page-styles.js';
import './site-fields.js';
import './special-days.js';

/** One site: names, zone, the hours of its week and its special days. */
export class SitePage extends LitElement {
  static properties = {
    language: { type: String },
    params: { attribute: false },
    now: { type: Number },
    detail: { state: true },
    refused: { state: true },
    said: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    css`
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px;
      }
      .card h2 {
        margin-bottom: 12px;
      }
      @media (min-width: 1200px) {
        .columns {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
          align-items: start;
        }
      }
    `,
  ];

  #id;

  willUpdate() {
    if (this.params.id === this.#id) return;
    this.#id = this.params.id;
    Object.assign(this, { detail: undefined, said: undefined });
    this.#load();
  }

  #load = async () => {
    const id = this.#id;
    this.refused = undefined;
    try {
      const detail = await read(`/api/sites/${id}`);
      if (id === this.#id) this.detail = detail;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (id === this.#id) this.refused = error;
    }
  };

  render() {
    const { detail } = this;
    if (!detail) {
      return html`<h1 tabindex="-1">${this.#say('shell.sites')}</h1>
        ${instead({ refused: this.refused, again: this.#load, language: this.language })}`;
    }
    return html`
      <div class="title">
        <h1 tabindex="-1">${inLanguage(detail.name, this.language)}</h1>
        <p class="hint">${detail.zone} · <a href="/rooms?site=${detail.id}">${this.#say('sites.rooms', { rooms: detail.rooms })}</a></p>
      </div>
      <p class="said" role="status">${this.said ?? nothing}</p>
      <div class="columns">
        <section class="card">
          <h2>${this.#say('sites.edit')}</h2>
          <site-fields .site=${detail} .language=${this.language} @saved=${this.#saved}></site-fields>
        </section>
        <section class="card">
          <special-days
            .site=${detail}
            .year=${Number(date(this.now, detail.zone).slice(0, 4))}
            .language=${this.language}
            @site=${({ detail: site }) => (this.detail = site)}
          ></special-days>
        </section>
      </div>
    `;
  }

  #saved = ({ detail: site }) => {
    this.detail = site;
    this.said = this.#say('sites.saved');
    this.dispatchEvent(new CustomEvent('changed', { bubbles: true, composed: true }));
  };

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

customElements.define('site-page', SitePage);
