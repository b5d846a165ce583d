import { ServerClock } from '/kit/server-clock.js';
import { clocks, same, test } from './harness.js';

test('beforeTheFirstAnswerTheDevicesClockCountsWithItsKnownError', () => {
  const clock = new ServerClock({ ...clocks(5_000), skew: -2_000 });
  same([clock.now(), clock.known], [3_000, false]);
});

test('aWrongDeviceClockShowsTheServersTime', () => {
  const device = clocks(99_000_000);
  const clock = new ServerClock(device);
  const asked = clock.ask();
  device.pass(40);
  clock.heard(asked, 7_000_000);
  same(clock.now(), 7_000_020);
  device.pass(1_000);
  same(clock.now(), 7_001_020);
});

test('theQuickestOfTheRoundTripsCounts', () => {
  const device = clocks();
  const clock = new ServerClock(device);
  answer(device, clock, 10, 5_000);
  const before = clock.now();
  answer(device, clock, 800, 9_999_999);
  same(clock.now(), before + 800);
});

test('anOldAnswerGivesWayToASlowerNewOne', () => {
  const device = clocks();
  const clock = new ServerClock(device);
  answer(device, clock, 10, 5_000);
  device.pass(3_600_000);
  answer(device, clock, 100, 8_000_000);
  same(clock.now(), 8_000_050);
});

test('afterASleepTheOldAnswerIsForgotten', () => {
  const device = clocks();
  const clock = new ServerClock(device);
  answer(device, clock, 10, 5_000_000);
  device.times.wall += 3_600_000;
  same([clock.known, clock.now()], [false, 8_600_005]);
});

test('afterAReconnectTheNextAnswerCountsHoweverSlow', () => {
  const device = clocks();
  const clock = new ServerClock(device);
  answer(device, clock, 2, 5_000);
  clock.forget();
  answer(device, clock, 900, 80_000);
  same(clock.now(), 80_450);
});

function answer(device, clock, roundTrip, serverNow) {
  const asked = clock.ask();
  device.pass(roundTrip);
  clock.heard(asked, serverNow);
}
