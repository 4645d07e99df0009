import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const FOLDER = new URL(`file://${process.env.HOITHI_MESSAGES}/`);
const read = (name: string): Record<string, string> => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
const holes = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(String).sort();
const first = read("vi.json");

for (const name of readdirSync(FOLDER).filter((each) => each.endsWith(".json"))) {
  test(`${name} says everything, with the same values in it, in composed letters`, () => {
    const other = read(name);
    assert.deepEqual(Object.keys(other).sort(), Object.keys(first).sort());
    for (const [key, sentence] of Object.entries(other)) {
      assert.deepEqual(holes(sentence), holes(first[key]!), key);
      assert.equal(sentence, sentence.normalize("NFC"), key);
      assert.notEqual(sentence.trim(), "", key);
    }
  });
}
