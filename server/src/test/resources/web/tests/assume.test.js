import { actionAt, entryAt } from '/kit/entry.js';
import { assume } from '/door/assume.js';
import { golden, same, test } from './harness.js';

const usual = await golden('usual-day.json');
const running = await golden('running.json');
const at = (text) => Date.parse(text);
const states = (timeline, ...times) => times.map((time) => entryAt(timeline, at(time)).state);

function gapFree(timeline) {
  const times = timeline.entries.map(({ from }) => at(from));
  same(times.every((time, i) => i === 0 || time > times[i - 1]), true);
}

test('aBookingIsPaintedUntilItsEndAndThenWhatWasThere', () => {
  const shown = assume(usual, { act: 'book', until: '2026-11-23T01:38:00Z' }, at('2026-11-23T01:22:10Z'));
  same(states(shown, '2026-11-23T01:22:09Z', '2026-11-23T01:22:10Z', '2026-11-23T01:38:00Z', '2026-11-23T01:45:00Z'), ['free', 'in-use', 'free', 'preparing']);
  gapFree(shown);
});

test('aBookingUntilTheNextMeetingCoversItsPreparation', () => {
  const shown = assume(usual, { act: 'book', until: '2026-11-23T02:00:00Z' }, at('2026-11-23T01:22:10Z'));
  same(states(shown, '2026-11-23T01:50:00Z', '2026-11-23T02:00:00Z'), ['in-use', 'check-in']);
  gapFree(shown);
});

test('whoChecksInIsInTheMeeting', () => {
  const now = at('2026-11-23T02:04:00Z');
  const shown = assume(usual, { act: 'check-in', booking: 17 }, now);
  same([entryAt(shown, now).state, shown.meetings[0].checkedIn, actionAt(shown, now, 'end')], ['in-use', true, undefined]);
});

test('whoChecksInEarlyWaitsForTheStart', () => {
  const now = at('2026-11-23T01:50:00Z');
  same(entryAt(assume(usual, { act: 'check-in', booking: 17 }, now), now).state, 'preparing');
});

test('whoChecksInForTheNextMeetingDoesNotEndThisOne', () => {
  const now = at('2026-11-23T02:55:00Z');
  const entry = entryAt(assume(running, { act: 'check-in', booking: 21 }, now), now);
  same([entry.state, entry.meeting], ['ending', 17]);
});

test('anEndedMeetingLeavesTheRoomFree', () => {
  const shown = assume(running, { act: 'end', booking: 17 }, at('2026-11-23T02:22:10Z'));
  same(states(shown, '2026-11-23T02:22:10Z', '2026-11-23T03:05:00Z'), ['free', 'free']);
  same(shown.meetings.some(({ id }) => id === 17), false);
  gapFree(shown);
});

test('anExtendedMeetingGoesOnUntilItsNewEnd', () => {
  const shown = assume(running, { act: 'extend', booking: 17, end: '2026-11-23T03:00:00Z', newEnd: '2026-11-23T03:30:00Z' }, at('2026-11-23T02:55:00Z'));
  same(states(shown, '2026-11-23T03:10:00Z', '2026-11-23T03:30:00Z'), ['in-use', 'free']);
  same(shown.meetings[0].until, '2026-11-23T03:30:00Z');
  gapFree(shown);
});
