/**
 * The texts of all pages. Each language is one table from keys to texts with {placeholders}; what the server refuses has tables of
 * its own, keyed `problem.<word>`.
 */

/** The languages, the first one first. */
export const LANGUAGES = ['zh-CN', 'en'];

const tables = Object.fromEntries(LANGUAGES.map((language) => [language, {}]));

await load(new URL('lang/', import.meta.url), ['', 'problems-']);

/**
 * Adds tables of a page's own, before its first text is asked for.
 *
 * @param {URL} folder where they are, with `/` at its end
 * @param {string[]} names such as `people`, for the files `people-zh-CN.json` and `people-en.json`
 */
export async function learn(folder, names) {
  await load(
    folder,
    names.map((name) => `${name}-`),
  );
}

async function load(folder, prefixes) {
  await Promise.all(
    LANGUAGES.flatMap((language) =>
      prefixes.map(async (prefix) => {
        const answer = await fetch(new URL(`${prefix}${language}.json`, folder));
        Object.assign(tables[language], await answer.json());
      }),
    ),
  );
}

/**
 * The text of a key.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values] of the placeholders
 * @param {string} [language]
 */
export function text(key, values = {}, language = LANGUAGES[0]) {
  const found = tables[language][key];
  if (found === undefined) {
    throw new Error(`no text in ${language} for ${key}`);
  }
  return found.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}

/** Whether all languages know a key. */
export function knows(key) {
  return LANGUAGES.every((language) => key in tables[language]);
}

/**
 * The text of a key in both languages; a value may itself differ between them, as `{zh, en}`.
 *
 * @param {string} key
 * @param {Record<string, string | number | {zh: string, en: string}>} [values]
 * @returns {{zh: string, en: string}}
 */
export function both(key, values = {}) {
  return { zh: text(key, pick(values, 'zh'), 'zh-CN'), en: text(key, pick(values, 'en'), 'en') };
}

/**
 * Names or words in the language of a reader.
 *
 * @param {{zh: string, en: string}} names
 * @param {string} language
 */
export function inLanguage(names, language) {
  return language === 'en' ? names.en : names.zh;
}

function pick(values, short) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value?.[short] ?? value]));
}
