import { html, nothing } from 'lit';
import { inLanguage, text } from '/kit/language.js';

/**
 * What a page shows in place of what it is about: why it was refused, with a button to try it again, or that it is on its way.
 *
 * @param {{refused?: import('/kit/api.js').Refused, again?: () => void, language: string}} state
 */
export function instead({ refused, again, language }) {
  if (!refused) return html`<div class="skeleton" role="status" aria-label=${text('shell.loading', {}, language)}></div>`;
  return html`<div class="refused" role="alert">
    <p>${inLanguage(refused.words, language)}</p>
    ${again ? html`<button class="again" @click=${again}>${text('console.again', {}, language)}</button>` : nothing}
  </div>`;
}

/**
 * What is said kindly, once, where there is nothing.
 *
 * @param {string} title
 * @param {string} [hint] what can be done about it
 */
export function empty(title, hint) {
  return html`<div class="instead">
    <h2>${title}</h2>
    ${hint ? html`<p>${hint}</p>` : nothing}
  </div>`;
}
