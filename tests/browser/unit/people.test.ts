// The log as a file: quoted cells, names beside ids, nothing that a spreadsheet would run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsOf, withNames } from "../../../web/src/desk/audit/csv";

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
