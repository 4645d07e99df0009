import assert from "node:assert/strict";
import { test } from "node:test";
import { ServerClock } from "../../../web/src/clock";

function world() {
  const time = { steady: 0, device: 5_000_000 };
  return {
    time,
    clock: new ServerClock(
      () => time.steady,
      () => time.device,
    ),
  };
}

test("before the first answer the device's own time is all there is", () => {
  const { clock } = world();
  assert.equal(clock.now(), 5_000_000);
  assert.equal(clock.ahead, null);
});

test("without network, what an earlier visit found puts a wrong device right", () => {
  const clock = new ServerClock(
    () => 0,
    () => 5_000_000,
    -1_000_000,
  );
  assert.equal(clock.now(), 4_000_000);
  clock.hear(3_000_000, 0, 0);
  assert.equal(clock.ahead, -2_000_000);
});

test("the server's time is taken to be that of the middle of the way", () => {
  const { time, clock } = world();
  time.steady = 400;
  clock.hear(1_000_000, 0, 400);
  assert.equal(clock.now(), 1_000_200);
});

test("of two answers the one with the shorter way counts", () => {
  const { time, clock } = world();
  clock.hear(1_000_000, 0, 100);
  clock.hear(1_003_000, 100, 4100);
  time.steady = 5000;
  assert.equal(clock.now(), 1_004_950);
  clock.hear(1_005_010, 5000, 5020);
  time.steady = 6000;
  assert.equal(clock.now(), 1_006_000);
});

test("an old answer gives way to a slower one: quartz drifts", () => {
  const { clock, time } = world();
  clock.hear(1_000_000, 0, 100);
  const hour = 3_600_000;
  time.steady = hour;
  clock.hear(1_000_000 + hour + 200, hour, hour + 400);
  assert.equal(clock.now(), 1_000_000 + hour);
});

test("a wrong time of day on the device changes nothing", () => {
  const { clock, time } = world();
  clock.hear(1_000_000, 0, 0);
  time.device -= 86_400_000;
  clock.noticeSleep();
  time.steady = 1000;
  assert.equal(clock.now(), 1_001_000);
});

test("a sleep that the steady clock missed is added until an answer tells better", () => {
  const { clock, time } = world();
  clock.hear(1_000_000, 0, 0);
  time.device += 600_000;
  assert.equal(clock.noticeSleep(), true);
  assert.equal(clock.now(), 1_600_000);
  clock.hear(1_590_000, 0, 4000);
  assert.equal(clock.now(), 1_588_000);
});
