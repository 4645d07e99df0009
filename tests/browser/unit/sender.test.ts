import assert from "node:assert/strict";
import { mock, test } from "node:test";
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

const save = (seq: number): Save => ({ seq, answers: { [seq]: "A" } });
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("touches of the next seconds go together; one request at a time", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { seen, sender } = desk([], [save(1)]);
  sender.touched();
  sender.touched();
  mock.timers.tick(2900);
  await settled();
  assert.equal(seen.sent.length, 0);
  mock.timers.tick(200);
  await settled();
  assert.deepEqual(seen.sent, [save(1)]);
  assert.equal(seen.told.at(-1), "saved");
  mock.timers.reset();
});

test("near the end there is no waiting for more", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { seen, sender } = desk([], [save(1)], 10_000);
  sender.touched();
  mock.timers.tick(300);
  await settled();
  assert.equal(seen.sent.length, 1);
  mock.timers.reset();
});

test("trouble is told once and tried again later, not at every touch", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { seen, sender } = desk([{ kind: "passing", retryAfterS: 2 }], [save(1)]);
  await sender.flush();
  assert.equal(seen.told.at(-1), "kept");
  for (let touch = 0; touch < 20; touch += 1) sender.touched();
  mock.timers.tick(2000);
  await settled();
  assert.equal(seen.sent.length, 1);
  mock.timers.tick(2000);
  await settled();
  assert.equal(seen.sent.length, 2);
  assert.equal(seen.told.at(-1), "saved");
  mock.timers.reset();
});

test("when the network is back it goes soon", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { seen, sender } = desk([{ kind: "passing", retryAfterS: 30 }], [save(1)]);
  await sender.flush();
  sender.online();
  mock.timers.tick(1000);
  await settled();
  assert.equal(seen.sent.length, 2);
  mock.timers.reset();
});

test("another device was later: the paper is joined and the rest is sent", async () => {
  const { seen, sender } = desk([{ kind: "elsewhere" }], [save(1), save(2)]);
  await sender.flush();
  assert.equal(seen.joins, 1);
  assert.deepEqual(seen.sent, [save(1), save(2)]);
});

test("after the end nothing is sent again", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { seen, sender } = desk([{ kind: "over" }], [save(1)]);
  await sender.flush();
  mock.timers.tick(60_000);
  await settled();
  assert.equal(seen.sent.length, 1);
  assert.equal(seen.told.at(-1), "over");
  mock.timers.reset();
});
