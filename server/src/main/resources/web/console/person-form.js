import { inLanguage } from '/kit/language.js';
import { RecordForm } from './record-form.js';

/** The form in which somebody is entered or edited. */
export class PersonForm extends RecordForm {
  fields() {
    const departments = [...this.company.departments].map(([value, name]) => ({ value, label: inLanguage(name, this.language) }));
    const first = this.record ? [] : [[{ name: 'staffNumber', word: 'people.number', hint: 'people.number.hint' }]];
    return [
      ...first,
      [{ name: 'zh', word: 'people.name.zh' }, { name: 'en', word: 'people.name.en' }],
      [{ name: 'titleZh', word: 'people.title.zh' }, { name: 'titleEn', word: 'people.title.en' }],
      [{ name: 'department', word: 'people.department', options: departments }],
      [{ name: 'email', word: 'people.email' }],
      [
        { name: 'position', word: 'people.position', hint: 'people.position.hint', numeric: true },
        { name: 'badgeCode', word: 'people.badge', hint: 'people.badge.hint' },
      ],
    ];
  }

  draftOf(record) {
    const [first] = this.company.departments.keys();
    if (!record) return { staffNumber: '', zh: '', en: '', titleZh: '', titleEn: '', department: first ?? '', email: '', position: '999', badgeCode: '' };
    const { name, title, department, email = '', position, badgeCode = '' } = record;
    return { zh: name.zh, en: name.en, titleZh: title.zh, titleEn: title.en, department, email, position: String(position), badgeCode };
  }

  faultsOf({ staffNumber, zh, en, email, position, badgeCode }) {
    const faults = {};
    if (!this.record && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/.test(staffNumber.trim())) faults.staffNumber = 'people.need.number';
    if (zh.trim() === '') faults.zh = 'people.need.name';
    if (en.trim() === '') faults.en = 'people.need.name';
    if (email.trim() !== '' && !/^[^\s@]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]*$/.test(email.trim())) faults.email = 'people.need.email';
    if (!/^\d{1,5}$/.test(position.trim())) faults.position = 'people.need.position';
    if (badgeCode.trim() !== '' && !/^[0-9A-Za-z]{4,32}$/.test(badgeCode.trim())) faults.badgeCode = 'people.need.badge';
    return faults;
  }

  bodyOf({ staffNumber, zh, en, titleZh, titleEn, department, email, position, badgeCode }) {
    const body = {
      name: { zh: zh.trim(), en: en.trim() },
      title: { zh: titleZh.trim(), en: titleEn.trim() },
      department,
      position: Number(position),
    };
    if (!this.record) body.staffNumber = staffNumber.trim();
    if (email.trim() !== '') body.email = email.trim();
    if (badgeCode.trim() !== '') body.badgeCode = badgeCode.trim();
    return body;
  }

  address(record) {
    return record ? `/api/staff/${record.staffNumber}` : '/api/staff';
  }
}

customElements.define('person-form', PersonForm);
