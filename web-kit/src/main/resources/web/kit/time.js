import { both } from './language.js';

const MINUTE = 60_000;

const formats = new Map();

function format(locale, zone, options) {
  const key = JSON.stringify([locale, zone, options]);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }));
  }
  return formats.get(key);
}

/**
 * The time on the wall, such as 09:05.
 *
 * @param {number} at ms
 * @param {string} zone IANA
 */
export function wallTime(at, zone) {
  return format('en-GB', zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

/**
 * The day in both languages, such as 11月23日 周一 and Mon 23 Nov.
 *
 * @param {number} at ms
 * @param {string} zone IANA
 */
export function day(at, zone) {
  const zh = format('zh-CN', zone, { month: 'long', day: 'numeric' }).format(at);
  const weekday = format('zh-CN', zone, { weekday: 'short' }).format(at);
  const en = format('en-GB', zone, { weekday: 'short', day: 'numeric', month: 'short' }).format(at);
  return { zh: `${zh} ${weekday}`, en: en.replace(',', '') };
}

/**
 * The date as it sorts, such as 2026-11-23.
 *
 * @param {number} at ms
 * @param {string} zone IANA
 */
export function date(at, zone) {
  return format('en-CA', zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/**
 * When something is, as short as it is clear from now on: the time today, else tomorrow or the weekday before it.
 *
 * @param {number} at ms
 * @param {number} now ms
 * @param {string} zone IANA
 */
export function moment(at, now, zone) {
  const time = wallTime(at, zone);
  if (date(at, zone) === date(now, zone)) return { zh: time, en: time };
  if (date(at, zone) === date(now + 24 * 60 * MINUTE, zone)) return both('time.tomorrow', { time });
  return both('time.on-day', { day: day(at, zone), time });
}

/**
 * A length in words: minutes, from an hour on hours and minutes.
 *
 * @param {number} ms
 */
export function length(ms) {
  const minutes = Math.max(0, Math.ceil(ms / MINUTE));
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return both('time.minutes', { minutes });
  if (minutes % 60 === 0) return both('time.hours', { hours });
  return both('time.hours-minutes', { hours, minutes: minutes % 60 });
}
