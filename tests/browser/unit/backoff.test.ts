import assert from "node:assert/strict";
import { test } from "node:test";
import { pause } from "../../../web/src/backoff";

test("nobody comes back before the server asked for it", () => {
  for (const asked of [0, 1, 5, 60]) for (const failures of [1, 2, 9]) assert.ok(pause(failures, asked, 0) >= asked);
});

test("people who failed together come back apart", () => {
  const waits = Array.from({ length: 100 }, (_, n) => pause(1, 3, n / 100));
  assert.equal(new Set(waits).size, 100);
  assert.ok(Math.max(...waits) - Math.min(...waits) > 1.9);
});

test("every further failure doubles the wait, up to half a minute", () => {
  assert.equal(pause(1, 1, 0), 1);
  assert.equal(pause(2, 1, 0), 2);
  assert.equal(pause(3, 1, 0), 4);
  for (const failures of [6, 20, 1000]) assert.ok(pause(failures, null, 1) <= 30 && pause(failures, null, 0) >= 20);
});
