import { html, css, nothing, LitElement } from 'lit';
import { live } from 'lit/directives/live.js';
import { read, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import { instead } from './instead.js';
import { pageStyles } from './page-styles.js';
import { GROUPS, ownerWords, sinceWords, valueWords } from './policy-words.js';
import './value-source.js';

/** The policies, who publishes them, and what holds for such a meeting of such a department. */
export class PoliciesPage extends LitElement {
  static properties = {
    company: { attribute: false },
    site: { attribute: false },
    query: { attribute: false },
    language: { type: String },
    all: { state: true },
    values: { state: true },
    refused: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    css`
      .policies {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr));
        gap: 16px;
        margin-bottom: 32px;
      }
      .card h2 a {
        color: var(--ink);
      }
      .card p {
        margin: 8px 0 0;
      }
      .id {
        color: var(--ink2);
      }
      .choice {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
        margin: 12px 0 16px;
      }
      .choice label {
        flex: 0 1 260px;
      }
      .choice span {
        display: block;
        margin-bottom: 4px;
        font-weight: 600;
      }
      tbody th {
        color: var(--ink);
        font-weight: 400;
        white-space: normal;
      }
      .group th {
        font-weight: 600;
        background: var(--sunk);
      }
      .value {
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }
      .table {
        overflow: visible;
        max-width: 840px;
      }
      tbody th small {
        display: block;
        font-size: 12px;
        line-height: 18px;
        color: var(--ink2);
      }
    `,
  ];

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  willUpdate(changed) {
    if (changed.has('query')) this.#loadValues();
  }

  #load = async () => {
    this.refused = undefined;
    await this.#orSay(async () => {
      this.all = await read('/api/policies');
    });
  };

  #loadValues() {
    const asked = new URLSearchParams();
    for (const name of ['department', 'meetingType']) {
      if (this.query.get(name)) asked.set(name, this.query.get(name));
    }
    return this.#orSay(async () => {
      this.values = await read(`/api/policy-values?${asked}`);
    });
  }

  async #orSay(work) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused = error;
    }
  }

  render() {
    return html`
      <div class="title">
        <h1 tabindex="-1">${this.#say('shell.policies')}</h1>
        <p class="hint">${this.#say('policies.hint')}</p>
      </div>
      ${this.all && this.values ? this.#body() : instead({ refused: this.refused, again: this.#load, language: this.language })}
    `;
  }

  #body() {
    return html`
      <div class="policies">${this.all.policies.map((policy) => this.#policy(policy))}</div>
      <h2 id="holds">${this.#say('policies.holds')}</h2>
      <div class="choice">
        ${this.#choice('department', [...this.company.departments].map(([id, name]) => ({ id, name })))}
        ${this.#choice('meetingType', this.company.types)}
      </div>
      ${this.#table()}
    `;
  }

  #policy(policy) {
    const inForce = policy.versions.find(({ state }) => state === 'in-force');
    const coming = policy.versions.filter(({ state }) => state === 'coming');
    const under = policy.departments.map(({ name }) => inLanguage(name, this.language));
    return html`<section class="card">
      <h2><a href="/policies/${policy.id}"><span class="id">${policy.id}</span> ${inLanguage(policy.name, this.language)}</a></h2>
      <p>
        <span class="tag ok">${this.#say('policies.state.in-force')}</span> ${inForce.label}
        <span class="hint">${inLanguage(sinceWords(inForce, this.site.zone), this.language)}</span>
      </p>
      ${coming.map(
        (version) => html`<p>
          <span class="tag info">${this.#say('policies.state.coming')}</span> ${version.label}
          <span class="hint">${inLanguage(sinceWords(version, this.site.zone), this.language)}</span>
        </p>`,
      )}
      <p class="hint">${inLanguage(ownerWords(policy), this.language)}</p>
      ${policy.owner === 'admin' ? nothing : html`<p class="hint">${this.#say('policies.under', { names: under.join(' · ') })}</p>`}
    </section>`;
  }

  #choice(name, all) {
    const chosen = this.query.get(name) ?? '';
    return html`<label>
      <span>${this.#say(`policies.choice.${name}`)}</span>
      <select name=${name} @change=${({ target }) => this.#choose(name, target.value)}>
        <option value="" .selected=${live(chosen === '')}>${this.#say('policies.choice.any')}</option>
        ${all.map((each) => html`<option value=${each.id} .selected=${live(each.id === chosen)}>${inLanguage(each.name, this.language)}</option>`)}
      </select>
    </label>`;
  }

  #choose(name, value) {
    const query = new URLSearchParams(this.query);
    if (value) query.set(name, value);
    else query.delete(name);
    const detail = `/policies${query.size > 0 ? `?${query}` : ''}`;
    this.dispatchEvent(new CustomEvent('go', { detail, bubbles: true, composed: true }));
  }

  #table() {
    return html`<div class="table">
      <table aria-labelledby="holds">
        ${GROUPS.map(
          (group) => html`<tbody>
            <tr class="group"><th colspan="2" scope="rowgroup">${this.#say(`policies.group.${group}`)}</th></tr>
            ${this.all.parameters.filter(({ parameter }) => parameter.startsWith(`${group}.`)).map((parameter) => this.#row(parameter))}
          </tbody>`,
        )}
      </table>
    </div>`;
  }

  #row(parameter) {
    const value = this.values.values.find((each) => each.parameter === parameter.parameter);
    const label = inLanguage(parameter.label, this.language);
    return html`<tr>
      <th scope="row">${label}<small>${inLanguage(parameter.says, this.language)}</small></th>
      <td class="number value">
        ${inLanguage(valueWords(parameter, value), this.language)}
        <value-source
          .label=${label}
          .says=${inLanguage(parameter.says, this.language)}
          .sources=${value.sources}
          .zone=${this.site.zone}
          .language=${this.language}
        ></value-source>
      </td>
    </tr>`;
  }

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

customElements.define('policies-page', PoliciesPage);
