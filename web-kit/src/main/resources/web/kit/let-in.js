import { command, read, Refused } from './api.js';

/** The link that an admin made for this glass. */
const LINK = /^#enter=([A-Za-z0-9_-]{43})$/;

/**
 * Lets this glass in by the link of its address, once: from then on it is known by its cookie, and the address names what is
 * shown. Without such a link it does nothing.
 *
 * @returns {Promise<Refused | undefined>} why it was not let in
 */
export async function letIn() {
  const [, link] = LINK.exec(location.hash) ?? [];
  if (!link) return undefined;
  try {
    const { rooms, site } = await command('/api/entry/device', { link });
    history.replaceState(null, '', `${location.pathname}?${rooms.length > 0 ? `room=${rooms[0]}` : `site=${site}`}`);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error;
  }
}

/** Follows a link that is given to this glass while it shows something else. */
export function awaitLink() {
  addEventListener('hashchange', () => {
    if (LINK.test(location.hash)) location.reload();
  });
}

/** Whether the server says that it does not know this glass; false where it says nothing. */
export async function isStranger() {
  try {
    const { kind } = await read('/api/me');
    return kind === 'nobody';
  } catch {
    return false;
  }
}
