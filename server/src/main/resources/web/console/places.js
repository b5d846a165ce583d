/**
 * @typedef {{kind: string, roles?: string[]}} Me
 * @typedef {{path: string, tag: string, word: string, icon?: string, rail?: 'main' | 'admin', may?: (me: Me) => boolean}} Place
 *     `path`: with `:name` for what varies; `tag`: the element; `word`: key of its name; `rail`: where it stands in the navigation, if it does
 */

const admin = ({ roles }) => roles.includes('admin');
const facility = ({ roles }) => roles.includes('admin') || roles.includes('facility');

/** The places of the console, in the order of the navigation. */
export const PLACES = /** @type {Place[]} */ ([
  { path: '/', tag: 'today-page', word: 'shell.today', icon: 'today', rail: 'main' },
  { path: '/board', tag: 'board-page', word: 'shell.board', icon: 'board', rail: 'main' },
  { path: '/rooms', tag: 'rooms-page', word: 'shell.rooms', icon: 'rooms', rail: 'main' },
  { path: '/rooms/:id', tag: 'room-page', word: 'shell.rooms' },
  { path: '/bookings/:id', tag: 'booking-page', word: 'shell.board' },
  { path: '/me', tag: 'me-page', word: 'shell.me' },
  { path: '/admin', tag: 'admin-page', word: 'shell.admin', may: facility },
  { path: '/people', tag: 'people-page', word: 'shell.people', icon: 'people', rail: 'admin', may: admin },
  { path: '/people/:staffNumber', tag: 'person-page', word: 'shell.people', may: admin },
  { path: '/departments', tag: 'departments-page', word: 'shell.departments', icon: 'departments', rail: 'admin', may: admin },
  { path: '/sites', tag: 'sites-page', word: 'shell.sites', icon: 'sites', rail: 'admin', may: admin },
  { path: '/sites/:id', tag: 'site-page', word: 'shell.sites', may: admin },
  { path: '/devices', tag: 'devices-page', word: 'shell.devices', icon: 'devices', rail: 'admin', may: facility },
  { path: '/policies', tag: 'policies-page', word: 'shell.policies', icon: 'policies', rail: 'admin' },
  { path: '/policies/:id', tag: 'policy-page', word: 'shell.policies' },
  { path: '/audit', tag: 'audit-page', word: 'shell.audit', icon: 'audit', rail: 'admin', may: admin },
]);

const PATTERNS = PLACES.map((place) => ({ place, pattern: new RegExp(`^${place.path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`) }));

/**
 * The place at an address, with what varies in it.
 *
 * @param {string} path
 * @param {Me} me
 * @returns {{place: Place, params: Record<string, string>} | undefined}
 */
export function placeAt(path, me) {
  for (const { place, pattern } of PATTERNS) {
    const found = pattern.exec(path);
    if (found && open(place, me)) return { place, params: decoded(found.groups) };
  }
  return undefined;
}

/**
 * The places in one part of the navigation that somebody may open.
 *
 * @param {'main' | 'admin'} rail
 * @param {Me} me
 */
export function placesIn(rail, me) {
  return PLACES.filter((place) => place.rail === rail && open(place, me));
}

function open(place, me) {
  return place.may?.(me) ?? true;
}

function decoded(groups = {}) {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}
