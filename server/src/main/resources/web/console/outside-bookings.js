import { html } from 'lit';
import { inLanguage, text } from '/kit/language.js';
import { day, wallTime } from '/kit/time.js';

/**
 * What is refused because bookings would lie outside of the hours: which, and a button to go on all the same.
 *
 * @param {import('/kit/api.js').Refused} refused
 * @param {string} zone IANA
 * @param {string} language
 * @param {() => void} goOn
 */
export function outsideBookings({ problem: { count, bookings } }, zone, language, goOn) {
  const say = (key, values = {}) => text(key, values, language);
  return html`<div class="outside" role="alert">
    <p><strong>${say('sites.outside', { count })}</strong></p>
    <ul>
      ${bookings.map(({ id, name, start, end }) => {
        const from = Date.parse(start);
        return html`<li><a href="/bookings/${id}">${inLanguage(name, language)}</a> ${inLanguage(day(from, zone), language)} ${wallTime(from, zone)}–${wallTime(Date.parse(end), zone)}</li>`;
      })}
    </ul>
    ${count > bookings.length ? html`<p>${say('sites.outside.more', { count: count - bookings.length })}</p>` : ''}
    <p>${say('sites.outside.told')}</p>
    <button type="button" class="go-on" @click=${goOn}>${say('sites.outside.go-on')}</button>
  </div>`;
}
