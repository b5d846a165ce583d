import { html, css, nothing, LitElement } from 'lit';
import { Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import { dialogs } from './dialogs.js';
import { loadFeatures } from './room-words.js';
import './room-form.js';

/** Makes a room at a site, and goes to its page. */
export class NewRoom extends LitElement {
  static properties = {
    company: { attribute: false },
    language: { type: String },
    site: { state: true },
    features: { state: true },
    refused: { state: true },
  };

  static styles = [
    controls,
    dialogs,
    css`
      dialog {
        --dialog-width: 760px;
      }
      h2 {
        margin-bottom: 16px;
      }
    `,
  ];

  /**
   * Opens the form.
   *
   * @param {import('./company.js').Site} site where the room will be unless another is chosen
   */
  async open(site) {
    Object.assign(this, { site, refused: undefined });
    await this.updateComplete;
    this.renderRoot.querySelector('dialog').showModal();
    try {
      this.features = await loadFeatures();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
    }
  }

  render() {
    return html`<dialog aria-labelledby="title" @close=${() => (this.site = undefined)}>
      <h2 id="title">${text('rooms.new', {}, this.language)}</h2>
      ${this.refused ? html`<p role="alert">${inLanguage(this.refused.words, this.language)}</p>` : nothing}
      ${this.site && this.features
        ? html`<room-form
            .site=${this.site}
            .company=${this.company}
            .features=${this.features}
            .language=${this.language}
            @saved=${this.#made}
            @leave=${this.#shut}
          ></room-form>`
        : nothing}
    </dialog>`;
  }

  #made = ({ detail: room }) => {
    this.#shut();
    this.#tell('changed');
    this.#tell('go', `/rooms/${room.id}?site=${room.site}`);
  };

  #shut = () => this.renderRoot.querySelector('dialog').close();

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

customElements.define('new-room', NewRoom);
