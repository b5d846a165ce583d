import { both, knows, text } from '/kit/language.js';
import { day, length, moment, wallTime } from '/kit/time.js';
import { same, test } from './harness.js';

const AT = Date.parse('2026-11-23T01:05:00Z');
const ZONE = 'Asia/Shanghai';

test('aTextIsFilledInBothLanguages', () => same(both('door.act.extend', { minutes: 15 }), { zh: '延长 15 分钟', en: 'Extend 15 min' }));

test('aValueMayDifferBetweenTheLanguages', () => {
  same(both('time.on-day', { day: { zh: '周一', en: 'Mon' }, time: '09:00' }), { zh: '周一 09:00', en: 'Mon 09:00' });
});

test('aMissingTextIsNoticed', () => {
  same(knows('door.no-such'), false);
  let message = '';
  try {
    text('door.no-such');
  } catch (error) {
    message = error.message;
  }
  same(message, 'no text in zh-CN for door.no-such');
});

test('theTextsOfProblemsAreThere', () => same([knows('problem.overlaps.title'), knows('problem.busy.detail')], [true, true]));

test('timesStandInTheSitesZone', () => {
  same(wallTime(AT, ZONE), '09:05');
  same(wallTime(AT, 'America/New_York'), '20:05');
  same(day(AT, ZONE), { zh: '11月23日 周一', en: 'Mon 23 Nov' });
});

test('midnightIsZero', () => same(wallTime(Date.parse('2026-11-22T16:00:00Z'), ZONE), '00:00'));

test('aMomentIsAsShortAsItIsClear', () => {
  same(moment(AT + 3_600_000, AT, ZONE).zh, '10:05');
  same(moment(AT + 24 * 3_600_000, AT, ZONE), { zh: '明天 09:05', en: 'tomorrow 09:05' });
  same(moment(AT + 48 * 3_600_000, AT, ZONE), { zh: '11月25日 周三 09:05', en: 'Wed 25 Nov 09:05' });
});

test('aLengthIsSaidInHoursAndMinutes', () => {
  same([length(60_000).zh, length(61_000).zh], ['1 分钟', '2 分钟']);
  same(length(90 * 60_000), { zh: '1 小时 30 分', en: '1 h 30 min' });
  same(length(120 * 60_000).en, '2 h');
  same(length(-5).en, '0 min');
});
