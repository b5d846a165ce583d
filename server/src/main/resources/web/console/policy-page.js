import { html, css, nothing, LitElement } from 'lit';
import { command, read, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { moment } from '/kit/time.js';
import { controls } from './controls.js';
import { dialogs } from './dialogs.js';
import { instead } from './instead.js';
import { pageStyles } from './page-styles.js';
import { GROUPS, ownerWords, same, settingOf, sinceWords, valueWords } from './policy-words.js';
import './publish-version.js';

/** So many versions stand side by side at most, the latest among them. */
const SIDE_BY_SIDE = 4;

const TONES = { 'in-force': 'ok', coming: 'info', past: '', withdrawn: '' };

/** One policy: its values in its versions side by side, and the form by which its owner publishes another. */
export class PolicyPage extends LitElement {
  static properties = {
    company: { attribute: false },
    site: { attribute: false },
    params: { attribute: false },
    now: { type: Number },
    language: { type: String },
    policy: { state: true },
    parameters: { state: true },
    publishing: { state: true },
    withdrawing: { state: true },
    busy: { state: true },
    refused: { state: true },
    withdrawRefused: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    dialogs,
    css`
      dialog {
        --dialog-width: 480px;
      }
      .about {
        margin: -8px 0 24px;
        color: var(--ink2);
      }
      .group th {
        font-weight: 600;
        color: var(--ink2);
        background: var(--sunk);
      }
      tbody th {
        min-width: 200px;
        font-weight: 400;
        white-space: normal;
        color: var(--ink);
      }
      tbody th small {
        display: block;
        max-width: 36em;
        font-size: 12px;
        line-height: 18px;
        color: var(--ink2);
      }
      td {
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      td.other {
        background: var(--warn-soft);
        font-weight: 600;
      }
      .changed {
        display: block;
        font-size: 12px;
        font-weight: 400;
        color: var(--warn);
      }
      thead .tag {
        margin-inline-end: 4px;
      }
      .bounds {
        color: var(--ink2);
      }
      h2 {
        margin: 32px 0 12px;
      }
      dialog h2 {
        margin: 0 0 8px;
      }
      ol {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: start;
        gap: 4px 12px;
        padding: 12px 0;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      li .words {
        flex: 1 1 240px;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      li p {
        margin: 0;
      }
      .deeds {
        justify-content: flex-end;
      }
      dialog .deeds {
        margin-top: 24px;
      }
      .error {
        color: var(--danger);
      }
    `,
  ];

  willUpdate(changed) {
    if (changed.has('params') && this.policy?.id !== this.params.id) {
      this.policy = undefined;
      this.#load();
    }
  }

  #load = async () => {
    this.refused = undefined;
    try {
      const [policy, { parameters }] = await Promise.all([read(`/api/policies/${encodeURIComponent(this.params.id)}`), read('/api/policies')]);
      Object.assign(this, { policy, parameters });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
    }
  };

  render() {
    if (!this.policy) {
      return html`<div class="title"><h1 tabindex="-1">${this.#say('shell.policies')}</h1></div>
        ${instead({ refused: this.refused, again: this.#load, language: this.language })}`;
    }
    const { policy } = this;
    return html`
      <div class="title">
        <h1 tabindex="-1">${policy.id} · ${inLanguage(policy.name, this.language)}</h1>
        ${policy.mine ? html`<div class="deeds"><button class="primary publish" @click=${this.#publish}>${this.#say('policies.publish')}</button></div>` : nothing}
      </div>
      <p class="about">${inLanguage(ownerWords(policy), this.language)}</p>
      ${this.#values()}
      <h2>${this.#say('policies.versions')}</h2>
      <ol class="card">
        ${policy.versions.map((version) => this.#version(version))}
      </ol>
      ${this.publishing ? this.#form() : nothing} ${this.#confirmation()}
    `;
  }

  #values() {
    const shown = this.policy.versions.filter(({ state }) => state !== 'withdrawn').slice(0, SIDE_BY_SIDE);
    return html`<div class="table" tabindex="0" role="region" aria-label=${this.#say('policies.values')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${this.#say('policies.parameter')}</th>
            ${shown.map((version) => html`<th scope="col">${this.#state(version)} ${version.label}<br />${inLanguage(sinceWords(version, this.site.zone), this.language)}</th>`)}
            <th scope="col">${this.#say('policies.clause')}</th>
            <th scope="col">${this.#say('policies.bounds')}</th>
          </tr>
        </thead>
        ${GROUPS.map(
          (group) => html`<tbody>
            <tr class="group"><th colspan=${shown.length + 3} scope="rowgroup">${this.#say(`policies.group.${group}`)}</th></tr>
            ${this.parameters.filter(({ parameter }) => parameter.startsWith(`${group}.`)).map((parameter) => this.#row(parameter, shown))}
          </tbody>`,
        )}
      </table>
    </div>`;
  }

  #row(parameter, shown) {
    const settings = shown.map((version) => settingOf(version, parameter.parameter));
    const clause = settings[0]?.clause;
    const bounds = `${parameter.least}–${parameter.most}`;
    return html`<tr>
      <th scope="row">${inLanguage(parameter.label, this.language)}<small>${inLanguage(parameter.says, this.language)}</small></th>
      ${settings.map((setting, i) => {
        const other = i + 1 < settings.length && !same(setting, settings[i + 1]);
        return html`<td class=${other ? 'other' : ''}>
          ${inLanguage(valueWords(parameter, setting), this.language)}
          ${other ? html`<span class="changed">${this.#say('policies.changed')}</span>` : nothing}
        </td>`;
      })}
      <td>${clause ?? this.#say('policies.own')}</td>
      <td class="bounds">${inLanguage(valueWords({ kind: parameter.kind }, { number: bounds }), this.language)}</td>
    </tr>`;
  }

  #state({ state }) {
    return html`<span class="tag ${TONES[state]}">${this.#say(`policies.state.${state}`)}</span>`;
  }

  #version(version) {
    const { publishedBy: by, publishedAt: at } = version;
    const who = by && this.#say('policies.by', { name: inLanguage(by.name, this.language), time: this.#time(at) });
    const mayWithdraw = this.policy.mine && version.state === 'coming';
    return html`<li>
      <div>${this.#state(version)} <strong>${version.label}</strong></div>
      <div class="words">
        <p>${at ? version.note : this.#say('policies.beginning')}</p>
        <p class="hint">${inLanguage(sinceWords(version, this.site.zone), this.language)}${who ? ` · ${who}` : ''}</p>
      </div>
      ${mayWithdraw ? html`<button class="withdraw" @click=${() => this.#ask(version)}>${this.#say('policies.withdraw')}</button>` : nothing}
    </li>`;
  }

  #form() {
    return html`<publish-version
      .policy=${this.policy}
      .parameters=${this.parameters}
      .site=${this.site}
      .now=${this.now}
      .language=${this.language}
      @published=${this.#published}
      @changed-meanwhile=${this.#load}
      @leave=${() => (this.publishing = false)}
    ></publish-version>`;
  }

  #confirmation() {
    const version = this.withdrawing;
    return html`<dialog aria-labelledby="withdraw-title" @close=${() => (this.withdrawing = undefined)}>
      ${version
        ? html`<h2 id="withdraw-title">${this.#say('policies.withdraw.title', { version: version.label })}</h2>
            <p>${this.#say('policies.withdraw.told')}</p>
            ${this.withdrawRefused ? html`<p class="error" role="alert">${inLanguage(this.withdrawRefused.words, this.language)}</p>` : nothing}
            <div class="deeds">
              <button @click=${this.#shut}>${this.#say('console.close')}</button>
              <button class="primary confirm" aria-disabled=${Boolean(this.busy)} @click=${this.#withdraw}>${this.#say('policies.withdraw')}</button>
            </div>`
        : nothing}
    </dialog>`;
  }

  #publish = () => {
    this.publishing = true;
  };

  #published = async () => {
    this.publishing = false;
    await this.#load();
  };

  #ask = async (version) => {
    Object.assign(this, { withdrawing: version, withdrawRefused: undefined });
    await this.updateComplete;
    this.renderRoot.querySelector('dialog').showModal();
  };

  #shut = () => this.renderRoot.querySelector('dialog').close();

  #withdraw = async () => {
    if (this.busy) return;
    this.busy = true;
    try {
      await command(`/api/policies/${this.policy.id}/versions/${this.withdrawing.version}/withdraw`, {}, { language: this.language });
      this.#shut();
      await this.#load();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.withdrawRefused = error;
    } finally {
      this.busy = false;
    }
  };

  #time(at) {
    return inLanguage(moment(Date.parse(at), this.now, this.site.zone), this.language);
  }

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

customElements.define('policy-page', PolicyPage);
