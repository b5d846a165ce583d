import { read } from '/kit/api.js';

/**
 * @typedef {{zh: string, en: string}} Names
 * @typedef {{id: string, name: Names, zone: string}} Site
 * @typedef {{id: string, site: string, name: Names, building: Names, floor: string, capacity: number, equipment: string[]}} Room
 * @typedef {{id: string, name: Names, level: string}} MeetingType
 * @typedef {{staffNumber: string, name: Names, department: string}} Person
 * @typedef {{sites: Site[], rooms: Room[], types: MeetingType[], departments: Map<string, Names>}} Company
 */

/**
 * What changes so seldom that a page asks for it once.
 *
 * @returns {Promise<Company>}
 */
export async function loadCompany() {
  const [{ sites }, { rooms }, { meetingTypes }, { departments }] = await Promise.all(
    ['sites', 'rooms', 'meeting-types', 'departments'].map((what) => read(`/api/${what}`)),
  );
  return { sites, rooms, types: meetingTypes, departments: new Map(departments.map(({ id, name }) => [id, name])) };
}

/**
 * The rooms of a site by building and floor, in their order.
 *
 * @param {Room[]} rooms
 * @returns {{building: Names, floor: string, rooms: Room[]}[]}
 */
export function floorsOf(rooms) {
  const floors = Map.groupBy(rooms, ({ building, floor }) => `${building.zh} ${floor}`);
  return [...floors.values()].map((all) => ({ building: all[0].building, floor: all[0].floor, rooms: all }));
}

/**
 * Whether what stands at the doors of a site is no longer what is known of its rooms.
 *
 * @param {Room[]} rooms of the site
 * @param {Map<string, import('/kit/entry.js').Timeline>} timelines by room
 */
export function isOutdated(rooms, timelines) {
  if (timelines.size === 0) return false;
  const alike = ({ id, name, floor, capacity, equipment }) => {
    const face = timelines.get(id)?.face;
    const same = face?.name.zh === name.zh && face.name.en === name.en && face.floor === floor && face.capacity === capacity;
    return same && String(face.equipment) === String(equipment);
  };
  return rooms.length !== timelines.size || !rooms.every(alike);
}

/**
 * The people whom a few letters mean.
 *
 * @param {string} words
 * @returns {Promise<Person[]>}
 */
export async function findPeople(words) {
  const { people } = await read(`/api/people?q=${encodeURIComponent(words)}`);
  return people;
}
