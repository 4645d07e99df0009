import assert from "node:assert/strict";
import { test } from "node:test";
import { Save } from "../../../web/src/paper/saving";
import { Outcome, Post, Sender } from "../../../web/src/paper/sender";

/** A desk with a queue of saves; `outcomes` are given in turn. */
function desk(outcomes: Outcome[], queue: Save[], left = 600_000) {
  const seen = { sent: [] as Save[], told: [] as string[], joins: 0 };
  const post: Post = {
    next: () => queue[0] ?? null,
    send: async (save) => (seen.sent.push(save), outcomes.shift() ?? { kind: "accepted" }),
    accepted: (save) => void queue.splice(queue.indexOf(save), 1),
    join: async () => ((seen.joins += 1), queue.shift(), true),
    tell: (status) => void seen.told.push(status),
    random: () => 0.5,
    left: () => left,
  };
  return { seen, sender: new Sender(post) };
}

/** Timers that only pass by tick(): node 18 has no common way to mock them. */
async function timed(play: (tick: (ms: number) => Promise<void>) => Promise<void>): Promise<void> {
  const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  let [now, id] = [0, 0];
  const waiting = new Map<number, { at: number; work: () => void }>();
  Object.assign(globalThis, {
    setTimeout: (work: () => void, ms: number) => (waiting.set(++id, { at: now + ms, work }), id),
    clearTimeout: (which: number) => void waiting.delete(which),
  });
  const tick = async (ms: number) => {
    now += ms;
    for (const [which, { at, work }] of [...waiting]) if (at <= now && waiting.delete(which)) work();
    await settled();
  };
  try {
    await play(tick);
  } finally {
    Object.assign(globalThis, real);
  }
}

const save = (seq: number): Save => ({ seq, answers: { [seq]: "A" } });
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("touches of the next seconds go together; one request at a time", () =>
  timed(async (tick) => {
    const { seen, sender } = desk([], [save(1)]);
    sender.touched();
    sender.touched();
    await tick(2900);
    assert.equal(seen.sent.length, 0);
    await tick(200);
    assert.deepEqual(seen.sent, [save(1)]);
    assert.equal(seen.told.at(-1), "saved");
  }));

test("near the end there is no waiting for more", () =>
  timed(async (tick) => {
    const { seen, sender } = desk([], [save(1)], 10_000);
    sender.touched();
    await tick(300);
    assert.equal(seen.sent.length, 1);
  }));

test("trouble is told once and tried again later, not at every touch", () =>
  timed(async (tick) => {
    const { seen, sender } = desk([{ kind: "passing", retryAfterS: 2 }], [save(1)]);
    await sender.flush();
    assert.equal(seen.told.at(-1), "kept");
    for (let touch = 0; touch < 20; touch += 1) sender.touched();
    await tick(2000);
    assert.equal(seen.sent.length, 1);
    await tick(2000);
    assert.equal(seen.sent.length, 2);
    assert.equal(seen.told.at(-1), "saved");
  }));

test("when the network is back it goes soon", () =>
  timed(async (tick) => {
    const { seen, sender } = desk([{ kind: "passing", retryAfterS: 30 }], [save(1)]);
    await sender.flush();
    sender.online();
    await tick(1000);
    assert.equal(seen.sent.length, 2);
  }));

test("another device was later: the paper is joined and the rest is sent", async () => {
  const { seen, sender } = desk([{ kind: "elsewhere" }], [save(1), save(2)]);
  await sender.flush();
  assert.equal(seen.joins, 1);
  assert.deepEqual(seen.sent, [save(1), save(2)]);
});

test("after the end nothing is sent again", () =>
  timed(async (tick) => {
    const { seen, sender } = desk([{ kind: "over" }], [save(1)]);
    await sender.flush();
    await tick(60_000);
    assert.equal(seen.sent.length, 1);
    assert.equal(seen.told.at(-1), "over");
  }));
