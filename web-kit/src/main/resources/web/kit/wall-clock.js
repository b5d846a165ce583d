const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * The instants at which the clocks of a zone show a wall time, ms, the earlier first: one as a rule, none while they are put
 * forward, two while they are put back.
 *
 * @param {string} date such as 2026-11-23
 * @param {string} time such as 09:05, up to 24:00
 * @param {string} zone IANA
 */
export function instantsOf(date, time, zone) {
  return instantsAt(readingOf(date, time), zone);
}

/**
 * The nearest wall times before and after one that does not exist, counted in steps.
 *
 * @param {string} date such as 2027-03-28
 * @param {string} time such as 02:30
 * @param {string} zone IANA
 * @param {number} step minutes
 * @returns {string[]}
 */
export function nearestTo(date, time, zone, step) {
  return [-step, step].map((by) => {
    let reading = readingOf(date, time);
    while (instantsAt(reading, zone).length === 0) reading += by * MINUTE;
    return new Date(reading).toISOString().slice(11, 16);
  });
}

/**
 * How far the clocks of a zone are ahead of UTC, in words such as UTC+1.
 *
 * @param {number} at ms
 * @param {string} zone IANA
 */
export function offsetName(at, zone) {
  const minutes = offset(at, zone) / MINUTE;
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
}

/** The reading of the clocks as if it were UTC, ms; NaN for no time at all. */
function readingOf(date, time) {
  return Date.parse(`${date}T${time}:00Z`);
}

function instantsAt(reading, zone) {
  if (Number.isNaN(reading)) return [];
  const offsets = new Set([reading - DAY, reading + DAY].map((at) => offset(at, zone)));
  return [...offsets]
    .map((ahead) => reading - ahead)
    .filter((at) => at + offset(at, zone) === reading)
    .sort((a, b) => a - b);
}

const formats = new Map();

function offset(at, zone) {
  if (!formats.has(zone)) {
    const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' };
    formats.set(zone, new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', ...fields }));
  }
  const parts = Object.fromEntries(formats.get(zone).formatToParts(at).map(({ type, value }) => [type, value]));
  const reading = Date.parse(`${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}Z`);
  return reading - Math.floor(at / 1000) * 1000;
}
