import { html, css, nothing, LitElement } from 'lit';
import { command, read, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import './delegation-list.js';
import { instead } from './instead.js';
import { pageStyles } from './page-styles.js';
import './secret-form.js';

/** What is kept of oneself, one's password and PIN, where one is signed in, and who books for one. */
export class MePage extends LitElement {
  static properties = {
    company: { attribute: false },
    language: { type: String },
    record: { state: true },
    sessions: { state: true },
    refused: { state: true },
    no: { state: true },
    said: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    css`
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
        margin: 0;
      }
      dt {
        color: var(--ink2);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
      }
      li {
        display: flex;
        gap: 12px;
        align-items: center;
        padding: 8px 0;
        border-top: 1px solid var(--line);
      }
      li div {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      li small {
        display: block;
        font-size: 12px;
        line-height: 18px;
        color: var(--ink2);
      }
      li button,
      li .tag {
        flex: none;
        margin-inline-start: auto;
      }
      dl + .hint {
        margin-top: 12px;
      }
      .others {
        margin-top: 12px;
      }
      .said {
        margin: 0 0 8px;
        color: var(--ok);
      }
      .said:empty {
        margin: 0;
      }
      @media (min-width: 1000px) {
        .columns {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
          align-items: start;
        }
      }
    `,
  ];

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  #load = async () => {
    this.refused = undefined;
    try {
      const [record, { sessions }] = await Promise.all([read('/api/me/account'), read('/api/me/sessions')]);
      Object.assign(this, { record, sessions });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
    }
  };

  render() {
    const { record } = this;
    if (!record) {
      return html`<h1 tabindex="-1">${this.#say('shell.me')}</h1>
        ${instead({ refused: this.refused, again: this.#load, language: this.language })}`;
    }
    return html`
      <div class="title">
        <h1 tabindex="-1">${this.#say('shell.me')}</h1>
        <p class="hint">${inLanguage(record.name, this.language)} · ${record.staffNumber}</p>
      </div>
      <p class="said" role="status">${this.said ? this.#say(this.said) : nothing}</p>
      ${this.no ? html`<div class="refused" role="alert"><p>${inLanguage(this.no.words, this.language)}</p></div>` : nothing}
      <div class="columns">
        <div class="side">
          <section class="card">${this.#data()}</section>
          <section class="card">
            <delegation-list own .record=${record} .company=${this.company} path="/api/me" .language=${this.language} @record=${({ detail }) => (this.record = detail)}></delegation-list>
          </section>
          <section class="card">${this.#sessions()}</section>
        </div>
        <div class="side">
          <section class="card">
            <h2>${this.#say('people.password')}</h2>
            <secret-form kind="password" .user=${record.staffNumber} .language=${this.language} @done=${this.#changedPassword}></secret-form>
          </section>
          <section class="card">
            <h2>${this.#say('people.pin')} <span class="tag ${record.hasPin ? 'ok' : ''}">${this.#say(record.hasPin ? 'people.set' : 'people.not-set')}</span></h2>
            <secret-form kind="pin" .user=${record.staffNumber} .language=${this.language} @done=${this.#changedPin}></secret-form>
          </section>
        </div>
      </div>
    `;
  }

  #data() {
    const { name, title, email, departmentName, badgeCode, roles, heads } = this.record;
    const between = this.language === 'en' ? ', ' : '、';
    const rows = [
      ['people.name', `${name.zh} · ${name.en}`],
      ['people.title', inLanguage(title, this.language)],
      ['people.department', inLanguage(departmentName, this.language)],
      ['people.email', email],
      ['people.badge', badgeCode],
      ['people.roles', roles.map((role) => this.#say(`people.role.${role}`)).join(between)],
      ['people.heads', heads.map(({ name: department }) => inLanguage(department, this.language)).join(between)],
    ];
    return html`<h2>${this.#say('people.data')}</h2>
      <dl>${rows.filter(([, value]) => value).map(([word, value]) => html`<dt>${this.#say(word)}</dt><dd>${value}</dd>`)}</dl>
      <p class="hint">${this.#say('people.data.hint')}</p>`;
  }

  #sessions() {
    return html`<h2>${this.#say('people.sessions.own')}</h2>
      <ul class="sessions">
        ${this.sessions.map(
          ({ id, agent, usedAt, present }) => html`<li>
            <div>${browserOf(agent)}<small>${this.#say('people.session.used', { when: this.#when(usedAt) })}</small></div>
            ${present
              ? html`<span class="tag ok">${this.#say('people.session.present')}</span>`
              : html`<button class="plain" @click=${() => this.#end(`/${id}/end`)}>${this.#say('people.session.end')}</button>`}
          </li>`,
        )}
      </ul>
      ${this.sessions.length > 1 ? html`<button class="others" @click=${() => this.#end('/end-others')}>${this.#say('people.session.end-others')}</button>` : nothing}`;
  }

  #when(at) {
    const when = new Intl.DateTimeFormat(this.language, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
    return when.format(new Date(at));
  }

  #end = async (which) => {
    this.no = undefined;
    try {
      const { sessions } = await command(`/api/me/sessions${which}`, {}, { language: this.language });
      Object.assign(this, { sessions, said: 'people.session.ended' });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.no = error;
    }
  };

  #changedPassword = async () => {
    this.said = 'people.password.changed';
    await this.#load();
  };

  #changedPin = ({ detail }) => {
    Object.assign(this, { record: detail, said: 'people.pin.changed' });
  };

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

/** The name by which people know a browser, of what it says of itself. */
function browserOf(agent) {
  const browser = [
    ['Edg/', 'Edge'],
    ['Firefox/', 'Firefox'],
    ['Chrome/', 'Chrome'],
    ['Safari/', 'Safari'],
  ].find(([mark]) => agent.includes(mark));
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS X', 'Linux'].find((name) => agent.includes(name));
  return [browser?.[1], system].filter(Boolean).join(' · ') || agent.slice(0, 60) || '–';
}

customElements.define('me-page', MePage);
