// How far everybody is: an officer's unit and those below it, or all for organisers; from here into each assessment.
import { useState } from "preact/hooks";
import { at, call, load } from "../../api";
import { ErrorSummary } from "../../forms/errors";
import { TextField } from "../../forms/field";
import { shortMoment } from "../../instants";
import { useValue } from "../../observable";
import { go, link } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { useDoing } from "../base/doing";
import { SelectField } from "../base/fields";
import { named } from "../base/named";
import { rights } from "../rights";
import { number, say, sayIf } from "../say";
import { points } from "./decimal";
import { BASE, KINDS, Section } from "./section";
import type { Assessment, Campaign, Kind, Listed } from "./types";

const STATES = ["not-begun", "draft", "handed-in", "returned", "confirmed"];

interface Unit {
  id: string;
  name: string;
}

export function ProgressSection({ campaign }: Section) {
  const held = useValue(rights) ?? [];
  const ids = held.filter(({ role, kind }) => role === "officer" && kind === "unit").map(({ id }) => id);
  const units = useLoaded(() => Promise.all(ids.map((id) => load<Unit>(at("/api/registration/units", id)))), [ids.join()]);
  return <Show loaded={units}>{(found) => <Choosing campaign={campaign} units={found} />}</Show>;
}

function Choosing({ campaign, units }: { campaign: Campaign; units: Unit[] }) {
  const kinds = KINDS.filter((kind) => campaign.rules[kind].length > 0);
  const [unitId, setUnitId] = useState(campaign.organises ? "" : (units[0]?.id ?? ""));
  const [kind, setKind] = useState<Kind>(kinds[0] ?? "collective");
  if (!campaign.organises && !unitId) return <p role="status">{say("of_no_unit")}</p>;
  const choices = [
    ...(campaign.organises ? [{ value: "", label: say("em_all_units") }] : []),
    ...units.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <>
      <div class="tools">
        {choices.length > 1 && <SelectField name="unit" label={say("unit")} value={unitId} choices={choices} onChange={setUnitId} />}
        {kinds.length > 1 && (
          <SelectField
            name="kind"
            label={say("em_whom")}
            value={kind}
            choices={kinds.map((value) => ({ value, label: sayIf(`em_kind_${value}`, value) }))}
            onChange={(value) => setKind(value as Kind)}
          />
        )}
      </div>
      <List key={`${unitId} ${kind}`} campaign={campaign} unitId={unitId} kind={kind} isOwn={units.some(({ id }) => id === unitId)} />
    </>
  );
}

interface ListProps {
  campaign: Campaign;
  unitId: string;
  kind: Kind;
  /** The person is officer of this unit. */
  isOwn: boolean;
}

function List({ campaign, unitId, kind, isOwn }: ListProps) {
  const path = `${at(`${BASE}/campaigns`, campaign.campaign_id, "assessments")}?kind=${kind}&unit_id=${encodeURIComponent(unitId)}`;
  const found = useLoaded(async () => (await call<{ assessments: Listed[] }>("GET", path)).body.assessments, [path]);
  const canBegin = isOwn && campaign.state === "open";
  return (
    <Show loaded={found}>
      {(rows) => (
        <>
          <Figures rows={rows} />
          {canBegin && kind === "collective" && <OwnUnit campaign={campaign} row={rows.find((row) => row.unit_id === unitId)} />}
          {canBegin && kind === "individual" && <NewIndividual campaign={campaign} unitId={unitId} />}
          <Table campaign={campaign} rows={rows} kind={kind} />
        </>
      )}
    </Show>
  );
}

function Figures({ rows }: { rows: Listed[] }) {
  return (
    <dl class="figures">
      {STATES.map((state) => (
        <div key={state}>
          <dt>{sayIf(`em_is_${state}`, state)}</dt>
          <dd>{number(rows.filter((row) => row.state === state).length)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The first thing an officer looks for: the own unit's self-assessment. */
function OwnUnit({ campaign, row }: { campaign: Campaign; row: Listed | undefined }) {
  const { busy, errors, round, run } = useDoing();
  if (!row) return null;
  const begin = () =>
    run(async () => {
      const body = { kind: "collective", unit_id: row.unit_id };
      const path = at(`${BASE}/campaigns`, campaign.campaign_id, "assessments");
      const made = (await call<Assessment>("POST", path, { body })).body;
      go(["emulation", campaign.campaign_id, "assessment", made.assessment_id]);
    });
  return (
    <div class="card">
      <h2>{say("em_own", { unit: row.unit_name })}</h2>
      <p>
        <strong>{sayIf(`em_is_${row.state}`, row.state)}</strong> · {say("em_points_of", { points: points(row.total) })}
      </p>
      <ErrorSummary errors={errors} round={round} />
      <button type="button" disabled={busy} onClick={() => void begin()}>
        {say(row.state === "not-begun" ? "em_begin" : "em_go_on")}
      </button>
    </div>
  );
}

function NewIndividual({ campaign, unitId }: { campaign: Campaign; unitId: string }) {
  const [name, setName] = useState("");
  const [position, setPosition] = useState("");
  const { busy, errors, round, run } = useDoing();
  const begin = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      const body = { kind: "individual", unit_id: unitId, name: name.trim(), position: position.trim() };
      const path = at(`${BASE}/campaigns`, campaign.campaign_id, "assessments");
      const made = (await call<Assessment>("POST", path, { body })).body;
      go(["emulation", campaign.campaign_id, "assessment", made.assessment_id]);
    });
  };
  return (
    <form class="card" onSubmit={begin} noValidate>
      <p>
        {say("em_own_link")} <code>{`${location.origin}/#/emulation/${encodeURIComponent(campaign.campaign_id)}`}</code>
      </p>
      <h2>{say("em_new_individual")}</h2>
      <ErrorSummary errors={named(errors, (path) => sayIf(`em_${path}`, path))} round={round} />
      <TextField name="name" label={say("em_name")} value={name} wrong={errors.name} maxLength={120} onChange={setName} />
      <TextField
        name="position"
        label={say("em_position")}
        value={position}
        wrong={errors.position}
        maxLength={200}
        onChange={setPosition}
      />
      <button type="submit" disabled={busy}>
        {say("em_begin")}
      </button>
    </form>
  );
}

function Table({ campaign, rows, kind }: { campaign: Campaign; rows: Listed[]; kind: Kind }) {
  const leagues = Object.fromEntries(campaign.rules.leagues.map(({ code, name }) => [code, name]));
  const waiting = rows.filter((row) => row.waits_for_you).length;
  return (
    <section>
      <h2>{say(kind === "collective" ? "em_of_collectives" : "em_of_individuals")}</h2>
      {waiting > 0 && <p class="notice">{say("em_waiting", { n: waiting })}</p>}
      <DataTable<Listed>
        name={`em-${kind}`}
        caption={say("em_progress")}
        searchable
        limit={50}
        about={[JSON.stringify(rows)]}
        keyOf={(row) => row.assessment_id ?? row.unit_id}
        filters={[
          {
            name: "state",
            label: say("state"),
            choices: STATES.map((value) => ({ value, label: sayIf(`em_is_${value}`, value) })),
          },
        ]}
        source={ofList({
          rows: [...rows].sort((one, other) => Number(other.waits_for_you) - Number(one.waits_for_you)),
          text: (row) => `${row.name} ${row.unit_name}`,
          value: { total: (row) => row.total },
          has: { state: (row, chosen) => row.state === chosen },
        })}
        columns={[
          { key: "name", label: say("em_who"), cell: (row) => <Who campaign={campaign} row={row} /> },
          ...(kind === "individual"
            ? [{ key: "unit", label: say("unit"), cell: (row: Listed) => row.unit_name }]
            : [{ key: "league", label: say("em_league"), cell: (row: Listed) => leagues[row.league] ?? "–" }]),
          { key: "state", label: say("state"), cell: (row) => sayIf(`em_is_${row.state}`, row.state) },
          { key: "at", label: say("em_handed_in_at"), cell: (row) => (row.handed_in_at ? shortMoment(row.handed_in_at) : "–") },
          { key: "total", label: say("em_points"), isNumber: true, sortable: true, cell: (row) => points(row.total) },
        ]}
      />
    </section>
  );
}

function Who({ campaign, row }: { campaign: Campaign; row: Listed }) {
  if (!row.assessment_id) return <>{row.name}</>;
  return (
    <>
      <a href={link("emulation", campaign.campaign_id, "assessment", row.assessment_id)}>{row.name || say("em_forgotten")}</a>
      {row.position && <div class="quiet">{row.position}</div>}
      {row.waits_for_you && (
        <div>
          <strong>{say("em_waits")}</strong>
        </div>
      )}
    </>
  );
}
