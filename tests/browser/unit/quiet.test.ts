import assert from "node:assert/strict";
import { test } from "node:test";
import { Use, standing } from "../../../web/src/helping/quiet";

const MINUTE = 60_000;
const use = (more: Partial<Use>): Use => ({ whose: "assisted", touched: 0, held: false, endsAt: null, ...more });

test("on the own device nothing ends by itself", () => {
  assert.deepEqual(standing(use({ whose: "own" }), 1e12), { kind: "quiet" });
});

test("on a helper's device a session ends five minutes after the last touch, told a minute before", () => {
  assert.equal(standing(use({}), 4 * MINUTE - 1).kind, "quiet");
  assert.deepEqual(standing(use({}), 4 * MINUTE), { kind: "warned", leftMs: MINUTE });
  assert.deepEqual(standing(use({}), 5 * MINUTE), { kind: "over" });
  assert.equal(standing(use({ touched: 5 * MINUTE - 1 }), 5 * MINUTE).kind, "quiet");
});

test("on a shared device it lasts half an hour, told two minutes before", () => {
  assert.equal(standing(use({ whose: "shared" }), 28 * MINUTE - 1).kind, "quiet");
  assert.equal(standing(use({ whose: "shared" }), 28 * MINUTE).kind, "warned");
  assert.equal(standing(use({ whose: "shared" }), 30 * MINUTE).kind, "over");
});

test("nobody is sent away from a paper or the way into one", () => {
  assert.deepEqual(standing(use({ held: true }), 60 * MINUTE), { kind: "quiet" });
  assert.deepEqual(standing(use({ held: true, endsAt: 1 }), 60 * MINUTE), { kind: "quiet" });
});

test("after the paper the end comes whatever is touched", () => {
  const after = use({ touched: 3 * MINUTE, endsAt: 3 * MINUTE });
  assert.deepEqual(standing(after, MINUTE), { kind: "after", leftMs: 2 * MINUTE });
  assert.deepEqual(standing(after, 3 * MINUTE), { kind: "over" });
});
