import { html, css } from 'lit';
import { inLanguage } from '/kit/language.js';
import './person-field.js';
import { RecordForm } from './record-form.js';

/** The form in which a department is entered or edited; its head and its approver are looked for by name. */
export class DepartmentForm extends RecordForm {
  static properties = {
    ...RecordForm.properties,
    all: { attribute: false },
    below: { type: String },
    leaders: { state: true },
  };

  static styles = [
    ...RecordForm.styles,
    css`
      .clear {
        margin-top: 4px;
      }
    `,
  ];

  fields() {
    const others = this.all.filter(({ id }) => id !== this.record?.id);
    const parents = others.map((department) => ({ value: department.id, label: this.#path(department) }));
    const policies = ['C', 'F'].map((value) => ({ value, label: this.say(`people.policy.${value}`) }));
    return [
      [{ name: 'zh', word: 'people.name.zh' }, { name: 'en', word: 'people.name.en' }],
      [{ name: 'parent', word: 'people.parent', options: [{ value: '', label: this.say('people.parent.none') }, ...parents] }],
      [
        { name: 'policy', word: 'people.policy', options: policies },
        { name: 'position', word: 'people.position', numeric: true },
      ],
    ];
  }

  more() {
    return html`<div class="two">${['head', 'approver'].map((part) => this.#leader(part))}</div>`;
  }

  #leader(part) {
    const chosen = this.leaders?.[part];
    return html`<div>
      <person-field
        .label=${this.say(`people.${part}`)}
        .words=${this.draft[`${part}Words`] ?? ''}
        .chosen=${chosen && chosen.staffNumber === this.draft[part] ? chosen : undefined}
        .fault=${this.faults[part] ? this.say(this.faults[part]) : ''}
        .departments=${this.company.departments}
        .language=${this.language}
        @choose=${({ detail }) => this.#choose(part, detail)}
      ></person-field>
    </div>`;
  }

  #choose(part, { convener, convenerWords }) {
    if (convener) this.leaders = { ...this.leaders, [part]: convener };
    this.put(part, convener?.staffNumber ?? '');
    this.put(`${part}Words`, convenerWords);
  }

  #path(department) {
    const above = department.parent && this.all.find(({ id }) => id === department.parent);
    const name = inLanguage(department.name, this.language);
    return above ? `${this.#path(above)} / ${name}` : name;
  }

  draftOf(record) {
    const name = (leader) => (leader ? inLanguage(leader.name, this.language) : '');
    if (record) this.leaders = { head: record.head, approver: record.approver };
    const { name: names = { zh: '', en: '' }, parent = this.below ?? '', policy = 'C', position = 0, head, approver } = record ?? {};
    return {
      zh: names.zh,
      en: names.en,
      parent,
      policy,
      position: String(position),
      head: head?.staffNumber ?? '',
      headWords: name(head),
      approver: approver?.staffNumber ?? '',
      approverWords: name(approver),
    };
  }

  faultsOf(draft) {
    const faults = {};
    for (const name of ['zh', 'en']) {
      if (draft[name].trim() === '') faults[name] = 'people.need.name';
      else if (/[/\\>／＼＞]/.test(draft[name])) faults[name] = 'people.need.no-slash';
    }
    if (!/^\d{1,5}$/.test(draft.position.trim())) faults.position = 'people.need.position';
    for (const part of ['head', 'approver']) {
      if (draft[`${part}Words`].trim() !== '' && draft[part] === '') faults[part] = 'people.need.person';
    }
    return faults;
  }

  bodyOf({ zh, en, parent, policy, position, head, approver }) {
    const body = { name: { zh: zh.trim(), en: en.trim() }, policy, position: Number(position) };
    if (parent !== '') body.parent = parent;
    if (head !== '') body.head = head;
    if (approver !== '') body.approver = approver;
    return body;
  }

  address(record) {
    return record ? `/api/departments/${record.id}` : '/api/departments';
  }
}

customElements.define('department-form', DepartmentForm);
