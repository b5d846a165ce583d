import { command, newKey, Refused, upload } from '/kit/api.js';
import { same, test } from './harness.js';

/** Answers the next commands so, and remembers them; whoever asks who they are is nobody. */
async function against(answers, attempt) {
  const real = globalThis.fetch;
  const requests = [];
  globalThis.fetch = async (path, request) => {
    if (path === '/api/me') return new Response(JSON.stringify({ kind: 'nobody' }));
    requests.push({ path, key: request.headers['Idempotency-Key'], body: request.body });
    const next = answers[Math.min(requests.length, answers.length) - 1];
    if (next === 'cut') throw new TypeError('network');
    return new Response(JSON.stringify(next.body ?? {}), { status: next.status, headers: next.headers });
  };
  try {
    const result = await attempt().catch((error) => error);
    return { requests, result };
  } finally {
    globalThis.fetch = real;
  }
}

test('aCommandIsRepeatedUnderItsKeyUntilItIsKnownWhetherItArrived', async () => {
  const answers = ['cut', { status: 503 }, { status: 201, body: { id: 9 } }];
  const { requests, result } = await against(answers, () => command('/api/x', { a: 1 }));
  same(result, { id: 9 });
  same([requests.length, new Set(requests.map(({ key }) => key)).size], [3, 1]);
});

test('aTokenIsShownAndAskedForAgainWhenItIsOutOfDate', async () => {
  const real = globalThis.fetch;
  const shown = [];
  const known = ['old', 'new'];
  globalThis.fetch = async (path, { headers }) => {
    if (path === '/api/me') return new Response(JSON.stringify({ kind: 'employee', csrfToken: known.shift() }));
    shown.push(headers['X-Csrf-Token']);
    const stale = headers['X-Csrf-Token'] === 'old';
    return new Response(JSON.stringify(stale ? { type: '/problems/csrf-token-missing' } : { id: 9 }), { status: stale ? 403 : 200 });
  };
  try {
    same(await upload('/api/x', new Blob(['x']), 'text/plain', 'en'), { id: 9 });
    same(await command('/api/x', {}, { attempts: 1 }), { id: 9 });
  } finally {
    globalThis.fetch = real;
  }
  same(shown, ['old', 'new', 'new']);
});

test('aRefusalIsNotRepeated', async () => {
  const answers = [{ status: 409, body: { type: '/problems/overlaps', nearest: [] } }];
  const { requests, result } = await against(answers, () => command('/api/x', {}));
  same([requests.length, result instanceof Refused, result.word, result.status], [1, true, 'overlaps', 409]);
});

test('aRefusalSpeaksBothLanguages', async () => {
  const answers = [{ status: 422, body: { type: '/problems/too-short', policy: 'C', minutes: 5 } }];
  const { result } = await against(answers, () => command('/api/x', {}));
  same([result.words.zh.includes('5 分钟'), result.words.en.includes('5')], [true, true]);
});

test('aRefusalWithoutATextOfOursSpeaksForItself', async () => {
  const answers = [{ status: 422, body: { type: '/problems/brand-new', detail: 'Do this.' } }];
  const { result } = await against(answers, () => command('/api/x', {}));
  same(result.words, { zh: 'Do this.', en: 'Do this.' });
});

test('aServerThatCannotBeReachedIsSaidToBeSo', async () => {
  const { requests, result } = await against(['cut'], () => command('/api/x', {}));
  same([requests.length, result.word, result.words.zh], [3, 'unreachable', '服务器没有回应。请稍后再试。']);
});

test('anAnswerThatIsNoProblemIsARefusalAllTheSame', async () => {
  const { result } = await against([{ status: 400 }], () => command('/api/x', {}));
  same([result.word, result.words.en], ['unknown', 'That did not work, please try again']);
});

test('eachIntentionHasItsOwnKey', () => {
  same(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(newKey()), true);
  same(newKey() === newKey(), false);
});
