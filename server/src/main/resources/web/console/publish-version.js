import { html, css, nothing, LitElement } from 'lit';
import { live } from 'lit/directives/live.js';
import { command, newKey, Refused } from '/kit/api.js';
import { instant } from '/kit/entry.js';
import { inLanguage, text } from '/kit/language.js';
import { date } from '/kit/time.js';
import { instantsOf } from '/kit/wall-clock.js';
import { controls } from './controls.js';
import { dialogs } from './dialogs.js';
import { formStyles } from './form-styles.js';
import { GROUPS, same, settingOf, valueWords } from './policy-words.js';

/**
 * Publishes a version of a policy: the latest one with what is changed here, from a date on. Says in words what will come of it. Sends
 * `published`, `leave`, and `changed-meanwhile` where somebody else was quicker; what was typed stays.
 */
export class PublishVersion extends LitElement {
  static properties = {
    policy: { attribute: false },
    parameters: { attribute: false },
    site: { attribute: false },
    now: { type: Number },
    language: { type: String },
    typed: { state: true },
    left: { state: true },
    later: { state: true },
    day: { state: true },
    time: { state: true },
    note: { state: true },
    faults: { state: true },
    refused: { state: true },
    busy: { state: true },
  };

  static styles = [
    controls,
    formStyles,
    dialogs,
    css`
      dialog {
        --dialog-width: 720px;
      }
      form {
        margin-top: 16px;
      }
      h3 {
        margin: 8px 0 0;
        font-size: 14px;
        line-height: 22px;
        color: var(--ink2);
      }
      .rows {
        display: grid;
        gap: 12px 24px;
      }
      @media (min-width: 640px) {
        .rows {
          grid-template-columns: 1fr 1fr;
        }
      }
      textarea {
        font: inherit;
        color: inherit;
        width: 100%;
        min-height: 72px;
        padding: 8px 10px;
        border: 1px solid var(--line-control);
        border-radius: var(--radius);
        background: var(--surface);
      }
      .changes {
        margin: 0;
        padding: 12px 16px 12px 32px;
        border-radius: var(--radius);
        background: var(--accent-soft);
        font-size: 13px;
        line-height: 20px;
      }
      .none {
        padding-inline-start: 16px;
        list-style: none;
      }
      .when {
        background: none;
        padding: 0;
      }
      .deeds {
        display: flex;
        justify-content: flex-end;
        gap: 8px;
      }
      .refused {
        margin: 0;
        font-size: 14px;
        line-height: 22px;
        color: var(--danger);
      }
    `,
  ];

  #key = newKey();

  constructor() {
    super();
    this.typed = {};
    this.left = {};
    this.later = false;
    this.time = '00:00';
    this.note = '';
    this.faults = {};
  }

  firstUpdated() {
    this.day = date(this.now + 24 * 60 * 60 * 1000, this.site.zone);
    this.renderRoot.querySelector('dialog').showModal();
  }

  get #latest() {
    return this.policy.versions.find(({ version }) => version === this.policy.latest);
  }

  render() {
    return html`<dialog aria-labelledby="title" @close=${this.#leave}>
      <h2 id="title">${this.#say('policies.publish.title', { policy: this.policy.id })}</h2>
      <p class="hint">${this.#say('policies.publish.told', { version: this.#latest.label })}</p>
      <form novalidate @submit=${this.#submit}>
        ${GROUPS.map(
          (group) => html`<h3>${this.#say(`policies.group.${group}`)}</h3>
            <div class="rows">${this.parameters.filter(({ parameter }) => parameter.startsWith(`${group}.`)).map((each) => this.#field(each))}</div>`,
        )}
        ${this.#when()} ${this.#noteField()} ${this.#consequence()}
        <div role="alert">${this.refused ? html`<p class="refused">${inLanguage(this.refused.words, this.language)}</p>` : nothing}</div>
        <div class="deeds">
          <button type="button" class="close" @click=${this.#shut}>${this.#say('console.close')}</button>
          <button class="primary" aria-disabled=${Boolean(this.busy)}>${this.#say('policies.publish')}</button>
        </div>
      </form>
    </dialog>`;
  }

  #field(parameter) {
    const { parameter: word, kind, least, most, mayBeLeft } = parameter;
    const leavable = mayBeLeft && this.policy.id !== 'C';
    const bounds = this.#say('policies.between', { value: inLanguage(valueWords({ kind }, { number: `${least}–${most}` }), this.language) });
    const fault = this.faults[word];
    const wrong = Boolean(fault) || this.refused?.problem.parameter === word || this.refused?.problem.other === word;
    return html`<div class="field">
      <label for=${word}>${inLanguage(parameter.label, this.language)}</label>
      <input
        id=${word}
        inputmode="numeric"
        autocomplete="off"
        ?disabled=${this.#isLeft(word)}
        aria-invalid=${wrong}
        aria-describedby="about-${word}"
        .value=${live(this.#words(word))}
        @input=${({ target }) => this.#type(word, target.value)}
      />
      <p id="about-${word}" class=${fault ? 'error' : 'hint'}>${bounds}</p>
      ${leavable
        ? html`<label class="choice"><input type="checkbox" .checked=${live(this.#isLeft(word))} @change=${({ target }) => (this.left = { ...this.left, [word]: target.checked })} />${this.#say('policies.leave')}</label>`
        : nothing}
    </div>`;
  }

  #when() {
    const choose = (later) => () => (this.later = later);
    return html`<fieldset class="when">
      <legend>${this.#say('policies.effective')}</legend>
      <label class="choice"><input type="radio" name="when" .checked=${live(!this.later)} @change=${choose(false)} />${this.#say('policies.effective.now')}</label>
      <label class="choice"><input class="later" type="radio" name="when" .checked=${live(this.later)} @change=${choose(true)} />${this.#say('policies.effective.later')}</label>
      ${this.later
        ? html`<div class="two" aria-invalid=${Boolean(this.faults.day)}>
            <input id="day" type="date" aria-label=${this.#say('policies.effective.day')} .value=${live(this.day)} @input=${({ target }) => (this.day = target.value)} />
            <input id="time" type="time" aria-label=${this.#say('policies.effective.time')} .value=${live(this.time)} @input=${({ target }) => (this.time = target.value)} />
          </div>
          ${this.faults.day ? html`<p class="error">${this.#say('policies.effective.need')}</p>` : nothing}`
        : nothing}
    </fieldset>`;
  }

  #noteField() {
    const missing = Boolean(this.faults.note);
    return html`<div class="field">
      <label for="note">${this.#say('policies.note')}</label>
      <textarea id="note" maxlength="500" required aria-invalid=${missing} .value=${live(this.note)} @input=${({ target }) => (this.note = target.value)}></textarea>
      <p class=${missing ? 'error' : 'hint'}>${this.#say('policies.note.hint')}</p>
    </div>`;
  }

  #consequence() {
    const changes = this.#changes();
    if (changes.length === 0) return html`<ul class="changes none"><li>${this.#say('policies.consequence.none')}</li></ul>`;
    return html`<ul class="changes">
      ${changes.map(({ parameter, before, after }) => {
        const values = { name: inLanguage(parameter.label, this.language), before: this.#valueOf(parameter, before), after: this.#valueOf(parameter, after) };
        return html`<li>${this.#say('policies.consequence.change', values)}</li>`;
      })}
      <li>${this.#say('policies.consequence.bookings')}</li>
    </ul>`;
  }

  #valueOf(parameter, setting) {
    return inLanguage(valueWords(parameter, setting), this.language);
  }

  /** What would differ from the latest version. */
  #changes() {
    return this.parameters.flatMap((parameter) => {
      const before = settingOf(this.#latest, parameter.parameter);
      const after = this.#setting(parameter);
      return same(before, after) ? [] : [{ parameter, before, after }];
    });
  }

  /** What is meant for the parameter; undefined where it is left to the default set. */
  #setting({ parameter, kind }) {
    if (this.#isLeft(parameter)) return undefined;
    const numbers = this.#words(parameter).split(/[\s,,、·]+/).filter(Boolean).map(Number);
    return kind === 'list-of-minutes' ? { parameter, numbers } : { parameter, number: numbers[0] };
  }

  #words(parameter) {
    const setting = settingOf(this.#latest, parameter);
    return this.typed[parameter] ?? (setting?.numbers?.join(', ') ?? String(setting?.number ?? ''));
  }

  #isLeft(parameter) {
    return this.left[parameter] ?? !settingOf(this.#latest, parameter);
  }

  #type(parameter, words) {
    this.typed = { ...this.typed, [parameter]: words };
  }

  #submit = async (event) => {
    event.preventDefault();
    if (this.busy) return;
    this.faults = this.#faultsNow();
    if (Object.keys(this.faults).length > 0) {
      await this.updateComplete;
      this.renderRoot.getElementById(Object.keys(this.faults)[0]).focus();
      return;
    }
    this.busy = true;
    this.refused = undefined;
    try {
      const path = `/api/policies/${this.policy.id}/versions`;
      await command(path, this.#request(), { key: this.#key, match: `"${this.policy.latest}"`, language: this.language });
      this.dispatchEvent(new CustomEvent('published'));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status > 0 && error.status < 500) this.#key = newKey();
      this.refused = error;
      if (error.word === 'changed-meanwhile') this.dispatchEvent(new CustomEvent('changed-meanwhile'));
    } finally {
      this.busy = false;
    }
  };

  /** What cannot be sent as it stands, by field, in their order. */
  #faultsNow() {
    const faults = {};
    for (const parameter of this.parameters) {
      const setting = this.#setting(parameter);
      const numbers = setting?.numbers ?? [setting?.number ?? Number.NaN];
      if (setting && (numbers.length === 0 || !numbers.every((number) => Number.isInteger(number) && number >= 0))) faults[parameter.parameter] = true;
    }
    if (this.later && this.#from() === undefined) faults.day = true;
    if (this.note.trim() === '') faults.note = true;
    return faults;
  }

  /** From when it is to hold, ms; undefined while that is no time. */
  #from() {
    return this.day && this.time ? instantsOf(this.day, this.time, this.site.zone)[0] : undefined;
  }

  #request() {
    const changes = this.#changes();
    const at = this.later ? this.#from() : undefined;
    return {
      note: this.note.trim(),
      ...(at === undefined ? {} : { effectiveFrom: instant(at) }),
      values: changes.filter(({ after }) => after).map(({ after }) => after),
      left: changes.filter(({ after }) => !after).map(({ parameter }) => parameter.parameter),
    };
  }

  #shut = () => this.renderRoot.querySelector('dialog').close();

  #leave = () => this.dispatchEvent(new CustomEvent('leave'));

  #say(key, values = {}) {
    return text(key, values, this.language);
  }
}

customElements.define('publish-version', PublishVersion);
