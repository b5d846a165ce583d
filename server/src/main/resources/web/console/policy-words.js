import { both } from '/kit/language.js';
import { date, wallTime } from '/kit/time.js';

/**
 * @typedef {{zh: string, en: string}} Names
 * @typedef {{parameter: string, kind: string, least: number, most: number, stricter: string, clause?: string, mayBeLeft: boolean,
 *   label: Names, says: Names}} Parameter
 * @typedef {{parameter: string, number?: number, numbers?: number[], clause?: string}} Setting
 * @typedef {{version: number, label: string, state: string, effectiveFrom: string, note: string, publishedAt?: string,
 *   publishedBy?: {staffNumber: string, name: Names}, withdrawnAt?: string, values: Setting[]}} Version
 * @typedef {{id: string, name: Names, owner: string, owners: {staffNumber: string, name: Names}[], mine: boolean,
 *   departments: {id: string, name: Names}[], latest: number, versions: Version[]}} Policy
 */

/** The groups of parameters in the order of the pages, by what their names begin with. */
export const GROUPS = ['booking', 'door'];

/**
 * A value in words, such as 1 440 minutes.
 *
 * @param {Parameter} parameter
 * @param {Setting | undefined} setting undefined where it is left to the default set
 * @returns {Names}
 */
export function valueWords(parameter, setting) {
  if (!setting) return both('policies.left');
  const value = setting.numbers ? setting.numbers.join(' · ') : setting.number;
  return both(`policies.kind.${parameter.kind}`, { value });
}

/**
 * Who publishes a policy.
 *
 * @param {Policy} policy
 * @returns {Names}
 */
export function ownerWords({ owner, owners }) {
  if (owner === 'admin') return both('policies.owner.admin');
  if (owners.length === 0) return both('policies.owner.nobody');
  return both('policies.owner.heads', { names: namesOf(owners) });
}

/**
 * From when a version holds.
 *
 * @param {Version} version
 * @param {string} zone IANA
 * @returns {Names}
 */
export function sinceWords(version, zone) {
  if (!version.publishedAt) return both('policies.since.beginning');
  const at = Date.parse(version.effectiveFrom);
  return both('policies.since', { time: `${date(at, zone)} ${wallTime(at, zone)}` });
}

/** What a version sets for a parameter. */
export function settingOf(version, parameter) {
  return version.values.find((setting) => setting.parameter === parameter);
}

/** Whether two settings say the same. */
export function same(one, other) {
  return String(one?.numbers ?? one?.number) === String(other?.numbers ?? other?.number);
}

function namesOf(people) {
  return { zh: people.map(({ name }) => name.zh).join('、'), en: people.map(({ name }) => name.en).join(', ') };
}
