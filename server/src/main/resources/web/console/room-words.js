import { read } from '/kit/api.js';
import { both, inLanguage, text } from '/kit/language.js';

/**
 * @typedef {{zh: string, en: string}} Names
 * @typedef {{code: string, name: Names}} Feature
 * @typedef {{equipment: Feature[], layouts: Feature[]}} Features
 * @typedef {import('./room-draft.js').Draft} Draft
 */

/**
 * What rooms can have.
 *
 * @returns {Promise<Features>}
 */
export function loadFeatures() {
  return read('/api/room-features');
}

/**
 * The name of a kind of equipment or a layout; a code that nobody names stands for itself.
 *
 * @param {Feature[]} features
 * @param {string} code
 * @returns {Names}
 */
export function featureName(features, code) {
  return features.find((feature) => feature.code === code)?.name ?? { zh: code, en: code };
}

/** How a room is booked, in words. */
export function bookingWords({ booking, automaticUpTo }) {
  if (booking === 'approval') return both('rooms.booking.approval');
  return automaticUpTo ? both('rooms.booking.up-to', { minutes: automaticUpTo }) : both('rooms.booking.automatic');
}

/**
 * A field of a draft in the words of a reader.
 *
 * @param {Draft} draft
 * @param {string} field
 * @param {{features: Features, company: import('./company.js').Company, language: string}} means
 */
export function fieldText(draft, field, { features, company, language }) {
  const mine = (names) => inLanguage(names, language);
  const list = (words) => (words.length > 0 ? words.join(language === 'en' ? ', ' : '、') : text('rooms.none', {}, language));
  switch (field) {
    case 'site':
      return mine(company.sites.find(({ id }) => id === draft.site)?.name ?? { zh: draft.site, en: draft.site });
    case 'name':
      return `${draft.nameZh} · ${draft.nameEn}`;
    case 'building':
      return `${draft.buildingZh} · ${draft.buildingEn}`;
    case 'note':
      return [draft.noteZh, draft.noteEn].filter(Boolean).join(' · ') || text('rooms.none', {}, language);
    case 'equipment':
      return list(draft.equipment.map((code) => mine(featureName(features.equipment, code))));
    case 'layouts':
      return list(Object.entries(draft.layouts).map(([code, people]) => `${mine(featureName(features.layouts, code))} ${people}`));
    case 'departments':
      return draft.departments.length > 0
        ? list(draft.departments.map((id) => mine(company.departments.get(id) ?? { zh: id, en: id })))
        : text('rooms.departments.all', {}, language);
    case 'booking':
      return text(`rooms.booking.${draft.booking}`, {}, language);
    default:
      return draft[field] || text('rooms.none', {}, language);
  }
}
