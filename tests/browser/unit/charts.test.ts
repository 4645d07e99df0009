// Charts without a screen: where fields lie, where keys lead, which bars there are, what is said.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { treemap } from "../../../web/src/desk/charts/treemap";
import { filled } from "../../../web/src/desk/charts/filled";
import { stepped } from "../../../web/src/desk/charts/stepped";

const ROOM = { x: 0, y: 0, width: 600, height: 400 };
const near = (one: number, other: number) => Math.abs(one - other) < 1e-6;

test("the area of a field is its share of the whole", () => {
  const sizes = [60, 30, 20, 10, 10, 5, 1];
  const boxes = treemap(sizes, ROOM);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  boxes.forEach(({ width, height }, place) => assert.ok(near(width * height, (240_000 * sizes[place]!) / all), String(place)));
});

test("fields lie within the room and never one on the other", () => {
  const boxes = treemap(Array.from({ length: 124 }, (_, place) => 1000 / (place + 1)), ROOM);
  for (const [at, one] of boxes.entries()) {
    assert.ok(one.x >= -1e-6 && one.y >= -1e-6 && one.x + one.width <= 600 + 1e-6 && one.y + one.height <= 400 + 1e-6);
    for (const other of boxes.slice(at + 1)) {
      const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
      const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
      assert.ok(across < 1e-6 || down < 1e-6, `${at} lies on another`);
    }
  }
});

test("fields are nearer to squares than stripes would be", () => {
  const boxes = treemap([6, 6, 4, 3, 2, 2, 1], ROOM);
  const longest = Math.max(...boxes.map(({ width, height }) => Math.max(width / height, height / width)));
  assert.ok(longest < 3, String(longest));
});

test("arrow keys, Home and End lead through the fields and stop at the ends", () => {
  assert.deepEqual(
    ["ArrowRight", "ArrowUp", "End", "Home"].map((key) => stepped(key, 0, 5)).concat(stepped("ArrowDown", 4, 5)),
    [1, 0, 4, 0, 4],
  );
  assert.equal(stepped("Tab", 2, 5), null);
});

test("points nobody has are bars as well, but bars of different width are left as they are", () => {
  const bar = (least: number, most: number, people = 1) => ({ least, most, people });
  assert.deepEqual(
    filled([bar(0, 0), bar(3, 3)]).map(({ people }) => people),
    [1, 0, 0, 1],
  );
  assert.deepEqual(
    filled([bar(0, 4), bar(10, 14)]).map(({ least, most }) => [least, most]),
    [
      [0, 4],
      [5, 9],
      [10, 14],
    ],
  );
  const wide = [bar(0, 7, 12), bar(8, 8, 40)];
  assert.equal(filled(wide), wide);
});

test("charts say everything in both languages, with the same values in it", () => {
  const folder = new URL(`file://${process.env.HOITHI_MESSAGES}/../desk/charts/messages/`);
  const read = (name: string): Record<string, string> => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  const [first, other] = [read("vi.json"), read("en.json")];
  const holes = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(String).sort();
  assert.deepEqual(Object.keys(other).sort(), Object.keys(first).sort());
  for (const [key, sentence] of Object.entries(first)) assert.deepEqual(holes(other[key]!), holes(sentence), key);
});
