import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Assessment, Criterion } from "../../../web/src/desk/emulation/types";
import {
  Saving,
  accepted,
  bodyOf,
  byCode,
  isUnsent,
  joined,
  nextSheet,
  saving,
  sheetOf,
  worth,
  write,
  wrongOf,
} from "../../../web/src/emulation/saving";

const bare = { text: "x", group: "", field: "", hint: "", evidence: "optional", measure: "rate", contest_id: "", rounds: [] } as const;
const criterion = (code: string, how: Criterion["how"], most = 30, steps: Criterion["steps"] = []): Criterion => ({
  ...bare,
  rounds: [],
  code,
  how,
  most,
  steps,
});
const CRITERIA = [
  criterion("A", "points"),
  criterion("B", "yes-no", 10),
  criterion("C", "scaled", 20, [
    { bound: 50, points: 10 },
    { bound: 80, points: 20 },
  ]),
  criterion("D", "contest"),
];
const empty = { value: "", note: "" };
const start = (): Saving => saving({ A: { value: "5", note: "cũ" }, B: empty, C: empty }, 3);

test("what the platform counts is not written, and numbers are read as people write them", () => {
  const part = { claimed: 0, accepted: null, note: "", reason: "" };
  const criteria = [
    { ...part, code: "A", value: 12.5 },
    { ...part, code: "D", value: 1 },
  ];
  const sheet = sheetOf({ criteria } as unknown as Assessment, CRITERIA);
  assert.deepEqual(sheet, { A: { value: "12,5", note: "" }, B: empty, C: empty });
  assert.deepEqual(bodyOf({ A: { value: "12,50", note: " x " } }), [{ code: "A", value: 12.5, note: "x" }]);
});

test("a value is worth what the service says it is worth", () => {
  const [points, yes, scaled] = CRITERIA as [Criterion, Criterion, Criterion];
  assert.deepEqual([worth(points, 12.5), worth(points, 99), worth(points, null)], [12.5, 30, 0]);
  assert.deepEqual([worth(yes, 1), worth(yes, 0)], [10, 0]);
  assert.deepEqual([worth(scaled, 49), worth(scaled, 79.9), worth(scaled, 80)], [0, 10, 20]);
  assert.deepEqual(
    ["", "31", "-1", "ba", "30"].map((text) => wrongOf(points, text)),
    [null, "out-of-range", "out-of-range", "not-a-number", null],
  );
});

test("nothing new is nothing to send, also when the same number is written otherwise", () => {
  assert.equal(nextSheet(start(), CRITERIA), null);
  assert.equal(isUnsent(write(start(), "A", { value: "5,0" })), false);
});

test("what cannot be claimed stays here while everything else goes", () => {
  const now = write(write(start(), "A", { value: "99", note: "mới" }), "B", { value: "1" });
  const sheet = nextSheet(now, CRITERIA)!;
  assert.deepEqual([sheet.A, sheet.B], [{ value: "5", note: "mới" }, { value: "1", note: "" }]);
  const after = accepted(now, sheet, 4);
  assert.deepEqual([after.typed.A!.value, isUnsent(after), nextSheet(after, CRITERIA)], ["99", true, null]);
});

test("what was written while a save was under way goes with the next one", () => {
  const now = write(start(), "A", { value: "6" });
  const sheet = nextSheet(now, CRITERIA)!;
  const after = accepted(write(now, "A", { value: "7" }), sheet, 4);
  assert.equal(nextSheet(after, CRITERIA)!.A!.value, "7");
});

test("another device's words come in, and unsent ones stay", () => {
  const now = write(start(), "A", { note: "của máy này" });
  const server = { A: { value: "9", note: "cũ" }, B: { value: "1", note: "" }, C: empty };
  const found = joined(now, server, 8);
  assert.deepEqual([found.now.typed.A!.note, found.now.typed.B!.value, found.now.revision], ["của máy này", "1", 8]);
  assert.deepEqual(found.changed, ["B"]);
  assert.equal(isUnsent(found.now), true);
});

test("a save whose answer was lost does not bring back what was taken back since", () => {
  const sent = write(start(), "A", { value: "6" });
  const tried = { ...sent, tried: nextSheet(sent, CRITERIA) };
  const back = write(tried, "A", { value: "5" });
  assert.equal(isUnsent(back), true, "it may have arrived");
  const server = { A: { value: "6", note: "cũ" }, B: empty, C: empty };
  const found = joined(back, server, 4);
  assert.equal(found.now.typed.A!.value, "5");
  assert.equal(nextSheet(found.now, CRITERIA)!.A!.value, "5");
});

test("what the server says of a place in the list stands at its criterion", () => {
  const said = byCode({ "claims.1.note": "Không được.", "claims.C": "Chỉ từ 0.", "claims.0.value": "Số." }, ["A", "B", "C"]);
  assert.deepEqual(said, { "claims.B.note": "Không được.", "claims.C": "Chỉ từ 0.", "claims.A": "Số." });
});

test("the pages say everything in both languages, with the same values in it", () => {
  const folder = new URL(`file://${process.env.HOITHI_MESSAGES}/../emulation/messages/`);
  const [vi, en] = ["vi.json", "en.json"].map((name): Record<string, string> => JSON.parse(readFileSync(new URL(name, folder), "utf8")));
  assert.deepEqual(Object.keys(vi!).sort(), Object.keys(en!).sort());
  const holes = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [key, sentence] of Object.entries(vi!)) {
    assert.deepEqual(holes(sentence), holes(en![key]!), key);
    assert.equal(sentence, sentence.normalize("NFC"), key);
  }
});
