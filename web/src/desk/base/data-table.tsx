// A table whose pages come from a source: search, sort, filters that can be kept on the device, a file of the whole.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { device } from "../../device";
import { Loaded, Show, useLoaded } from "../../shell/loaded";
import { number, say } from "../say";
import { Asked, Page, Source } from "./asked";
import { FileButton } from "./file";

export interface Column<Row> {
  key: string;
  label: string;
  cell: (row: Row) => ComponentChildren;
  sortable?: boolean;
  isNumber?: boolean;
}

export interface Filter {
  name: string;
  label: string;
  choices: { value: string; label: string }[];
}

interface Props<Row> {
  /** Under this name filters are kept on the device. */
  name: string;
  caption: string;
  columns: Column<Row>[];
  source: Source<Row>;
  keyOf: (row: Row) => string;
  searchable?: boolean;
  filters?: Filter[];
  /** A file with all rows of the present filters. */
  file?: (asked: Asked) => { path: string; name: string };
  /** Something else that is done with the present filters. */
  tool?: (asked: Asked) => ComponentChildren;
  limit?: number;
  /** Asked again when one of these changes. */
  about?: unknown[];
  empty?: string;
}

const PAUSE_MS = 300;

export function DataTable<Row>(props: Props<Row>) {
  const { name, columns, source, keyOf, limit = 25, about = [] } = props;
  const [asked, setAsked] = useState<Asked>({ q: "", sort: null, down: false, filters: {}, from: null, limit });
  const [before, setBefore] = useState<(string | null)[]>([]);
  const found = useLoaded(() => source(asked), [JSON.stringify(asked), ...about]);
  // The page before stays until the next one is there: what has the focus keeps it.
  const last = useRef<Page<Row> | null>(null);
  if (found.state === "there") last.current = found.value;
  const shown: Loaded<Page<Row>> = found.state === "loading" && last.current ? { state: "there", value: last.current } : found;
  const change = (part: Partial<Asked>) => {
    setBefore([]);
    setAsked({ ...asked, from: null, ...part });
  };
  const onward = (next: string) => {
    setBefore([...before, asked.from]);
    setAsked({ ...asked, from: next });
  };
  const back = () => {
    setAsked({ ...asked, from: before[before.length - 1] ?? null });
    setBefore(before.slice(0, -1));
  };
  return (
    <div class="data" aria-busy={found.state === "loading"}>
      <Tools {...props} name={name} asked={asked} change={change} />
      <Show loaded={shown}>
        {({ rows, next, total }) => (
          <>
            <div class="scroll" tabIndex={0} role="region" aria-label={props.caption}>
              <table>
                <caption class="hidden">{props.caption}</caption>
                <thead>
                  <tr>
                    {columns.map((column) => (
                      <Heading key={column.key} column={column} asked={asked} change={change} />
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={keyOf(row)}>
                      {columns.map((column) => (
                        <td key={column.key} class={column.isNumber ? "number" : undefined}>
                          {column.cell(row)}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <p class="row quiet" role="status">
              {rows.length ? said(rows.length, total) : (props.empty ?? say("table_empty"))}
            </p>
            {(before.length > 0 || next !== null) && (
              <nav class="row" aria-label={`${props.caption}: ${say("table_pages")}`}>
                <button type="button" class="second" disabled={!before.length} onClick={back}>
                  {say("table_back")}
                </button>
                <button type="button" class="second" disabled={next === null} onClick={() => next !== null && onward(next)}>
                  {say("table_on")}
                </button>
              </nav>
            )}
          </>
        )}
      </Show>
    </div>
  );
}

const said = (shown: number, total?: number): string =>
  total === undefined ? say("table_rows", { n: shown }) : say("table_rows_of", { n: shown, all: total });

interface Part<Row> {
  asked: Asked;
  change: (part: Partial<Asked>) => void;
  column: Column<Row>;
}

function Heading<Row>({ column, asked, change }: Part<Row>) {
  const here = asked.sort === column.key;
  const order = here ? (asked.down ? "descending" : "ascending") : undefined;
  return (
    <th scope="col" class={column.isNumber ? "number" : undefined} aria-sort={order}>
      {column.sortable ? (
        <button type="button" class="sort" onClick={() => change({ sort: column.key, down: here && !asked.down })}>
          {column.label}
          <span aria-hidden="true">{here ? (asked.down ? " ↓" : " ↑") : " ↕"}</span>
        </button>
      ) : (
        column.label
      )}
    </th>
  );
}

function Tools<Row>(props: Props<Row> & { asked: Asked; change: (part: Partial<Asked>) => void }) {
  const { searchable, filters = [], file, tool, asked, change, name } = props;
  if (!searchable && !filters.length && !file && !tool) return null;
  return (
    <div class="tools">
      {searchable && <Search name={name} q={asked.q} onChange={(q) => change({ q })} />}
      {filters.map((filter) => (
        <label key={filter.name}>
          <span>{filter.label}</span>
          <select
            value={asked.filters[filter.name] ?? ""}
            onChange={(event) => change({ filters: { ...asked.filters, [filter.name]: event.currentTarget.value } })}
          >
            <option value="">{say("table_all")}</option>
            {filter.choices.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      ))}
      {(searchable || filters.length > 0) && <Kept name={name} asked={asked} change={change} />}
      {file && <FileButton {...file(asked)} />}
      {tool?.(asked)}
    </div>
  );
}

/** Asks after a pause in typing. */
function Search({ name, q, onChange }: { name: string; q: string; onChange: (q: string) => void }) {
  const [text, setText] = useState(q);
  const latest = useRef(q);
  useEffect(() => {
    if (q !== latest.current) setText((latest.current = q));
  }, [q]);
  useEffect(() => {
    if (text === latest.current) return;
    const timer = setTimeout(() => onChange((latest.current = text)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <label>
      <span>{say("table_search")}</span>
      <input
        id={`${name}-search`}
        type="search"
        value={text}
        placeholder={say("table_search_hint")}
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </label>
  );
}

type KeptFilter = Pick<Asked, "q" | "sort" | "down" | "filters">;

/** Filters kept on this device: what is searched, chosen and sorted, under a name. */
function Kept({ name, asked, change }: { name: string; asked: Asked; change: (part: Partial<Asked>) => void }) {
  const room = `desk.filters.${name}`;
  const [kept, setKept] = useState<Record<string, KeptFilter>>(device.read(room) ?? {});
  const write = (next: Record<string, KeptFilter>) => {
    device.write(room, next);
    setKept(next);
  };
  const { q, sort, down, filters } = asked;
  const title = [q, ...Object.values(filters)].filter(Boolean).join(" · ");
  return (
    <>
      {title && !(title in kept) && (
        <button type="button" class="second small" onClick={() => write({ ...kept, [title]: { q, sort, down, filters } })}>
          {say("filter_keep")}
        </button>
      )}
      {Object.entries(kept).map(([each, filter]) => (
        <span class="chip" key={each}>
          <button type="button" class="plain" onClick={() => change(filter)}>
            {each}
          </button>
          <button
            type="button"
            class="plain"
            aria-label={say("filter_drop", { name: each })}
            onClick={() => write(Object.fromEntries(Object.entries(kept).filter(([other]) => other !== each)))}
          >
            ×
          </button>
        </span>
      ))}
    </>
  );
}

/** A number in a cell; a dash for none. */
export const counted = (value: number | null | undefined): string => (value == null ? "–" : number(value));
