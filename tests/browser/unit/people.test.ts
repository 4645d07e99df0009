// The log as a file: quoted cells, names beside ids, nothing that a spreadsheet would run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, rowsFrom, rowsOf, together, withNames, written } from "../../../web/src/desk/audit/csv";

const LOG = '\uFEFFat,by,subject,reason\r\n1,u1,u2,"ghi ""a"", b\nc"\r\n2,u9,round,\'=x\r\n';

test("cells with commas, quotes and line breaks stay one cell", () => {
  assert.deepEqual(rowsOf(LOG), [
    ["at", "by", "subject", "reason"],
    ["1", "u1", "u2", 'ghi "a", b\nc'],
    ["2", "u9", "round", "'=x"],
  ]);
});

test("an empty last cell is a cell", () => {
  assert.deepEqual(rowsOf("a,b\r\n1,\r\n"), [
    ["a", "b"],
    ["1", ""],
  ]);
});

test("names stand beside ids, and where there is no name nothing", () => {
  const names: Record<string, string> = { u1: "Mai", u2: "=HYPERLINK(1)" };
  const lines = withNames(rowsOf(LOG), ["by", "subject"], (id) => names[id] ?? id).split("\r\n");
  assert.equal(lines[0], '\uFEFF"at","by","by_name","subject","subject_name","reason"');
  assert.ok(lines[1]!.startsWith(`"1","u1","Mai","u2","'=HYPERLINK(1)"`));
  assert.equal(lines[2], '"2","u9","","round","","\'=x"');
});

async function* inPieces(text: string, length: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of source) found.push(each);
  return found;
}

test("a file that comes in pieces of any length has the same rows", async () => {
  for (const length of [1, 2, 3, 7, 1000]) assert.deepEqual(await all(rowsFrom(inPieces(LOG, length))), rowsOf(LOG));
  assert.deepEqual(await all(rowsFrom(inPieces("a,b\n1,2", 3))), [
    ["a", "b"],
    ["1", "2"],
  ]);
});

test("logs become one in the order of time, and nothing is lost at their ends", async () => {
  const log = (name: string, ...times: string[]) =>
    (async function* () {
      for (const at of times) yield { at, name };
    })();
  const lines = await all(inOrder([log("a", "1", "4", "5"), log("b"), log("c", "2", "3", "9"), log("d", "4")]));
  assert.equal(lines.map(({ at, name }) => at + name).join(" "), "1a 2c 3c 4a 4d 5a 9c");
});

test("lines are taken some at a time, the last ones too", async () => {
  assert.deepEqual(await all(together(inPieces("abcde", 1), 2)), [["a", "b"], ["c", "d"], ["e"]]);
  assert.deepEqual(await all(together(inPieces("abcd", 1), 2)), [["a", "b"], ["c", "d"]]);
});

test("no cell of a written row begins a formula, in whatever language it is said", () => {
  assert.equal(written([["=1", "+2", "-", "@x", "\ty", 'a "b"']]), `"'=1","'+2","'-","'@x","'\ty","a ""b"""\r\n`);
});
