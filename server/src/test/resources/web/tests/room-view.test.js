import { viewOf } from '/kit/room-view.js';
import { golden, same, test } from './harness.js';

const usual = await golden('usual-day.json');
const running = await golden('running.json');
const masked = await golden('masked.json');
const closed = await golden('closed.json');
const at = (text) => Date.parse(text);

test('aFreeRoomSaysUntilWhenItMayBeTaken', () => {
  const view = viewOf(usual, at('2026-11-23T01:22:10Z'));
  same([view.state, view.word.zh, view.lead.zh], ['free', '空闲', '至 10:00·还有 38 分钟']);
  same([view.after.at.zh, view.after.title.zh], ['10:00', '客服周例会']);
});

test('aMeetingThatIsAwaitedSaysSinceWhen', () => {
  same(viewOf(usual, at('2026-11-23T01:49:10Z')).lead.en, '10:00–11:00, starts in 11 min');
  same(viewOf(usual, at('2026-11-23T02:00:40Z')).lead.en, '10:00–11:00, starts now');
  same(viewOf(usual, at('2026-11-23T02:04:10Z')).lead.en, '10:00–11:00, started 4 min ago');
});

test('anInternalMeetingTellsSubjectConvenerAndDepartment', () => {
  const view = viewOf(running, at('2026-11-23T02:22:10Z'));
  same([view.title.zh, view.people.zh], ['客服周例会', '王芳·客户服务部·8 人']);
  same(view.lead.en, 'until 11:00, 38 min left');
});

test('aMeetingThatRunsOverCountsUp', () => same(viewOf(running, at('2026-11-23T03:06:10Z')).lead.en, '6 min over, was to end 11:00'));

test('theTimeOfAStateRunsFromWholeToNothing', () => {
  same(viewOf(running, at('2026-11-23T02:50:00Z')).left, 1);
  same(viewOf(running, at('2026-11-23T02:55:00Z')).left, 0.5);
});

test('ofAConfidentialMeetingOnlyTheTimeIsTold', () => {
  const view = viewOf(masked, at('2026-11-23T02:22:10Z'));
  same([view.word.zh, view.title.zh, view.people, view.lead.zh], ['会议中', '非公开会议', undefined, '至 11:00·还有 38 分钟']);
});

test('aConfidentialMeetingStaysMaskedEvenIfTheWireSaysMore', () => {
  const leaking = { ...masked, meetings: masked.meetings.map((each) => ({ ...each, subject: 'Merger', convener: { zh: '王', en: 'W' } })) };
  const words = ['2026-11-23T02:22:10Z', '2026-11-23T03:40:10Z', '2026-11-23T05:50:00Z', '2026-11-23T03:02:00Z']
    .map((time) => JSON.stringify(viewOf(leaking, at(time))))
    .join();
  same(words.includes('Merger') || words.includes('王'), false);
});

test('ofAStrictlyConfidentialMeetingOnlyTheStateIsTold', () => {
  const view = viewOf(masked, at('2026-11-23T03:40:10Z'));
  same([view.word.zh, view.word.en], ['使用中', 'In use']);
  same([view.title, view.lead, view.people].every((each) => each === undefined), true);
});

test('aClosedRoomSaysWhenItOpens', () => {
  same(viewOf(closed, at('2026-11-22T12:41:10Z')).lead, { zh: '明天 08:00 开放', en: 'opens tomorrow 08:00' });
});

test('whatIsNotKnownIsNeverFree', () => {
  same(viewOf(undefined, 0).state, 'unknown');
  same(viewOf(closed, at(closed.validUntil)).state, 'unknown');
  same(viewOf(closed, at('2026-01-01T00:00:00Z')).state, 'unknown');
});
