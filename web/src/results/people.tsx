import { useState } from "preact/hooks";
import { load } from "../api";
import { precise } from "../instants";
import { Key, say, sayIf } from "../messages";

export interface PersonRow {
  place: number;
  division_place: number;
  name: string | null;
  phone?: string | null;
  unit: string | null;
  unit_id: string;
  right: number | null;
  points: number;
  duration_ms: number;
  prediction_error: number | null;
  prize: string | null;
}

interface Page {
  rows: PersonRow[];
  next: number | null;
}

const PAGE = 50;

export const resultsPath = (path: string, division: string | undefined, after: number): string =>
  `${path}/results?limit=${PAGE}&after=${after}${division ? `&division=${encodeURIComponent(division)}` : ""}`;

export function PeopleTable({ path, division, first }: { path: string; division?: string; first: Page }) {
  const [rows, setRows] = useState(first.rows);
  const [next, setNext] = useState(first.next);
  const [failed, setFailed] = useState(false);
  const more = async () => {
    setFailed(false);
    try {
      const page = await load<Page>(resultsPath(path, division, next!));
      setRows([...rows, ...page.rows]);
      setNext(page.next);
    } catch {
      setFailed(true);
    }
  };
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label={say("people")}>
        <table>
          <Heading keys={["place", "name", "unit", "right", "time", "prediction_error", "prize"]} />
          <tbody>
            {rows.map((row, index) => (
              <Row key={index} row={row} division={division} />
            ))}
          </tbody>
        </table>
      </div>
      {failed && <p role="alert">{say("failed")}</p>}
      {next !== null && (
        <p>
          <button type="button" class="second" onClick={more}>
            {say("more")}
          </button>
        </p>
      )}
    </>
  );
}

export function Heading({ keys, named = {} }: { keys: Key[]; named?: Partial<Record<Key, string>> }) {
  return (
    <thead>
      <tr>
        {keys.map((key) => (
          <th key={key} scope="col">
            {named[key] ?? say(key)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Row({ row, division }: { row: PersonRow; division?: string }) {
  return (
    <tr>
      <td class="number">{division ? row.division_place : row.place}</td>
      <td>
        {row.name ?? say("erased")}
        {row.phone && <span class="quiet"> {row.phone}</span>}
      </td>
      <td>{row.unit ?? row.unit_id}</td>
      <td class="number">{row.right ?? row.points}</td>
      <td class="number">{precise(row.duration_ms)}</td>
      <td class="number">{row.prediction_error ?? "–"}</td>
      <td class="prize">{row.prize && sayIf(row.prize, row.prize)}</td>
    </tr>
  );
}
