import { say } from "../messages";
import { Heading } from "./people";

export interface UnitRow {
  unit_id: string;
  name: string | null;
  kind: string;
  place: number | null;
  participants: number | null;
  roster: number | null;
  rate_percent: number | null;
  mean_points: number | null;
  suppressed?: boolean;
}

export function UnitTable({ rows }: { rows: UnitRow[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={say("units")}>
      <table>
        <Heading keys={["place", "unit", "participants", "roster", "rate", "mean"]} />
        <tbody>
          {rows.map((row) => (
            <tr key={row.unit_id}>
              <td class="number">{row.place ?? "–"}</td>
              <td>{row.name ?? row.unit_id}</td>
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
