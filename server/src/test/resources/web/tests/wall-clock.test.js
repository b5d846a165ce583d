import { instantsOf, nearestTo, offsetName } from '/kit/wall-clock.js';
import { same, test } from './harness.js';

function iso(date, time, zone) {
  return instantsOf(date, time, zone).map((at) => new Date(at).toISOString());
}

test('aWallTimeIsOneInstant', () => {
  same(iso('2026-11-23', '09:05', 'Asia/Shanghai'), ['2026-11-23T01:05:00.000Z']);
  same(iso('2026-07-01', '09:05', 'Europe/Berlin'), ['2026-07-01T07:05:00.000Z']);
});

test('midnightEndsTheDay', () => {
  same(iso('2026-12-31', '24:00', 'Europe/Berlin'), ['2026-12-31T23:00:00.000Z']);
});

test('aWallTimeThatIsSkippedIsNone', () => {
  same(iso('2027-03-28', '02:30', 'Europe/Berlin'), []);
  same(nearestTo('2027-03-28', '02:30', 'Europe/Berlin', 15), ['01:45', '03:00']);
});

test('aWallTimeThatIsRepeatedIsTwoInstantsTheEarlierFirst', () => {
  same(iso('2026-10-25', '02:30', 'Europe/Berlin'), ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
  same(instantsOf('2026-10-25', '02:30', 'Europe/Berlin').map((at) => offsetName(at, 'Europe/Berlin')), ['UTC+2', 'UTC+1']);
});

test('theHoursAtTheEdgesOfAChangeAreOneInstantEach', () => {
  same(iso('2027-03-28', '03:00', 'Europe/Berlin'), ['2027-03-28T01:00:00.000Z']);
  same(iso('2026-10-25', '03:00', 'Europe/Berlin'), ['2026-10-25T02:00:00.000Z']);
});

test('noTimeIsNoInstant', () => {
  same(iso('', '09:00', 'Europe/Berlin'), []);
});
