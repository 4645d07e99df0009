// The logs of all services as one file with names and roles, in words, in the order of time. It is read and written piece by piece.
import { useState } from "preact/hooks";
import { shortMoment } from "../../instants";
import { fetchFile, handOver } from "../base/file";
import { findNames, nameOf, rolesOf } from "../names";
import { number, say, sayIf } from "../say";
import { inOrder, rowsFrom, together, written } from "./csv";
import { partName, readable } from "./readable";

/** Lines whose names are asked for, and that are written, at once. */
const TOGETHER = 200;

interface Line extends Record<string, string> {
  service: string;
  at: string;
}

interface Props {
  services: readonly string[];
  /** What is asked for, as of the services' files: "?contest=…&since=…". */
  query: string;
}

export function WholeLog({ services, query }: Props) {
  const [state, setState] = useState("");
  const [busy, setBusy] = useState(false);
  const fetchIt = async () => {
    setBusy(true);
    setState(say("file_fetching"));
    try {
      await save(services, query, (count) => setState(say("au_whole_read", { n: number(count) })));
    } catch {
      setState(say("file_failed"));
    }
    setBusy(false);
  };
  return (
    <p class="row">
      <button type="button" class="second small" disabled={busy} onClick={() => void fetchIt()}>
        {say("au_whole")}
      </button>
      <span class="quiet">{say("au_whole_hint")}</span>
      <span role="status">{state}</span>
    </p>
  );
}

/** Pieces become blobs, which a browser need not keep in memory. */
async function save(services: readonly string[], query: string, told: (count: number) => void): Promise<void> {
  const parts = [new Blob(["\uFEFF", written([titles()])])];
  let count = 0;
  for await (const lines of together(inOrder(services.map((service) => linesOf(service, query))), TOGETHER)) {
    // A name that cannot be had stays an id.
    await findNames(lines.flatMap(({ by, subject }) => [by ?? "", subject ?? ""])).catch(() => undefined);
    parts.push(new Blob([written(lines.map(cells))]));
    told((count += lines.length));
  }
  told(count);
  handOver(new Blob(parts, { type: "text/csv;charset=utf-8" }), "nhat-ky-thao-tac.csv");
}

async function* linesOf(service: string, query: string): AsyncGenerator<Line> {
  const response = await fetchFile(`/api/${service}/audit.csv${query}`);
  let head: string[] | null = null;
  for await (const row of rowsFrom(texts(response))) {
    if (head) yield { ...Object.fromEntries(head.map((name, place) => [name, row[place] ?? ""])), service } as Line;
    else head = row;
  }
}

async function* texts(response: Response): AsyncGenerator<string> {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield decoder.decode(read.value, { stream: true });
  yield decoder.decode();
}

const titles = (): string[] => [
  say("when"),
  say("log_of"),
  say("who"),
  say("au_whole_roles"),
  say("what"),
  say("subject"),
  say("au_whole_scope"),
  say("reason"),
  say("before"),
  say("after"),
  say("au_whole_at"),
  say("au_whole_by"),
];

function cells({ service, at, by = "", what = "", subject = "", scope = "", reason = "", before = "", after = "" }: Line): string[] {
  const roles = rolesOf(by).map((role) => readable("role", role, nameOf));
  const act = sayIf(`act_${what}`, what);
  const said = [shortMoment(at), sayIf(`log_${service}`, service), nameOf(by), roles.join("; "), act, nameOf(subject), scope, reason];
  return [...said, side(before), side(after), at, by];
}

/** One side of a change, part by part, in words. */
function side(text: string): string {
  const parts = Object.entries(JSON.parse(text || "{}") as Record<string, unknown>);
  return parts.map(([name, value]) => `${partName(name)}: ${readable(name, value, nameOf)}`).join("; ");
}
