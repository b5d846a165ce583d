import { LiveTimeline } from '/kit/live-timeline.js';
import { golden, same, test } from './harness.js';

const usual = await golden('usual-day.json');

function store(content) {
  const items = new Map(Object.entries(content ?? {}));
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
  };
}

/** Waits for the next change that makes a condition true. */
function until(live, condition) {
  return new Promise((resolve) => {
    const look = () => condition() && (live.removeEventListener('change', look), resolve());
    live.addEventListener('change', look);
    look();
  });
}

test('whatWasKeptIsKnownBeforeTheFirstAnswer', () => {
  const kept = JSON.stringify({ timeline: usual, heard: 5, skew: 7 });
  const live = new LiveTimeline('sh-0801', { store: store({ 'foyer.timeline.sh-0801': kept }) });
  same([live.timeline.revision, live.heard, live.clock.skew], [42, 5, 7]);
});

test('aBrokenStoreIsAnEmptyOne', () => {
  const live = new LiveTimeline('sh-0801', { store: store({ 'foyer.timeline.sh-0801': '{"timeline":' }) });
  same([live.timeline === undefined, live.age() === Infinity], [true, true]);
});

test('theTimelineAndTheServersTimeComeOverTheSocketAndAreKept', async () => {
  const memory = store();
  const live = new LiveTimeline('sh-0801', { store: memory });
  live.start();
  await until(live, () => live.connected && live.timeline);
  live.stop();
  same(live.timeline, usual);
  same(Math.abs(live.clock.now() - Date.parse('2026-11-23T01:22:00Z')) < 60_000, true);
  same(JSON.parse(memory.items.get('foyer.timeline.sh-0801')).timeline.revision, 42);
});

test('anOlderTimelineDoesNotReplaceTheOneThatIsShown', async () => {
  const newer = { ...usual, revision: 43 };
  const kept = JSON.stringify({ timeline: newer, heard: 5, skew: 0 });
  const live = new LiveTimeline('sh-0801', { store: store({ 'foyer.timeline.sh-0801': kept }) });
  live.start();
  await until(live, () => live.connected);
  live.stop();
  same(live.timeline.revision, 43);
});

test('aTimelineOfAnotherRoomIsNotShown', async () => {
  const live = new LiveTimeline('sh-0802', { store: store() });
  live.start();
  await until(live, () => live.connected);
  live.stop();
  same(live.timeline, undefined);
});
