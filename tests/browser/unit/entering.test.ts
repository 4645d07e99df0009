import assert from "node:assert/strict";
import { test } from "node:test";
import { Memory, StartAnswer, Step, World, enter, positionAt } from "../../../web/src/launch/entering";

const OPENS = 1_000_000;
const PAPER = { attempt_id: "a1" } as never;
const PLAN = { opensAt: OPENS, closesAt: OPENS + 3_600_000, windowS: 20 };

class Refused extends Error {}
class Away extends Error {
  constructor(readonly retryAfterS: number | null) {
    super();
  }
}

/** A world whose time passes only by sleeping; `answers` are given in turn. */
function world(start: number, answers: (StartAnswer | Error)[], memory: Memory = {}, chance = 0.5) {
  const seen = { now: start, asked: [] as { at: number; ticket?: string }[], steps: [] as Step[], memory };
  const made: World = {
    now: () => seen.now,
    random: () => chance,
    sleepUntil: async (instant) => ((seen.now = Math.max(seen.now, instant)), true),
    ask: async (ticket) => {
      seen.asked.push({ at: seen.now, ticket });
      const answer = answers.shift()!;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    passing: (error) => (error instanceof Away ? error : undefined),
    tooEarly: (error) => error instanceof Error && error.message === "early",
    read: () => seen.memory,
    keep: (next) => (seen.memory = next),
    tell: (step) => seen.steps.push(step),
  };
  return { seen, made };
}

const waiting = (ticket: string, seconds: number, from: number): StartAnswer => ({
  waiting: { ticket, position: 100, wait_seconds: seconds, retry_at: new Date(from + seconds * 1000).toISOString() },
});

test("who waits for the opening goes in at a drawn instant of the start window", async () => {
  const { seen, made } = world(OPENS - 60_000, [{ paper: PAPER }]);
  assert.equal(await enter(PLAN, made), PAPER);
  assert.deepEqual(seen.asked, [{ at: OPENS + 10_000, ticket: undefined }]);
  assert.deepEqual(
    seen.steps.map((step) => step.kind),
    ["countdown", "spread", "starting"],
  );
});

test("who comes later goes in at once", async () => {
  const { seen, made } = world(OPENS + 1, [{ paper: PAPER }]);
  await enter(PLAN, made);
  assert.equal(seen.asked[0]!.at, OPENS + 1);
});

test("a reload within the window keeps the drawn instant", async () => {
  const { seen, made } = world(OPENS + 2000, [{ paper: PAPER }], { chance: 0.9 }, 0.1);
  await enter(PLAN, made);
  assert.equal(seen.asked[0]!.at, OPENS + 18_000);
});

test("over capacity: come back once, at the turn, with the ticket", async () => {
  const now = OPENS + 1000;
  const { seen, made } = world(now, [waiting("t1", 42, now), { paper: PAPER }]);
  await enter(PLAN, made);
  assert.deepEqual(seen.asked, [
    { at: now, ticket: undefined },
    { at: now + 42_000, ticket: "t1" },
  ]);
  assert.deepEqual(seen.memory, {});
});

test("a ticket outlives a reload and trouble", async () => {
  const { seen, made } = world(OPENS + 1000, [new Away(3), new Away(null), { paper: PAPER }], { ticket: "t1" });
  await enter(PLAN, made);
  assert.deepEqual(
    seen.asked.map(({ ticket }) => ticket),
    ["t1", "t1", "t1"],
  );
});

test("trouble is waited out, longer each time, and shown as waiting", async () => {
  const { seen, made } = world(OPENS + 1000, [new Away(2), new Away(2), new Away(null), { paper: PAPER }]);
  await enter(PLAN, made);
  const gaps = seen.asked.slice(1).map(({ at }, place) => at - seen.asked[place]!.at);
  assert.ok(gaps[0]! >= 2000 && gaps[1]! > gaps[0]!, String(gaps));
  assert.equal(seen.steps.filter((step) => step.kind === "trouble").length, 3);
});

test("a refusal is told and gives the place away", async () => {
  const { seen, made } = world(OPENS + 1000, [new Refused("no attempts left")], { ticket: "t1" });
  await assert.rejects(enter(PLAN, made), Refused);
  assert.deepEqual(seen.memory, {});
});

test("a clock that was a little early tries again within two seconds", async () => {
  const { seen, made } = world(OPENS, [new Error("early"), { paper: PAPER }]);
  await enter(PLAN, made);
  assert.ok(seen.asked[1]!.at - seen.asked[0]!.at <= 2000);
});

test("who leaves the page asks for nothing any more", async () => {
  const { seen, made } = world(OPENS - 1000, []);
  made.sleepUntil = async () => false;
  assert.equal(await enter(PLAN, made), null);
  assert.equal(seen.asked.length, 0);
});

test("the position is counted down to the turn and never reaches zero", () => {
  const step = { kind: "waiting", position: 1000, since: 0, until: 10_000 } as const;
  assert.equal(positionAt(step, 0), 1000);
  assert.equal(positionAt(step, 5000), 500);
  assert.equal(positionAt(step, 20_000), 1);
});
