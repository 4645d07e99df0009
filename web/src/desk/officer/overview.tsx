// How the own unit stands: figures, the days, the rounds, the units below with a way down into each.
import { useState } from "preact/hooks";
import { at } from "../../api";
import { shortMoment } from "../../instants";
import type { Route } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { BarChart } from "../charts/bars";
import { number, say } from "../say";
import { Chosen, OfficerPage, RoundChoice, get } from "./chosen";
import { save } from "./handed";
import { SaveButton } from "./save-button";
import type { RoundStanding, Standing, Unit, UnitStanding } from "./types";

export default function OverviewPage(_: { parts: Route }) {
  return (
    <OfficerPage title={say("menu_of_unit")} lead={say("of_unit_lead")}>
      {(chosen) => <Overview {...chosen} />}
    </OfficerPage>
  );
}

function Overview({ unit, contest, rounds }: Chosen) {
  const [roundId, setRoundId] = useState(rounds[0]?.round_id ?? "");
  const [path, setPath] = useState<Unit[]>([unit]);
  const here = path[path.length - 1]!;
  if (!roundId) return <p role="status">{say("of_not_opened")}</p>;
  const report = at("/api/scoring/contests", contest.contest_id, "units", here.id, "report.xlsx");
  return (
    <>
      <div class="tools">
        <RoundChoice rounds={rounds} value={roundId} onChange={setRoundId} />
        <SaveButton label={say("of_report_now")} second work={() => save(`bao-cao-${here.id}.xlsx`, report)} />
      </div>
      {path.length > 1 && (
        <p class="row">
          <button type="button" class="second small" onClick={() => setPath(path.slice(0, -1))}>
            {say("of_up", { unit: path[path.length - 2]!.name })}
          </button>
        </p>
      )}
      <InRound roundId={roundId} unit={here} onOpen={(next) => setPath([...path, next])} />
      <Trend contestId={contest.contest_id} unit={here} />
    </>
  );
}

function InRound({ roundId, unit, onOpen }: { roundId: string; unit: Unit; onOpen: (unit: Unit) => void }) {
  const found = useLoaded(() => get<Standing>("/api/scoring/rounds", roundId, "units", unit.id, "standing"), [roundId, unit.id]);
  return (
    <Show loaded={found}>
      {(standing) => (
        <section>
          <h2>
            {unit.name} · {standing.title}
          </h2>
          <Figures standing={standing} />
          <p class="quiet">{standing.built_at ? say("of_at", { at: shortMoment(standing.built_at) }) : say("of_nobody")}</p>
          <Days standing={standing} />
          {standing.below.length > 0 && <Below units={standing.below} onOpen={onOpen} />}
        </section>
      )}
    </Show>
  );
}

const percent = (rate: string | null): string => (rate === null ? "–" : `${rate.replace(".", say("of_comma"))} %`);
const points = (mean: string | null): string => (mean === null ? "–" : mean.replace(".", say("of_comma")));
const counted = (count: number | null): string => (count === null ? "–" : number(count));

function Figures({ standing: { unit, place, peers } }: { standing: Standing }) {
  const shown: [string, string, string][] = [
    [say("of_participants"), number(unit.participants), unit.roster === null ? "" : say("of_of_roster", { roster: unit.roster })],
    [say("rate"), percent(unit.rate_percent), unit.roster === null ? say("of_no_roster") : ""],
    [say("of_not_yet"), number(unit.not_yet), say("of_registered", { n: unit.registered })],
    [say("of_mean"), points(unit.mean_points), unit.mean_points === null ? say("of_mean_later") : ""],
    [say("of_place"), place === null ? "–" : say("of_place_of", { place, peers }), say("of_place_hint")],
  ];
  return (
    <dl class="figures">
      {shown.map(([name, value, hint]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            {hint && <small>{hint}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const dayName = (day: string): string => `${day.slice(8)}/${day.slice(5, 7)}`;

function Days({ standing: { days } }: { standing: Standing }) {
  if (days.length === 0) return null;
  if (days.length === 1)
    return (
      <p>
        {say("of_days")}: {dayName(days[0]!.day)} – {number(days[0]!.newcomers)}
      </p>
    );
  const most = days.reduce((one, other) => (other.newcomers > one.newcomers ? other : one));
  return (
    <BarChart
      title={say("of_days")}
      summary={say("of_days_summary", { day: dayName(most.day), n: most.newcomers })}
      head={[say("of_day"), say("of_newcomers")]}
      bars={days.map(({ day, newcomers }) => ({ label: dayName(day), value: newcomers }))}
    />
  );
}

function Below({ units, onOpen }: { units: UnitStanding[]; onOpen: (unit: Unit) => void }) {
  return (
    <section>
      <h2>{say("of_below")}</h2>
      <p class="quiet">{say("of_below_text")}</p>
      <DataTable<UnitStanding>
        name="of-below"
        caption={say("of_below")}
        searchable
        keyOf={(unit) => unit.unit_id}
        about={[units]}
        source={ofList({
          rows: units,
          text: (unit) => unit.name,
          value: {
            name: (unit) => unit.name,
            participants: (unit) => unit.participants,
            not_yet: (unit) => unit.not_yet,
            rate: (unit) => Number(unit.rate_percent ?? -1),
          },
        })}
        columns={[
          {
            key: "name",
            label: say("unit"),
            sortable: true,
            cell: (unit) => (
              <button type="button" class="plain" onClick={() => onOpen({ id: unit.unit_id, name: unit.name })}>
                {unit.name}
              </button>
            ),
          },
          {
            key: "participants",
            label: say("of_participants"),
            sortable: true,
            isNumber: true,
            cell: (unit) => number(unit.participants),
          },
          { key: "roster", label: say("roster"), isNumber: true, cell: (unit) => counted(unit.roster) },
          { key: "rate", label: say("rate"), sortable: true, isNumber: true, cell: (unit) => percent(unit.rate_percent) },
          { key: "not_yet", label: say("of_not_yet"), sortable: true, isNumber: true, cell: (unit) => number(unit.not_yet) },
          { key: "mean", label: say("of_mean"), isNumber: true, cell: (unit) => points(unit.mean_points) },
        ]}
      />
    </section>
  );
}

function Trend({ contestId, unit }: { contestId: string; unit: Unit }) {
  const path = () => get<{ rounds: RoundStanding[] }>("/api/scoring/contests", contestId, "units", unit.id, "trend");
  const found = useLoaded(path, [contestId, unit.id]);
  return (
    <section>
      <h2>{say("of_trend")}</h2>
      <Show loaded={found}>
        {({ rounds }) => (
          <DataTable<RoundStanding>
            name="of-trend"
            caption={say("of_trend")}
            keyOf={(round) => round.round_id}
            about={[rounds]}
            source={ofList({ rows: rounds, text: (round) => round.title })}
            columns={[
              { key: "round", label: say("round"), cell: (round) => round.title },
              { key: "participants", label: say("of_participants"), isNumber: true, cell: (round) => number(round.participants) },
              { key: "rate", label: say("rate"), isNumber: true, cell: (round) => percent(round.rate_percent) },
              { key: "mean", label: say("of_mean"), isNumber: true, cell: (round) => points(round.mean_points) },
              {
                key: "place",
                label: say("of_place"),
                isNumber: true,
                cell: ({ place, peers }) => (place === null ? "–" : say("of_place_of", { place, peers })),
              },
            ]}
          />
        )}
      </Show>
    </section>
  );
}
