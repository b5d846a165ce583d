import { LANGUAGES } from '/kit/language.js';

/**
 * How the reader wants the pages, kept on the device: the language, at first the browser's, and light or dark, at first the
 * system's.
 */

/** The reader's language. */
export function language() {
  const kept = localStorage.getItem('foyer.language');
  return LANGUAGES.includes(kept) ? kept : offered(navigator.languages);
}

/** Keeps the reader's language. */
export function setLanguage(chosen) {
  localStorage.setItem('foyer.language', chosen);
}

/** Whether the pages are dark. */
export function dark() {
  const kept = localStorage.getItem('foyer.theme');
  return kept ? kept === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

/** Keeps whether the pages are dark. */
export function setDark(chosen) {
  localStorage.setItem('foyer.theme', chosen ? 'dark' : 'light');
  applyTheme();
}

/** Paints the page as the reader wants it. */
export function applyTheme() {
  const kept = localStorage.getItem('foyer.theme');
  if (kept === 'dark' || kept === 'light') document.documentElement.dataset.theme = kept;
}

/** The first of the reader's languages that there is; Chinese in all its forms is one. */
function offered(wanted) {
  const short = wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => LANGUAGES.some((each) => each.startsWith(tag)));
  return LANGUAGES.find((each) => each.startsWith(short ?? '')) ?? LANGUAGES[0];
}
