import { isAnotherDay, stripOf } from '/door/strip.js';
import { golden, same, test } from './harness.js';

const usual = await golden('usual-day.json');
const running = await golden('running.json');
const closed = await golden('closed.json');
const worst = await golden('worst-day.json');
const at = (text) => Date.parse(text);

test('theStripBeginsJustBeforeNowAndMarksIt', () => {
  const now = at('2026-11-23T01:22:10Z');
  const strip = stripOf(usual, now);
  same([strip.now > 0, strip.now < 0.15, strip.from <= now - 1_800_000], [true, true, true]);
});

test('everyMeetingOfItsHoursIsABlockAtItsPlace', () => {
  const strip = stripOf(usual, at('2026-11-23T01:22:10Z'));
  const first = strip.blocks.find(({ meeting, kind }) => kind === 'busy' && meeting.id === 17);
  same(Math.round(first.height * 80), 10);
  same(Math.abs(first.top - (at('2026-11-23T02:00:00Z') - strip.from) / (strip.until - strip.from)) < 1e-9, true);
});

test('overTimeBelongsToItsMeeting', () => {
  const strip = stripOf(running, at('2026-11-23T03:06:00Z'));
  same(new Date(strip.blocks.find(({ kind }) => kind === 'busy').until).toISOString(), '2026-11-23T03:15:00.000Z');
});

test('aClosedRoomShowsItsNextDay', () => {
  const now = at('2026-11-22T12:41:10Z');
  const strip = stripOf(closed, now);
  same([strip.now, isAnotherDay(strip, now, 'Asia/Shanghai')], [undefined, true]);
  same(strip.hours[0].label, '08:00');
});

test('onADenseDayFewerHoursLeaveRoomForWords', () => {
  const strip = stripOf(worst, at('2026-11-23T00:04:00Z'));
  same((strip.until - strip.from) / 3_600_000, 4);
});

test('aLowStripShowsFewerHours', () => same((stripOf(usual, at('2026-11-23T01:22:10Z'), 13).until - stripOf(usual, at('2026-11-23T01:22:10Z'), 13).from) / 3_600_000, 5));

test('hoursStandWhereTheWallsClockHasThem', () => {
  const strip = stripOf({ ...usual, zone: 'Asia/Kolkata' }, at('2026-11-23T01:22:10Z'));
  same(strip.hours[0].label.endsWith(':00'), true);
  same(new Date(strip.hours[0].at).getUTCMinutes(), 30);
});
