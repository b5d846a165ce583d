import { html, css, nothing, LitElement } from 'lit';
import { command, read, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import { dialogs } from './dialogs.js';
import './delegation-list.js';
import { instead } from './instead.js';
import { pageStyles } from './page-styles.js';
import './person-form.js';

const ROLES = ['admin', 'front-desk', 'facility'];

/** One person: what is kept of them, their account, their roles, who books for them, and whether they work here. */
export class PersonPage extends LitElement {
  static properties = {
    me: { attribute: false },
    company: { attribute: false },
    language: { type: String },
    params: { attribute: false },
    record: { state: true },
    refused: { state: true },
    no: { state: true },
    said: { state: true },
    link: { state: true },
    busy: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    dialogs,
    css`
      dialog {
        --dialog-width: 520px;
      }
      .columns {
        display: grid;
        gap: 16px;
      }
      .side {
        display: grid;
        gap: 16px;
        align-content: start;
      }
      .card h2 {
        margin-bottom: 12px;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 4px 16px;
        margin: 0 0 12px;
      }
      dt {
        color: var(--ink2);
      }
      dd {
        margin: 0;
      }
      .choice {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 36px;
      }
      .choice input {
        width: 18px;
        min-height: 18px;
        accent-color: var(--accent);
      }
      .does {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .link {
        display: flex;
        gap: 8px;
        margin: 16px 0;
      }
      .link button {
        flex: none;
      }
      .said {
        margin: 0 0 8px;
        color: var(--ok);
      }
      .said:empty {
        margin: 0;
      }
      .no {
        margin-bottom: 16px;
      }
      dialog .deeds {
        margin-top: 24px;
        justify-content: flex-end;
      }
      @media (min-width: 1200px) {
        .columns {
          grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
          align-items: start;
        }
      }
    `,
  ];

  #number;

  willUpdate() {
    if (this.params.staffNumber === this.#number) return;
    this.#number = this.params.staffNumber;
    Object.assign(this, { record: undefined, said: undefined, no: undefined });
    this.#load();
  }

  #load = async () => {
    const number = this.#number;
    this.refused = undefined;
    try {
      const record = await read(`/api/staff/${encodeURIComponent(number)}`);
      if (number === this.#number) this.record = record;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (number === this.#number) this.refused = error;
    }
  };

  render() {
    const { record } = this;
    if (!record) {
      return html`<h1 tabindex="-1">${this.#say('shell.people')}</h1>
        ${instead({ refused: this.refused, again: this.#load, language: this.language })}`;
    }
    return html`
      <div class="title">
        <h1 tabindex="-1">${inLanguage(record.name, this.language)}</h1>
        <p class="hint">${[record.staffNumber, inLanguage(record.title, this.language), inLanguage(record.departmentName, this.language)].filter(Boolean).join(' · ')}</p>
        ${record.leftAt ? html`<span class="tag warn">${this.#say('people.left')}</span>` : nothing}
        <div class="deeds">${this.#employment()}</div>
      </div>
      <p class="said" role="status">${this.said ? this.#say(this.said) : nothing}</p>
      ${this.no ? html`<div class="refused no" role="alert"><p>${inLanguage(this.no.words, this.language)}</p></div>` : nothing}
      <div class="columns">
        <section class="card">
          <h2>${this.#say('people.data')}</h2>
          <person-form .record=${record} .company=${this.company} .language=${this.language} @saved=${this.#saved}></person-form>
        </section>
        <div class="side">
          <section class="card">${this.#account()}</section>
          ${record.leftAt ? nothing : html`<section class="card">${this.#roles()}</section>`}
          ${record.leftAt
            ? nothing
            : html`<section class="card">
                <delegation-list
                  .record=${record}
                  .company=${this.company}
                  .path="/api/people/${record.staffNumber}"
                  .language=${this.language}
                  @record=${({ detail }) => (this.record = detail)}
                ></delegation-list>
              </section>`}
        </div>
      </div>
      ${this.#dialogs()}
    `;
  }

  #employment() {
    if (this.record.leftAt) return html`<button class="return" @click=${() => this.#do('return', 'people.returned')}>${this.#say('people.return')}</button>`;
    if (this.record.staffNumber === this.me.staffNumber) return nothing;
    return html`<button class="leave" @click=${() => this.#dialog('leaving').showModal()}>${this.#say('people.leave')}</button>`;
  }

  #account() {
    const { hasPassword, hasPin, sessions, source, heads, leftAt } = this.record;
    const yes = (is) => this.#say(is ? 'people.set' : 'people.not-set');
    return html`
      <h2>${this.#say('people.account')}</h2>
      <dl>
        <dt>${this.#say('people.password')}</dt><dd>${yes(hasPassword)}</dd>
        <dt>${this.#say('people.pin')}</dt><dd>${yes(hasPin)}</dd>
        <dt>${this.#say('people.sessions')}</dt><dd>${sessions}</dd>
        <dt>${this.#say('people.source')}</dt><dd>${this.#say(`people.source.${source}`)}</dd>
        ${heads.length > 0 ? html`<dt>${this.#say('people.heads')}</dt><dd>${heads.map(({ name }) => inLanguage(name, this.language)).join(this.language === 'en' ? ', ' : '、')}</dd>` : nothing}
      </dl>
      ${leftAt
        ? nothing
        : html`<div class="does">
            <button class="make-link" @click=${this.#makeLink}>${this.#say('people.password-link')}</button>
            ${sessions > 0 ? html`<button class="end-sessions" @click=${() => this.#change('end-sessions', 'people.sessions-ended')}>${this.#say('people.end-sessions')}</button>` : nothing}
            ${hasPin ? html`<button class="clear-pin" @click=${() => this.#change('clear-pin', 'people.pin-cleared')}>${this.#say('people.clear-pin')}</button>` : nothing}
          </div>`}
    `;
  }

  #roles() {
    const own = this.record.staffNumber === this.me.staffNumber;
    return html`
      <h2>${this.#say('people.roles')}</h2>
      ${ROLES.map(
        (role) => html`<label class="choice">
          <input type="checkbox" name=${role} .checked=${this.record.roles.includes(role)} ?disabled=${own || Boolean(this.busy)} @change=${this.#setRoles} />
          ${this.#say(`people.role.${role}`)}
        </label>`,
      )}
      ${own ? html`<p class="hint">${this.#say('people.own-roles')}</p>` : nothing}
    `;
  }

  #dialogs() {
    const name = inLanguage(this.record.name, this.language);
    return html`
      <dialog class="leaving" aria-labelledby="leaving-title" aria-describedby="leaving-told">
        <h2 id="leaving-title">${this.#say('people.leave.title', { name })}</h2>
        <p id="leaving-told">${this.#say('people.leave.told')}</p>
        <div class="deeds">
          <button @click=${() => this.#dialog('leaving').close()}>${this.#say('people.cancel')}</button>
          <button class="primary sure" @click=${this.#leave}>${this.#say('people.leave')}</button>
        </div>
      </dialog>
      <dialog class="linked" aria-labelledby="linked-title" aria-describedby="linked-told" @close=${() => (this.link = undefined)}>
        <h2 id="linked-title">${this.#say('people.password-link')}</h2>
        <p id="linked-told">${this.#say('people.password-link.told', { name })}</p>
        <div class="link">
          <input readonly aria-label=${this.#say('people.password-link')} .value=${this.link ?? ''} @focus=${({ target }) => target.select()} />
          <button class="primary copy" @click=${this.#copy}>${this.#say('people.copy')}</button>
        </div>
        <div class="deeds"><button @click=${() => this.#dialog('linked').close()}>${this.#say('console.close')}</button></div>
      </dialog>
    `;
  }

  #dialog(name) {
    return this.renderRoot.querySelector(`dialog.${name}`);
  }

  #saved = ({ detail }) => {
    Object.assign(this, { record: detail, said: 'people.saved', no: undefined });
  };

  #leave = async () => {
    this.#dialog('leaving').close();
    await this.#do('leave', 'people.has-left');
  };

  async #do(deed, said) {
    await this.#try(said, async () => {
      this.record = await command(`/api/staff/${this.record.staffNumber}/${deed}`, {}, { language: this.language });
    });
  }

  /** What changes the account, after which the record is asked for anew. */
  async #change(deed, said) {
    await this.#try(said, async () => {
      await command(`/api/people/${this.record.staffNumber}/${deed}`, {}, { language: this.language });
      this.record = await read(`/api/staff/${this.record.staffNumber}`);
    });
  }

  #setRoles = async () => {
    const roles = [...this.renderRoot.querySelectorAll('.choice input:checked')].map(({ name }) => name);
    await this.#try('people.saved', async () => {
      const { roles: set } = await command(`/api/people/${this.record.staffNumber}/roles`, { roles }, { language: this.language });
      this.record = { ...this.record, roles: set };
    });
    this.requestUpdate();
  };

  #makeLink = async () => {
    await this.#try(undefined, async () => {
      const { url } = await command(`/api/people/${this.record.staffNumber}/password-link`, {}, { language: this.language });
      this.link = url;
      this.#dialog('linked').showModal();
    });
  };

  #copy = async () => {
    await navigator.clipboard?.writeText(this.link).catch(() => undefined);
    this.renderRoot.querySelector('.link input').select();
  };

  async #try(said, deed) {
    if (this.busy) return;
    Object.assign(this, { busy: true, no: undefined, said: undefined });
    try {
      await deed();
      this.said = said;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.no = error;
    } finally {
      this.busy = false;
    }
  }

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

customElements.define('person-page', PersonPage);
