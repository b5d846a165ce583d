import { html, css, LitElement } from 'lit';
import { text } from '/kit/language.js';
import { controls } from './controls.js';
import { icon } from './icons.js';
import { pageStyles } from './page-styles.js';
import { placesIn } from './places.js';

/** The places of whoever runs the house, for glasses on which the navigation has no room for them. */
export class AdminPage extends LitElement {
  static properties = {
    me: { attribute: false },
    language: { type: String },
  };

  static styles = [
    controls,
    pageStyles,
    css`
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
        background: var(--surface);
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      li a {
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: 52px;
        padding: 0 16px;
        color: var(--ink);
        text-decoration: none;
      }
    `,
  ];

  render() {
    return html`
      <div class="title">
        <h1 tabindex="-1">${this.#say('shell.admin')}</h1>
        <p class="hint">${this.#say('shell.admin.hint')}</p>
      </div>
      <ul>
        ${placesIn('admin', this.me).map((place) => html`<li><a href=${place.path}>${icon(place.icon)} ${this.#say(place.word)}</a></li>`)}
      </ul>
    `;
  }

  #say(key) {
    return text(key, {}, this.language);
  }
}

customElements.define('admin-page', AdminPage);
