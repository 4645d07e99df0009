// The whole log as a file for Excel, ids with names beside them.
import { useState } from "preact/hooks";
import { fetchFile, handOver } from "../base/file";
import { findNames, nameOf } from "../names";
import { say } from "../say";
import { rowsOf, withNames } from "./csv";

const PEOPLE = ["by", "subject"];

export function LogFile({ path, name }: { path: string; name: string }) {
  const [state, setState] = useState<"" | "file_fetching" | "file_failed">("");
  const fetchIt = () => {
    setState("file_fetching");
    save(path, name).then(
      () => setState(""),
      () => setState("file_failed"),
    );
  };
  return (
    <>
      <button type="button" class="second small" disabled={state === "file_fetching"} onClick={fetchIt}>
        {say("file_for_excel")}
      </button>
      <span role="status">{state && say(state)}</span>
    </>
  );
}

async function save(path: string, name: string): Promise<void> {
  const rows = rowsOf(await (await fetchFile(path)).text());
  const places = PEOPLE.map((column) => rows[0]?.indexOf(column) ?? -1);
  await findNames(rows.slice(1).flatMap((row) => places.map((place) => row[place] ?? "")));
  handOver(new Blob([withNames(rows, PEOPLE, nameOf)], { type: "text/csv;charset=utf-8" }), name);
}
