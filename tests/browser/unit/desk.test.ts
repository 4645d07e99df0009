import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ofList } from "../../../web/src/desk/base/asked";
import { fold, slug } from "../../../web/src/desk/base/fold";
import { instantOf, wallClock } from "../../../web/src/desk/base/zoned";
import { ticks } from "../../../web/src/desk/charts/ticks";
import { holds, organises, rightsIn } from "../../../web/src/desk/claims";

const HERE = "Asia/Ho_Chi_Minh";
const asked = { q: "", sort: null, down: false, filters: {}, from: null, limit: 2 };
const units = ["Đồng Văn", "Mèo Vạc", "Yên Minh", "Quản Bạ"].map((name, place) => ({ name, place }));
const source = ofList({
  rows: units,
  text: ({ name }) => name,
  value: { name: ({ name }) => name, place: ({ place }) => place },
  has: { even: ({ place }, chosen) => (place % 2 === 0) === (chosen === "yes") },
});

test("what is typed without diacritics finds what is written with them", async () => {
  assert.equal(fold("Đồng Văn"), "dong van");
  assert.deepEqual((await source({ ...asked, q: "dong v" })).rows, [units[0]]);
  assert.deepEqual((await source({ ...asked, q: "không có" })).rows, []);
});

test("a list is cut into pages, and every page says where the next one begins", async () => {
  const first = await source(asked);
  assert.deepEqual([first.rows.length, first.next, first.total], [2, "2", 4]);
  const last = await source({ ...asked, from: first.next });
  assert.deepEqual([last.rows, last.next], [units.slice(2), null]);
});

test("a list is sorted both ways and filtered by what is chosen", async () => {
  assert.deepEqual((await source({ ...asked, sort: "place", down: true })).rows[0], units[3]);
  assert.equal((await source({ ...asked, filters: { even: "yes" } })).total, 2);
  assert.equal((await source({ ...asked, filters: { even: "" } })).total, 4);
});

test("an id made of a title is one that exam takes", () => {
  assert.match(slug("  Xây dựng công dân số: Tuyên Quang 2026! "), /^[a-z0-9]+(-[a-z0-9]+)*$/);
  assert.equal(slug("Đợt 1"), "dot-1");
});

test("a wall clock in Việt Nam is seven hours ahead of UTC, there and back", () => {
  assert.equal(wallClock("2026-11-23T01:00:00.000Z", HERE), "2026-11-23T08:00");
  assert.equal(instantOf("2026-11-23T08:00", HERE), "2026-11-23T01:00:00.000Z");
  assert.equal(instantOf("", HERE), null);
});

test("a wall clock keeps its hour when the clocks of its zone change", () => {
  assert.equal(instantOf("2026-10-25T12:00", "Europe/Berlin"), "2026-10-25T11:00:00.000Z");
  assert.equal(instantOf("2026-10-24T12:00", "Europe/Berlin"), "2026-10-24T10:00:00.000Z");
});

test("the marks of a chart are round numbers that reach the highest value", () => {
  assert.deepEqual(ticks(7), [0, 2, 4, 6, 8]);
  assert.deepEqual(ticks(0), [0, 1]);
  assert.ok(ticks(987_654).at(-1)! >= 987_654);
});

test("rights are read from the token, and a contest's organiser is not another one's", () => {
  const claims = Buffer.from(JSON.stringify({ roles: ["organiser:contest:hà-giang", "officer:unit:x1"] })).toString("base64url");
  const held = rightsIn(`x.${claims}.y`);
  assert.ok(holds(held, "officer") && !holds(held, "operator"));
  assert.ok(organises(held, "hà-giang") && !organises(held, "other"));
  assert.ok(organises([{ role: "organiser", kind: "contest", id: "*" }], "any"));
});

test("the desk says everything in both languages, with the same values in it", () => {
  const folder = new URL(`file://${process.env.HOITHI_MESSAGES}/../desk/messages/`);
  const read = (name: string): Record<string, string> => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  const [first, other] = [read("vi.json"), read("en.json")];
  const holes = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(String).sort();
  assert.deepEqual(Object.keys(other).sort(), Object.keys(first).sort());
  for (const [key, sentence] of Object.entries(first)) assert.deepEqual(holes(other[key]!), holes(sentence), key);
});
