import assert from "node:assert/strict";
import { test } from "node:test";
import { birthDate, isChild } from "../../../web/src/forms/birth";
import { extended, featured, phase, roundState } from "../../../web/src/phase";

const round = (number: number, opens: string, closes: string) => ({
  round_id: `r${number}`,
  number,
  title: `Tuần ${number}`,
  opens_at: opens,
  closes_at: closes,
});
const contest = (id: string, ...rounds: ReturnType<typeof round>[]) => ({
  contest_id: id,
  title: id,
  state: "published",
  rounds,
});
const TWO = contest(
  "two",
  round(1, "2026-11-02T01:00:00Z", "2026-11-08T15:00:00Z"),
  round(2, "2026-11-09T01:00:00Z", "2026-11-15T15:00:00Z"),
);
const at = (text: string) => Date.parse(text);

test("a contest is before, in, between and after its rounds", () => {
  assert.deepEqual(
    [phase(TWO, at("2026-11-01T00:00:00Z")).kind, phase(TWO, at("2026-11-02T01:00:00Z")).kind],
    ["before", "open"],
  );
  const between = phase(TWO, at("2026-11-08T15:00:00Z"));
  assert.ok(between.kind === "before" && between.round.number === 2);
  assert.equal(phase(TWO, at("2026-11-15T15:00:00Z")).kind, "over");
});

test("a round is open from its first instant and closed from its last", () => {
  const one = TWO.rounds[0]!;
  assert.equal(roundState(one, at(one.opens_at) - 1), "planned");
  assert.equal(roundState(one, at(one.opens_at)), "open");
  assert.equal(roundState(one, at(one.closes_at)), "closed");
});

test("people see the open contest first, then the next, then the last", () => {
  const now = at("2026-11-10T00:00:00Z");
  const coming = contest("coming", round(1, "2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z"));
  const over = contest("over", round(1, "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"));
  const older = contest("older", round(1, "2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z"));
  assert.equal(featured([older, coming, over, TWO], now)?.contest_id, "two");
  assert.equal(featured([older, over, coming], now)?.contest_id, "coming");
  assert.equal(featured([older, over], now)?.contest_id, "over");
  assert.equal(featured([], now), undefined);
});

test("a birth date is a day of the calendar", () => {
  assert.equal(birthDate({ day: "2", month: "9", year: "1999" }), "1999-09-02");
  for (const [day, month, year] of [
    ["31", "2", "2000"],
    ["", "1", "2000"],
    ["1", "13", "2000"],
    ["1", "1", "99"],
  ] as const) {
    assert.equal(birthDate({ day, month, year }), null);
  }
});

test("a guardian is needed until the sixteenth birthday begins in Việt Nam", () => {
  const born = "2010-11-23";
  assert.equal(isChild(born, at("2026-11-22T16:59:59Z")), true);
  assert.equal(isChild(born, at("2026-11-22T17:00:00Z")), false);
});

test("a round that was given more time ends later in the calendar, never earlier", () => {
  const known = { r1: { closes_at: "2026-11-08T17:00:00.000Z" }, r2: { closes_at: "2026-11-10T00:00:00Z" }, r3: {} };
  const ends = extended(TWO.rounds, known).map((each) => each.closes_at);
  assert.deepEqual(ends, ["2026-11-08T17:00:00.000Z", "2026-11-15T15:00:00Z"]);
  assert.equal(extended(TWO.rounds, {})[0]!.closes_at, "2026-11-08T15:00:00Z");
});
