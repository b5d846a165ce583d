import { html, css, nothing, LitElement } from 'lit';
import { command, newKey, Refused } from '/kit/api.js';
import { inLanguage, text } from '/kit/language.js';
import { controls } from './controls.js';
import { formStyles } from './form-styles.js';
import { pageStyles } from './page-styles.js';
import { draftOf, emptyDraft, merged, requestOf, taking } from './room-draft.js';
import { fieldText } from './room-words.js';

/**
 * The form in which a room is made or changed. What is typed is kept until it is saved or thrown away. Sends `saved` with the room, and
 * `leave`.
 */
export class RoomForm extends LitElement {
  static properties = {
    room: { attribute: false },
    site: { attribute: false },
    company: { attribute: false },
    features: { attribute: false },
    language: { type: String },
    draft: { state: true },
    faults: { state: true },
    refused: { state: true },
    clash: { state: true },
    busy: { state: true },
    newKind: { state: true },
  };

  static styles = [
    controls,
    pageStyles,
    formStyles,
    css`
      form {
        gap: 16px;
        max-width: 720px;
      }
      fieldset {
        background: none;
        padding: 0;
      }
      .choices {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(180px, 1fr));
        gap: 0 12px;
      }
      .layout {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 96px;
        align-items: center;
        gap: 8px;
      }
      textarea {
        width: 100%;
        min-height: 72px;
        padding: 8px 10px;
        font: inherit;
        color: inherit;
        border: 1px solid var(--line-control);
        border-radius: var(--radius);
        background: var(--surface);
        resize: vertical;
      }
      .kind {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr)) auto;
        gap: 8px;
        align-items: end;
        margin-top: 8px;
      }
      .kind label {
        font-weight: 400;
      }
      .clash {
        padding: 12px 16px;
        border-radius: var(--radius);
        background: var(--warn-soft);
      }
      .clash p {
        color: var(--ink);
      }
      .both {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 8px;
        margin-top: 4px;
      }
      .both button {
        height: auto;
        padding: 8px 12px;
        text-align: start;
        overflow-wrap: anywhere;
      }
      .both button[aria-pressed="true"] {
        border-color: var(--accent);
        box-shadow: 0 0 0 1px var(--accent);
      }
      .both small {
        display: block;
        color: var(--ink2);
      }
      .deeds {
        margin: 0;
      }
      @media (max-width: 639px) {
        .two,
        .kind {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  #base;
  #version;
  #key = newKey();

  willUpdate(changed) {
    if (!changed.has('room') && !changed.has('site') && this.draft) return;
    if (this.draft && changed.has('room') && this.room && this.#base?.id === this.room.id) {
      this.#follow();
      return;
    }
    const fresh = this.room ? draftOf(this.room) : emptyDraft(this.site.id);
    const { base = fresh, version = this.room?.version, draft = fresh } = kept(this.#keptAs()) ?? {};
    this.#base = base;
    this.#version = version;
    this.draft = draft;
    this.faults = {};
  }

  /** The room has changed under the form by one's own hand elsewhere on the page, such as its photo. */
  #follow() {
    const theirs = draftOf(this.room);
    const { draft, clashes } = merged(this.#base, this.draft, theirs);
    if (clashes.length > 0) return;
    this.draft = draft;
    this.#base = theirs;
    this.#version = this.room.version;
  }

  render() {
    const { draft } = this;
    return html`
      <form novalidate @submit=${this.#submit} @input=${this.#typed}>
        ${this.room ? nothing : this.#text('id', { hint: this.#say('rooms.hint.id') })}
        <div>
          <label for="site">${this.#say('rooms.field.site')}</label>
          <select id="site" name="site">
            ${this.company.sites.map(({ id, name }) => html`<option value=${id} ?selected=${id === draft.site}>${this.#mine(name)}</option>`)}
          </select>
        </div>
        <div class="two">${this.#text('nameZh')} ${this.#text('nameEn')}</div>
        <div class="two">${this.#text('buildingZh')} ${this.#text('buildingEn')}</div>
        <div class="two">${this.#text('floor')} ${this.#text('capacity', { numeric: true })}</div>
        ${this.#equipment()} ${this.#layouts()} ${this.#booking()} ${this.#departments()}
        <div class="two">${this.#area('noteZh')} ${this.#area('noteEn')}</div>
        ${this.#text('position', { numeric: true, hint: this.#say('rooms.hint.position') })}
        ${this.clash ? this.#clash() : nothing}
        ${this.refused ? html`<div class="refused" role="alert"><p>${this.#mine(this.refused.words)}</p></div>` : nothing}
        <div class="deeds">
          <button type="button" class="leave" @click=${this.#leave}>${this.#say('rooms.discard')}</button>
          <button class="primary save" aria-disabled=${Boolean(this.busy)}>${this.#say(this.room ? 'rooms.save' : 'rooms.create')}</button>
        </div>
      </form>
    `;
  }

  #text(name, { hint, numeric } = {}) {
    const fault = this.faults[name];
    return html`<div>
      <label for=${name}>${this.#say(`rooms.field.${name}`)}</label>
      <input
        id=${name}
        name=${name}
        inputmode=${numeric ? 'numeric' : 'text'}
        autocomplete="off"
        .value=${this.draft[name]}
        aria-invalid=${Boolean(fault)}
        aria-describedby="${name}-told"
      />
      <p id="${name}-told" class=${fault ? 'error' : 'hint'}>${fault ? this.#mine(fault) : hint}</p>
    </div>`;
  }

  #area(name) {
    return html`<div>
      <label for=${name}>${this.#say(`rooms.field.${name}`)}</label>
      <textarea id=${name} name=${name} maxlength="500" .value=${this.draft[name]}></textarea>
    </div>`;
  }

  #equipment() {
    return html`<fieldset>
      <legend>${this.#say('rooms.field.equipment')}</legend>
      <div class="choices">${this.features.equipment.map((kind) => this.#choice('equipment', kind.code, kind.name))}</div>
      ${this.newKind ? this.#kind() : html`<button type="button" class="plain add" @click=${() => (this.newKind = {})}>${this.#say('rooms.equipment.add')}</button>`}
    </fieldset>`;
  }

  #kind() {
    return html`
      <div class="kind">
        ${['zh', 'en', 'code'].map(
          (part) => html`<div>
            <label for="kind-${part}">${this.#say(`rooms.equipment.${part}`)}</label>
            <input id="kind-${part}" data-kind=${part} autocomplete="off" />
          </div>`,
        )}
        <button type="button" class="add-kind" @click=${this.#addKind}>${this.#say('rooms.add')}</button>
      </div>
      ${this.newKind.refused ? html`<p class="error" role="alert">${this.#mine(this.newKind.refused.words)}</p>` : nothing}
    `;
  }

  #layouts() {
    return html`<fieldset>
      <legend>${this.#say('rooms.field.layouts')}</legend>
      <div class="choices">
        ${this.features.layouts.map(({ code, name }) => {
          const fault = this.faults[`layout-${code}`];
          return html`<div>
            <div class="layout">
              <label class="choice" for="layout-${code}">${this.#mine(name)}</label>
              <input
                id="layout-${code}"
                data-layout=${code}
                inputmode="numeric"
                autocomplete="off"
                .value=${this.draft.layouts[code] ?? ''}
                aria-invalid=${Boolean(fault)}
                aria-describedby="layout-${code}-told"
              />
            </div>
            <p id="layout-${code}-told" class="error">${fault ? this.#mine(fault) : nothing}</p>
          </div>`;
        })}
      </div>
      <p class="hint">${this.#say('rooms.hint.layouts')}</p>
    </fieldset>`;
  }

  #booking() {
    return html`<fieldset>
      <legend>${this.#say('rooms.field.booking')}</legend>
      ${['approval', 'automatic'].map(
        (way) => html`<label class="choice">
          <input type="radio" name="booking" value=${way} .checked=${this.draft.booking === way} /> ${this.#say(`rooms.booking.${way}`)}
        </label>`,
      )}
      ${this.draft.booking === 'automatic' ? this.#text('automaticUpTo', { numeric: true, hint: this.#say('rooms.hint.automaticUpTo') }) : nothing}
    </fieldset>`;
  }

  #departments() {
    const departments = [...this.company.departments];
    const none = this.draft.departments.length === 0;
    return html`<fieldset>
      <legend>${this.#say('rooms.field.departments')}</legend>
      <p class="hint">${this.#say(none ? 'rooms.departments.all' : 'rooms.departments.these')}</p>
      <div class="choices">${departments.map(([id, name]) => this.#choice('departments', id, name))}</div>
    </fieldset>`;
  }

  #choice(list, value, name) {
    return html`<label class="choice">
      <input type="checkbox" data-list=${list} value=${value} .checked=${this.draft[list].includes(value)} /> ${this.#mine(name)}
    </label>`;
  }

  /** What somebody else has changed, and beside it what was typed here. */
  #clash() {
    const { theirs, by, clashes, chosen } = this.clash;
    return html`<div class="clash" role="alert">
      <p>${this.#say(by ? 'rooms.clash.by' : 'rooms.clash', { name: by ? this.#mine(by) : '' })}</p>
      ${clashes.map(
        (field) => html`<div>
          <p><strong>${this.#say(`rooms.field.${field}`)}</strong></p>
          <div class="both">
            ${this.#side(field, 'theirs', theirs, chosen[field])} ${this.#side(field, 'mine', this.clash.mine, chosen[field])}
          </div>
        </div>`,
      )}
      <p>${this.#say(clashes.length > 0 ? 'rooms.clash.choose' : 'rooms.clash.merged')}</p>
    </div>`;
  }

  #side(field, side, draft, chosen) {
    return html`<button type="button" class=${side} data-field=${field} aria-pressed=${chosen === side} @click=${() => this.#take(field, side)}>
      <small>${this.#say(`rooms.clash.${side}`)}</small> ${fieldText(draft, field, this)}
    </button>`;
  }

  #take(field, side) {
    const from = side === 'mine' ? this.clash.mine : this.clash.theirs;
    this.clash = { ...this.clash, chosen: { ...this.clash.chosen, [field]: side } };
    this.#keep(taking(this.draft, field, from));
  }

  #typed = ({ target }) => {
    const { name, value, checked, dataset } = target;
    if (dataset.kind) return;
    if (dataset.list) {
      const others = this.draft[dataset.list].filter((each) => each !== value);
      this.#keep({ ...this.draft, [dataset.list]: (checked ? [...others, value] : others).sort() });
    } else if (dataset.layout) {
      const { [dataset.layout]: before, ...others } = this.draft.layouts;
      const all = value.trim() === '' ? others : { ...others, [dataset.layout]: value.trim() };
      this.#keep({ ...this.draft, layouts: Object.fromEntries(Object.entries(all).sort()) });
    } else if (name) {
      this.#keep({ ...this.draft, [name]: value });
    }
  };

  #keep(draft) {
    this.draft = draft;
    sessionStorage.setItem(this.#keptAs(), JSON.stringify({ version: this.#version, base: this.#base, draft }));
  }

  #keptAs() {
    return `foyer.draft.room.${this.room?.id ?? ''}`;
  }

  #addKind = async () => {
    const [zh, en, code] = ['zh', 'en', 'code'].map((part) => this.renderRoot.querySelector(`#kind-${part}`).value.trim());
    try {
      const kind = await command('/api/equipment', { code, name: { zh, en } }, { language: this.language });
      this.features = { ...this.features, equipment: [...this.features.equipment, kind] };
      this.#keep({ ...this.draft, equipment: [...this.draft.equipment, kind.code].sort() });
      this.newKind = undefined;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.newKind = { refused: error };
    }
  };

  #submit = async (event) => {
    event.preventDefault();
    if (this.busy) return;
    const { request, faults } = requestOf(this.draft);
    this.faults = faults;
    if (!request) {
      await this.updateComplete;
      this.renderRoot.querySelector('[aria-invalid="true"]')?.focus();
      return;
    }
    this.busy = true;
    this.refused = undefined;
    try {
      const room = await this.#send(request);
      sessionStorage.removeItem(this.#keptAs());
      this.clash = undefined;
      this.#tell('saved', room);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.word === 'changed-meanwhile') this.#meet(error.problem);
      else this.refused = error;
    } finally {
      this.busy = false;
    }
  };

  #send(request) {
    const { language } = this;
    if (!this.room) return command('/api/rooms', { id: this.draft.id, ...request }, { language, key: this.#key });
    return command(`/api/rooms/${this.room.id}`, request, { language, method: 'PUT', match: `"${this.#version}"` });
  }

  /** Somebody else was faster: what does not clash comes together, what does is shown side by side. */
  #meet({ present, by }) {
    const theirs = draftOf(present);
    const { draft, clashes } = merged(this.#base, this.draft, theirs);
    this.clash = { theirs, mine: this.draft, by, clashes, chosen: Object.fromEntries(clashes.map((field) => [field, 'mine'])) };
    this.#base = theirs;
    this.#version = present.version;
    this.#keep(draft);
  }

  #leave = () => {
    sessionStorage.removeItem(this.#keptAs());
    this.#tell('leave');
  };

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #say(key, values = {}) {
    return text(key, values, this.language);
  }

  #mine(names) {
    return inLanguage(names, this.language);
  }
}

/** What was typed into the form and not saved, and what it was typed over. */
function kept(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Whether something was typed for a room and not saved. */
export function hasDraft(room) {
  return kept(`foyer.draft.room.${room.id}`) !== undefined;
}

customElements.define('room-form', RoomForm);
