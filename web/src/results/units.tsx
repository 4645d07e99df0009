// Results of units: two trees, found by typing, some rows at a time, the units below a click away.
import { useState } from "preact/hooks";
import { load } from "../api";
import { TextField } from "../forms/field";
import { say } from "../messages";
import { Show, useLoaded } from "../shell/loaded";
import { Heading } from "./people";
import { TREES, Tree, UnitRow, byPlace, found } from "./unit-rows";

const PAGE = 20;

interface Props {
  /** Of a round, or of a season. */
  path: string;
  tree: Tree;
  parent?: string;
  /** The address of a tree, or of the units below one. */
  href: (tree: Tree, unitId?: string) => string;
  /** What the mean is called where it is not that of best attempts. */
  mean?: string;
}

export function UnitTables({ path, tree, parent, href, mean }: Props) {
  const loaded = useLoaded(() => unitRows(path, tree, parent), [path, tree, parent]);
  return (
    <>
      <nav class="choices" aria-label={say("units")}>
        {TREES.map((each) => (
          <a key={each} href={href(each)} aria-current={each === tree ? "page" : undefined}>
            {say(`ways_tree_${each}`)}
          </a>
        ))}
      </nav>
      <Show loaded={loaded}>
        {(rows) => (
          <Found
            key={`${tree}/${parent}`}
            rows={rows}
            href={(row) => (row.below ? href(tree, row.unit_id) : null)}
            mean={mean}
          />
        )}
      </Show>
    </>
  );
}

/** The units right below `parent`; at the top of a tree with one root, the root and those below it. */
async function unitRows(path: string, tree: Tree, parent?: string): Promise<UnitRow[]> {
  const rows = await family(path, tree, parent);
  if (parent || rows.length !== 1) return rows.sort(byPlace);
  return [...rows.map((row) => ({ ...row, below: false })), ...(await family(path, tree, rows[0]!.unit_id)).sort(byPlace)];
}

async function family(path: string, tree: Tree, parent?: string): Promise<UnitRow[]> {
  const wish = new URLSearchParams({ tree, ...(parent && { parent_id: parent }) });
  return (await load<{ rows: UnitRow[] }>(`${path}/units?${wish}`)).rows;
}

interface FoundProps {
  rows: UnitRow[];
  href: (row: UnitRow) => string | null;
  mean?: string;
}

function Found({ rows, href, mean }: FoundProps) {
  const [text, setText] = useState("");
  const [most, setMost] = useState(PAGE);
  const meant = found(rows, text);
  const search = (value: string) => {
    setText(value);
    setMost(PAGE);
  };
  if (!rows.length) return <p>{say("ways_units_none")}</p>;
  return (
    <>
      {rows.length > PAGE && (
        <TextField name="unit-search" label={say("ways_search")} hint={say("ways_search_hint")} value={text} onChange={search} type="search" />
      )}
      <p class="quiet" role="status">
        {say("ways_found", { n: meant.length })}
      </p>
      <UnitTable rows={meant.slice(0, most)} href={href} mean={mean} />
      {meant.length > most && (
        <p>
          <button type="button" class="second" onClick={() => setMost(most + PAGE)}>
            {say("more")}
          </button>
        </p>
      )}
    </>
  );
}

function UnitTable({ rows, href, mean }: FoundProps) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={say("units")}>
      <table>
        <Heading keys={["place", "unit", "participants", "roster", "rate", "mean"]} named={{ mean }} />
        <tbody>
          {rows.map((row) => (
            <tr key={row.unit_id}>
              <td class="number">{row.place ?? "–"}</td>
              <td>
                <Name row={row} href={href(row)} />
              </td>
              <td class="number">{row.participants ?? say("suppressed")}</td>
              <td class="number">{row.roster ?? "–"}</td>
              <td class="number">{row.rate_percent === null ? "–" : `${row.rate_percent} %`}</td>
              <td class="number">{row.mean_points ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Name({ row, href }: { row: UnitRow; href: string | null }) {
  const name = row.name || row.unit_id;
  return href ? <a href={href}>{name}</a> : <>{name}</>;
}
