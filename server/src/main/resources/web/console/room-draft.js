import { both } from '/kit/language.js';

/**
 * @typedef {{zh: string, en: string}} Names
 * @typedef {{layout: string, capacity: number}} Layout
 * @typedef {{id: string, site: string, name: Names, building: Names, floor: string, capacity: number, equipment: string[],
 *   layouts: Layout[], note: Names, position: number, booking: 'automatic' | 'approval', automaticUpTo?: number, departments: string[],
 *   photo?: string, version: number}} Room
 * @typedef {{id: string, site: string, nameZh: string, nameEn: string, buildingZh: string, buildingEn: string, floor: string,
 *   capacity: string, equipment: string[], layouts: Record<string, string>, noteZh: string, noteEn: string, position: string,
 *   booking: string, automaticUpTo: string, departments: string[]}} Draft what stands in the form
 */

const MOST_PEOPLE = 10_000;
const LEAST_MINUTES = 5;
const MOST_MINUTES = 44_640;

/** The parts of a room that change together, and where they stand in the form. */
export const FIELDS = {
  site: ['site'],
  name: ['nameZh', 'nameEn'],
  building: ['buildingZh', 'buildingEn'],
  floor: ['floor'],
  capacity: ['capacity'],
  equipment: ['equipment'],
  layouts: ['layouts'],
  booking: ['booking'],
  automaticUpTo: ['automaticUpTo'],
  departments: ['departments'],
  note: ['noteZh', 'noteEn'],
  position: ['position'],
};

/** What the form of a new room begins with. */
export function emptyDraft(site) {
  return {
    id: '',
    site,
    nameZh: '',
    nameEn: '',
    buildingZh: '',
    buildingEn: '',
    floor: '',
    capacity: '',
    equipment: [],
    layouts: {},
    noteZh: '',
    noteEn: '',
    position: '0',
    booking: 'approval',
    automaticUpTo: '',
    departments: [],
  };
}

/**
 * A room as it stands in the form.
 *
 * @param {Room} room
 * @returns {Draft}
 */
export function draftOf(room) {
  return {
    id: room.id,
    site: room.site,
    nameZh: room.name.zh,
    nameEn: room.name.en,
    buildingZh: room.building.zh,
    buildingEn: room.building.en,
    floor: room.floor,
    capacity: String(room.capacity),
    equipment: [...room.equipment].sort(),
    layouts: Object.fromEntries(room.layouts.map(({ layout, capacity }) => [layout, String(capacity)]).sort()),
    noteZh: room.note.zh,
    noteEn: room.note.en,
    position: String(room.position),
    booking: room.booking,
    automaticUpTo: room.automaticUpTo === undefined ? '' : String(room.automaticUpTo),
    departments: [...room.departments].sort(),
  };
}

/** Whether two drafts say the same of a field. */
export function alike(one, other, field) {
  return FIELDS[field].every((key) => JSON.stringify(one[key]) === JSON.stringify(other[key]));
}

/** A draft with a field as another one has it. */
export function taking(draft, field, from) {
  return { ...draft, ...Object.fromEntries(FIELDS[field].map((key) => [key, from[key]])) };
}

/**
 * Brings together what was typed and what somebody else has made of the room meanwhile: what only one of the two has changed is as that
 * one has it; what both have changed is for people to say.
 *
 * @param {Draft} base what both have seen
 * @param {Draft} mine
 * @param {Draft} theirs
 * @returns {{draft: Draft, clashes: string[]}} `clashes`: fields that both have changed, and not to the same
 */
export function merged(base, mine, theirs) {
  let draft = mine;
  const clashes = [];
  for (const field of Object.keys(FIELDS)) {
    if (alike(base, theirs, field) || alike(mine, theirs, field)) continue;
    if (alike(base, mine, field)) draft = taking(draft, field, theirs);
    else clashes.push(field);
  }
  return { draft, clashes };
}

/**
 * The room that is asked for, or what is still wrong, by the place in the form.
 *
 * @param {Draft} draft
 * @returns {{request?: Record<string, unknown>, faults: Record<string, Names>}}
 */
export function requestOf(draft) {
  const faults = faultsOf(draft);
  if (Object.keys(faults).length > 0) return { faults };
  const automatic = draft.booking === 'automatic' && draft.automaticUpTo !== '';
  return {
    faults,
    request: {
      site: draft.site,
      name: { zh: draft.nameZh.trim(), en: draft.nameEn.trim() },
      building: { zh: draft.buildingZh.trim(), en: draft.buildingEn.trim() },
      floor: draft.floor.trim(),
      capacity: Number(draft.capacity),
      equipment: draft.equipment,
      layouts: Object.entries(draft.layouts).map(([layout, capacity]) => ({ layout, capacity: Number(capacity) })),
      note: { zh: draft.noteZh, en: draft.noteEn },
      position: Number(draft.position),
      booking: draft.booking,
      ...(automatic ? { automaticUpTo: Number(draft.automaticUpTo) } : {}),
      departments: draft.departments,
    },
  };
}

function faultsOf(draft) {
  const faults = {};
  for (const key of ['nameZh', 'nameEn', 'buildingZh', 'buildingEn', 'floor']) {
    if (draft[key].trim() === '') faults[key] = both('rooms.need');
  }
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(draft.id)) faults.id = both('rooms.need.id');
  if (!whole(draft.capacity, 1, MOST_PEOPLE)) faults.capacity = both('rooms.need.number', { least: 1, most: MOST_PEOPLE });
  if (!whole(draft.position, 0, 100_000)) faults.position = both('rooms.need.number', { least: 0, most: 100_000 });
  const most = whole(draft.capacity, 1, MOST_PEOPLE) ? Number(draft.capacity) : MOST_PEOPLE;
  for (const [layout, capacity] of Object.entries(draft.layouts)) {
    if (!whole(capacity, 1, most)) faults[`layout-${layout}`] = both('rooms.need.number', { least: 1, most });
  }
  const limited = draft.booking === 'automatic' && draft.automaticUpTo !== '';
  if (limited && !whole(draft.automaticUpTo, LEAST_MINUTES, MOST_MINUTES)) {
    faults.automaticUpTo = both('rooms.need.number', { least: LEAST_MINUTES, most: MOST_MINUTES });
  }
  return faults;
}

function whole(words, least, most) {
  return /^\d{1,6}$/.test(words) && Number(words) >= least && Number(words) <= most;
}
