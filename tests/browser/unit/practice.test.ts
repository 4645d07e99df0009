import assert from "node:assert/strict";
import { test } from "node:test";
import type { Said } from "../../../web/src/paper/sheet";
import { judged } from "../../../web/src/practice/judging";

const question = (n: number, right: string) => ({
  n,
  right,
  text: `câu ${n}`,
  several: right.length > 1,
  options: ["A", "B", "C"].map((letter) => ({ letter, text: `đáp án ${letter}` })),
  why: "vì thế",
  source: "",
});

const tried = (chosen: Record<string, string>, said?: Said) => ({
  paper: {
    contest_id: "hg",
    title: "",
    number: 1,
    papers: 5,
    paper_seconds: 600,
    languages: [],
    questions: [question(1, "B"), question(2, "AC")],
  },
  saving: { chosen },
  place: 1,
  all: false,
  said,
});

const right = (chosen: Record<string, string>) => judged(tried(chosen)).map((each) => each.is_right);

test("right is exactly what is right, as exam judges", () => {
  assert.deepEqual(right({ 1: "B", 2: "AC" }), [true, true]);
  assert.deepEqual(right({ 1: "A", 2: "A" }), [false, false]);
  assert.deepEqual(right({ 2: "ABC" }), [false, false]);
});

test("the result is told in the language of the paper, where the question is there in it", () => {
  const options = ["A", "B", "C"].map((letter) => ({ letter, text: `tày ${letter}` }));
  const [first, second] = judged(tried({}, { code: "tyz", questions: [{ n: 1, text: "tày 1", options }] }));
  assert.deepEqual([first!.text, first!.options[1]!.text], ["tày 1", "tày B"]);
  assert.deepEqual([second!.text, second!.options[1]!.text], ["câu 2", "đáp án B"]);
});
