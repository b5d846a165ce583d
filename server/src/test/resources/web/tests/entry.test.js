import { actionAt, bookable, endOf, entryAt, extensions, instant, meetingAfter, supersedes } from '/kit/entry.js';
import { golden, same, test } from './harness.js';

const usual = await golden('usual-day.json');
const running = await golden('running.json');
const at = (text) => Date.parse(text);
const minutes = (choices) => choices.map((choice) => choice.minutes);

test('anEntryIsInForceFromItsStartUntilTheNext', () => {
  same(entryAt(usual, at('2026-11-23T01:59:59.999Z')).state, 'preparing');
  same(entryAt(usual, at('2026-11-23T02:00:00Z')).state, 'check-in');
  same(instant(endOf(usual, entryAt(usual, at('2026-11-23T02:00:00Z')))), '2026-11-23T03:00:00Z');
});

test('fromTheEndOfTheWindowOnNothingIsKnown', () => {
  same(entryAt(usual, at(usual.validUntil) - 1) !== undefined, true);
  same(entryAt(usual, at(usual.validUntil)), undefined);
});

test('beforeTheFirstEntryNothingIsKnown', () => same(entryAt(usual, at('2026-11-22T00:00:00Z')), undefined));

test('onlyLengthsThatFitAreOfferedTheLongestFirst', () => {
  same(minutes(bookable(usual, at('2026-11-23T01:22:10Z'))), [37, 30, 15]);
  same(minutes(bookable(usual, at('2026-11-23T03:00:00Z'))), [60, 45, 30, 15]);
});

test('aLengthThatFitsToTheSecondIsOffered', () => {
  same(minutes(bookable(usual, at('2026-11-23T01:30:00Z'))), [30, 15]);
  same(minutes(bookable(usual, at('2026-11-23T01:30:00.001Z'))), [29, 15]);
});

test('aBookingEndsAtAFullMinuteAndNeverAfterTheNextHold', () => {
  const choices = bookable(usual, at('2026-11-23T01:44:30Z'));
  same(choices.map(({ until }) => until), ['2026-11-23T02:00:00Z']);
  same(bookable(usual, at('2026-11-23T01:22:10Z')).map(({ until }) => until), [
    '2026-11-23T02:00:00Z',
    '2026-11-23T01:53:00Z',
    '2026-11-23T01:38:00Z',
  ]);
});

test('whereNothingMayBeBookedNothingIsOffered', () => same(bookable(usual, at('2026-11-23T02:10:00Z')), []));

test('aMeetingIsExtendedFromItsBookedEnd', () => {
  const steps = extensions(running, at('2026-11-23T02:30:00Z'));
  same(steps.map(({ newEnd }) => newEnd), ['2026-11-23T03:05:00Z', '2026-11-23T03:15:00Z', '2026-11-23T03:30:00Z']);
  same(steps[0].end, '2026-11-23T03:00:00Z');
});

test('anExtensionThatIsOverAlreadyIsNotOffered', () => same(minutes(extensions(running, at('2026-11-23T03:06:00Z'))), [15, 30]));

test('whoeverIsAwaitedMaySignInAndWhoeverIsInsideMayEndWithoutTheTimelineSayingSo', () => {
  const asked = (timeline, now, act) => actionAt(timeline, at(now), act)?.booking;
  same([asked(usual, '2026-11-23T01:50:00Z', 'check-in'), asked(usual, '2026-11-23T02:04:00Z', 'check-in')], [17, 17]);
  same([asked(running, '2026-11-23T01:59:00Z', 'check-in'), asked(usual, '2026-11-23T02:04:00Z', 'end')], [undefined, undefined]);
  same([asked(running, '2026-11-23T02:30:00Z', 'end'), asked(running, '2026-11-23T03:05:00Z', 'end')], [17, 17]);
  same([asked(running, '2026-11-23T02:30:00Z', 'extend'), asked(usual, '2026-11-23T01:30:00Z', 'end')], [17, undefined]);
});

test('theNextMeetingIsTheOneThatStartsLater', () => same(meetingAfter(usual, at('2026-11-23T02:00:00Z')).id, 21));

test('aHigherEpochWinsThenTheRevisionThenTheTime', () => {
  const shown = { epoch: 2, revision: 9, computedAt: '2026-11-23T01:00:00.120Z' };
  same(supersedes(shown, undefined), true);
  same(supersedes(shown, shown), false);
  same(supersedes({ ...shown, epoch: 3, revision: 1 }, shown), true);
  same(supersedes({ ...shown, epoch: 1, revision: 10 }, shown), false);
  same(supersedes({ ...shown, revision: 10, computedAt: '2026-11-23T00:00:00Z' }, shown), true);
  same(supersedes({ ...shown, revision: 8 }, shown), false);
  same(supersedes({ ...shown, computedAt: '2026-11-23T01:00:00.121Z' }, shown), true);
});

test('timesFinerThanAMillisecondAreTold', () => {
  const shown = { epoch: 1, revision: 1, computedAt: '2026-11-23T01:00:00.120456Z' };
  same(supersedes({ ...shown, computedAt: '2026-11-23T01:00:00.120457Z' }, shown), true);
  same(supersedes({ ...shown, computedAt: '2026-11-23T01:00:00.120455Z' }, shown), false);
});

test('everyGoldenFileHasAnEntryForEachInstantOfItsWindow', async () => {
  for (const name of ['usual-day', 'running', 'masked', 'closed', 'empty-day', 'worst-day']) {
    const timeline = await golden(`${name}.json`);
    const end = at(timeline.validUntil);
    for (let now = at(timeline.computedAt); now < end; now += 7 * 60_000) {
      if (!entryAt(timeline, now)) throw new Error(`${name} knows nothing at ${instant(now)}`);
    }
  }
});
