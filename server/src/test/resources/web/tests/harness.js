/** @type {{name: string, run: () => unknown}[]} */
const tests = [];

/**
 * Declares a test.
 *
 * @param {string} name a sentence of the domain
 * @param {() => unknown} run throws when it fails
 */
export function test(name, run) {
  tests.push({ name, run });
}

/** Fails unless two values are the same, as JSON. */
export function same(actual, expected) {
  const [a, b] = [actual, expected].map((value) => JSON.stringify(value));
  if (a !== b) throw new Error(`expected ${b} but was ${a}`);
}

/** A golden file of the wire. */
export async function golden(name) {
  const answer = await fetch(`/golden/${name}`);
  return answer.json();
}

/** A clock in two halves that a test moves. */
export function clocks(wall = 1_000_000) {
  const times = { monotonic: 0, wall };
  return {
    times,
    monotonic: () => times.monotonic,
    wall: () => times.wall,
    pass(ms) {
      times.monotonic += ms;
      times.wall += ms;
    },
  };
}

/** Runs all tests one after the other. */
export async function run() {
  const results = [];
  for (const { name, run } of tests) {
    results.push({ name, error: await outcome(run) });
  }
  return results;
}

async function outcome(run) {
  try {
    await run();
    return '';
  } catch (error) {
    return String(error.stack ?? error);
  }
}
