import { both, knows } from './language.js';

/** How long one attempt may take, ms, and how many there are. */
const ATTEMPT_MS = 4_000;
const ATTEMPTS = 3;

/** How long a file may take, ms. */
const FILE_MS = 60_000;

const LONGEST_PAUSE_MS = 2_000;

/** The token of the page's own requests, where somebody has signed in. */
let token;

/** The server's no, or that it could not be reached: says why in both languages. */
export class Refused extends Error {
  /**
   * @param {{type: string, title?: string, detail?: string} & Record<string, unknown>} problem RFC 9457
   * @param {number} status of HTTP; 0 when nothing answered
   */
  constructor(problem, status) {
    super(problem.type);
    this.problem = problem;
    this.status = status;
  }

  /** The last word of the type, such as `overlaps`. */
  get word() {
    return this.problem.type.split('/').at(-1);
  }

  /** What to tell people, in both languages; the server's own words where the table has none. */
  get words() {
    const { title, detail } = this;
    if (!this.#known) return detail ?? title ?? both('api.failed');
    return { zh: `${title.zh}。${detail.zh}`, en: `${title.en}. ${detail.en}` };
  }

  /** What is the matter, in both languages, if anything is known of it. */
  get title() {
    return this.#said('title');
  }

  /** What to do next, in both languages, if anything is known of it. */
  get detail() {
    return this.#said('detail');
  }

  get #known() {
    return ['title', 'detail'].every((part) => knows(`problem.${this.word}.${part}`));
  }

  #said(part) {
    if (this.#known) return both(`problem.${this.word}.${part}`, this.problem);
    const said = this.problem[part];
    return said === undefined ? undefined : { zh: said, en: said };
  }
}

/**
 * Sends a command, and again under the same key for as long as it is unknown whether it arrived: it takes effect once.
 *
 * @param {string} path
 * @param {unknown} body
 * @param {{key?: string, attempts?: number, language?: string, method?: string, match?: string, within?: number}} [options] `key`: one
 *     per intention of a person; `language`: of the reader, where it is not the browser's; `match`: the ETag of the state that the
 *     reader has seen; `within`: how long an attempt may take, ms
 * @returns {Promise<any>} what the server answered
 * @throws {Refused}
 */
export async function command(path, body, { key = newKey(), attempts = ATTEMPTS, language, method = 'POST', match, within } = {}) {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  if (method === 'POST') headers['Idempotency-Key'] = key;
  if (language) headers['Accept-Language'] = language;
  if (match) headers['If-Match'] = match;
  const request = { method, headers, body: JSON.stringify(body) };
  for (let left = attempts - 1; ; left--) {
    const answer = await ask(path, request, within);
    if (answer?.ok) return answer.json();
    const no = await refusal(answer);
    if (left === 0 || !mayRepeat(answer)) throw no;
    await pause(answer);
  }
}

/**
 * Asks for what is there.
 *
 * @param {string} path
 * @returns {Promise<any>}
 * @throws {Refused}
 */
export async function read(path) {
  return (await readTagged(path)).value;
}

/**
 * Asks for what is there along with its ETag, which an edit of it shows.
 *
 * @param {string} path
 * @returns {Promise<{value: any, tag: string | null}>}
 * @throws {Refused}
 */
export async function readTagged(path) {
  const answer = await attempt(path, { headers: { Accept: 'application/json' } });
  if (answer?.ok) return { value: await answer.json(), tag: answer.headers.get('ETag') };
  throw await refusal(answer);
}

/**
 * Sends a file, once.
 *
 * @param {string} path
 * @param {Blob} file
 * @param {string} type of its content
 * @param {string} language of the reader
 * @param {'POST' | 'PUT'} [method]
 * @returns {Promise<any>} what the server answered
 * @throws {Refused}
 */
export async function upload(path, file, type, language, method = 'POST') {
  const headers = { 'Content-Type': type, Accept: 'application/json', 'Accept-Language': language };
  const answer = await ask(path, { method, headers, body: file }, FILE_MS);
  if (answer?.ok) return answer.json();
  throw await refusal(answer);
}

/** A key for one intention. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The answer to a request that shows the page's token; again with a fresh one where somebody has signed in or out meanwhile. */
async function ask(path, request, within) {
  const answer = await attempt(path, await withToken(request), within);
  if (answer?.status !== 403 || (await refusal(answer.clone())).word !== 'csrf-token-missing') return answer;
  token = undefined;
  return attempt(path, await withToken(request), within);
}

/** The answer, or undefined where none came. */
async function attempt(path, request, within = ATTEMPT_MS) {
  try {
    return await fetch(path, { ...request, signal: AbortSignal.timeout(within) });
  } catch {
    return undefined;
  }
}

/** Not knowing whether it arrived, too much to do, or too much asked for at once. */
function mayRepeat(answer) {
  const soon = Number(answer?.headers.get('Retry-After') ?? Infinity) * 1000 <= LONGEST_PAUSE_MS;
  return answer === undefined || answer.status === 503 || (answer.status === 429 && soon);
}

/** What shows the server that it is its own page that asks; it is asked for until somebody has signed in. */
async function withToken(request) {
  if (!token) {
    const me = await attempt('/api/me', { headers: { Accept: 'application/json' } });
    token = (await me?.json().catch(() => undefined))?.csrfToken;
  }
  return token ? { ...request, headers: { ...request.headers, 'X-Csrf-Token': token } } : request;
}

function pause(answer) {
  const asked = Number(answer?.headers.get('Retry-After') ?? 0) * 1000;
  const ms = Math.min(LONGEST_PAUSE_MS, Math.max(asked, 300)) * (0.5 + Math.random() / 2);
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function refusal(answer) {
  if (!answer) return new Refused({ type: '/problems/unreachable' }, 0);
  const problem = await answer.json().catch(() => ({}));
  return new Refused({ type: '/problems/unknown', ...problem }, answer.status);
}
