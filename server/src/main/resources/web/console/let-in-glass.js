import { html, css, nothing, LitElement } from 'lit';
import { command, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import { dialogs } from './dialogs.js';

/**
 * @typedef {import('./company.js').Site} Site
 * @typedef {import('./company.js').Room} Room
 */

/** Makes the link that lets a room's display or a site's kiosk in, and shows it. */
export class LetInGlass extends LitElement {
  static properties = {
    language: { type: String },
    place: { state: true },
    url: { state: true },
    copied: { state: true },
    busy: { state: true },
    refused: { state: true },
  };

  static styles = [
    controls,
    dialogs,
    css`
      dialog {
        --dialog-width: 520px;
      }
      h2 {
        margin-bottom: 8px;
      }
      p {
        margin: 0;
        color: var(--ink2);
      }
      .link {
        display: flex;
        gap: 8px;
        margin-top: 16px;
      }
      .link input {
        background: var(--sunk);
        text-overflow: ellipsis;
      }
      .link button {
        flex: none;
      }
      .error {
        margin-top: 16px;
        color: var(--danger);
      }
      .copied {
        min-height: 22px;
        color: var(--ok);
      }
      .deeds {
        display: flex;
        justify-content: flex-end;
        gap: 8px;
        margin-top: 24px;
      }
    `,
  ];

  /** What has been made already for this place, so that a second try makes no second one. */
  #device;

  /**
   * Asks whether a link is to be made.
   *
   * @param {{site: Site, room?: Room}} place without a room it is for the site's kiosk
   */
  async ask(place) {
    this.#device = undefined;
    Object.assign(this, { place, url: undefined, copied: false, refused: undefined });
    await this.updateComplete;
    this.renderRoot.querySelector('dialog').showModal();
  }

  render() {
    return html`<dialog aria-labelledby="title" aria-describedby="told" @close=${this.#forget}>${this.place ? this.#body() : nothing}</dialog>`;
  }

  #body() {
    const name = inLanguage((this.place.room ?? this.place.site).name, this.language);
    const kind = this.place.room ? 'display' : 'kiosk';
    return html`
      <h2 id="title">${this.#say(`console.let-in.${kind}.title`, { name })}</h2>
      <p id="told">${this.#say(this.url ? 'console.let-in.open' : 'console.let-in.told')}</p>
      ${this.url ? this.#link() : nothing}
      ${this.refused ? html`<p class="error" role="alert">${inLanguage(this.refused.words, this.language)}</p>` : nothing}
      <div class="deeds">
        <button class="close" @click=${this.#close}>${this.#say('console.close')}</button>
        ${this.url ? nothing : html`<button class="primary make" aria-disabled=${Boolean(this.busy)} @click=${this.#make}>${this.#say('console.let-in.make')}</button>`}
      </div>
    `;
  }

  #link() {
    return html`
      <div class="link">
        <input readonly aria-label=${this.#say('console.let-in.link')} .value=${this.url} @focus=${({ target }) => target.select()} />
        <button class="primary copy" @click=${this.#copy}>${this.#say('console.let-in.copy')}</button>
      </div>
      <p class="copied" role="status">${this.copied ? this.#say('console.let-in.copied') : nothing}</p>
    `;
  }

  #make = async () => {
    if (this.busy) return;
    this.busy = true;
    this.refused = undefined;
    try {
      this.#device ??= await command('/api/devices', asked(this.place), { language: this.language });
      const { url } = await command(`/api/devices/${this.#device.device}/link`, {}, { language: this.language });
      this.url = url;
      await this.updateComplete;
      this.renderRoot.querySelector('.copy').focus();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
    } finally {
      this.busy = false;
    }
  };

  /** Where the browser forbids to copy, the link is selected for the hand to do it. */
  #copy = async () => {
    try {
      await navigator.clipboard.writeText(this.url);
      this.copied = true;
    } catch {
      this.renderRoot.querySelector('.link input').focus();
    }
  };

  #close = () => this.renderRoot.querySelector('dialog').close();

  /** The link is nowhere in the page once it has been shown. */
  #forget = () => {
    this.place = undefined;
    this.url = undefined;
    this.#device = undefined;
  };

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

/** The device to make: named after the place where it will hang or stand. */
function asked({ site, room }) {
  const { zh, en } = (room ?? site).name;
  const name = (zh === en ? zh : `${zh} ${en}`).slice(0, 100);
  return room ? { kind: 'display', name, site: site.id, rooms: [room.id] } : { kind: 'kiosk', name, site: site.id };
}

customElements.define('let-in-glass', LetInGlass);
