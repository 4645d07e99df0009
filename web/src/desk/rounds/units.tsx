// Who takes part, by unit: the top of the tree, and one level deeper where somebody wants to look.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { shortMoment } from "../../instants";
import { ofList } from "../base/asked";
import { DataTable, counted } from "../base/data-table";
import { usePolled } from "../base/polled";
import { BarChart } from "../charts/bars";
import { say } from "../say";
import { UnitTakingPart } from "../types";

const EVERY_MS = 20_000;
const MOST_BARS = 12;

export function Units({ roundId }: { roundId: string }) {
  const [path, setPath] = useState<UnitTakingPart[]>([]);
  const parent = path[path.length - 1];
  const { value } = usePolled(() => fetchUnits(roundId, parent?.unit_id), EVERY_MS, [roundId, parent?.unit_id]);
  const { rows, built_at: builtAt } = value ?? NOTHING_YET;
  const most = [...rows].sort((one, other) => (other.participants ?? 0) - (one.participants ?? 0)).slice(0, MOST_BARS);
  return (
    <section>
      <h2>{say("units_title")}</h2>
      {parent && (
        <p class="row">
          <button type="button" class="second small" onClick={() => setPath(path.slice(0, -1))}>
            {say("units_up")}
          </button>
          <strong>{parent.name}</strong>
        </p>
      )}
      {builtAt && <p class="quiet">{say("of_at", { at: shortMoment(builtAt) })}</p>}
      {most.length > 1 && (
        <BarChart
          title={say("units_chart")}
          summary={say("units_summary", { unit: most[0]!.name, n: most[0]!.participants ?? 0 })}
          head={[say("unit"), say("live_participants")]}
          bars={most.map(({ name, participants }) => ({ label: name, value: participants ?? 0 }))}
        />
      )}
      <DataTable<UnitTakingPart>
        name="live-units"
        caption={say("units_title")}
        searchable
        empty={say("units_none")}
        about={[value]}
        keyOf={(unit) => unit.unit_id}
        source={ofList({
          rows,
          text: (unit) => unit.name,
          value: {
            name: (unit) => unit.name,
            participants: (unit) => unit.participants ?? 0,
            attempts: (unit) => unit.attempts ?? 0,
            rate: (unit) => Number(unit.rate_percent ?? 0),
          },
        })}
        columns={[
          {
            key: "name",
            label: say("unit"),
            sortable: true,
            cell: (unit) => (
              <button type="button" class="plain" onClick={() => setPath([...path, unit])}>
                {unit.name}
              </button>
            ),
          },
          {
            key: "participants",
            label: say("live_participants"),
            sortable: true,
            isNumber: true,
            cell: (unit) => counted(unit.participants),
          },
          { key: "attempts", label: say("attempts"), sortable: true, isNumber: true, cell: (unit) => counted(unit.attempts) },
          { key: "roster", label: say("roster"), isNumber: true, cell: (unit) => counted(unit.roster) },
          {
            key: "rate",
            label: say("rate"),
            sortable: true,
            isNumber: true,
            cell: (unit) => (unit.rate_percent === null ? "–" : `${unit.rate_percent} %`),
          },
        ]}
      />
    </section>
  );
}

interface Participation {
  rows: UnitTakingPart[];
  /** The figures are those of then: a large round's are made every few minutes. */
  built_at: string | null;
}

const NOTHING_YET: Participation = { rows: [], built_at: null };

/** Empty while scoring knows nothing of the round. */
async function fetchUnits(roundId: string, unitId: string | undefined): Promise<Participation> {
  const query = unitId ? `?unit_id=${encodeURIComponent(unitId)}` : "";
  const path = `${at("/api/scoring/rounds", roundId, "participation")}${query}`;
  return call<Participation>("GET", path).then(
    ({ body }) => body,
    () => NOTHING_YET,
  );
}
