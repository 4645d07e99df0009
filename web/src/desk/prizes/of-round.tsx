// What is won in a round, or over all rounds, beside the contest's own prizes: by units, and in pools.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { link } from "../../router";
import { ofList } from "../base/asked";
import { DataTable, counted } from "../base/data-table";
import { FileButton } from "../base/file";
import { usePolled } from "../base/polled";
import { Section, SeasonSection, pathOf } from "../results/round";
import { Decided, Verdict } from "../results/verdict";
import { Key, say } from "../say";
import { inWords, prizesInWords } from "./parts";
import type { Pool, Pools, UnitPrizes, UnitWinner } from "./types";

const EVERY_MS = 5000;
const SEASON = "season";

export const OtherPrizes = ({ round: { round_id, contest_id, state } }: Section) => (
  <PrizesOf path={pathOf(round_id)} contestId={contest_id} roundId={round_id} official={state === "official"} />
);

export const SeasonPrizes = ({ path, contestId, official }: SeasonSection) => (
  <PrizesOf path={path} contestId={contestId} roundId={null} official={official} />
);

interface Props {
  path: string;
  contestId: string;
  /** null: over all rounds. */
  roundId: string | null;
  official: boolean;
}

function PrizesOf({ path, contestId, roundId, official }: Props) {
  const { value, failed, again } = usePolled(() => fetchAll(path, contestId, roundId), EVERY_MS, [path]);
  if (!value) return <p role="status">{failed ? say("board_failed") : say("board_waiting")}</p>;
  return (
    <>
      <p class="row">
        <FileButton path={`${path}/prizes.csv?bom=true`} name={`${roundId ?? contestId}-prizes.csv`} label={say("pz_file")} />
      </p>
      <Units
        path={path}
        none={roundId ? "pz_units_none" : "pz_units_none_season"}
        official={official}
        found={value.units}
        again={again}
      />
      <section>
        <h2>{say("pz_pools")}</h2>
        <PoolTable contestId={contestId} roundId={roundId ?? SEASON} pools={value.pools} />
      </section>
    </>
  );
}

async function fetchAll(path: string, contestId: string, roundId: string | null) {
  const [units, pools] = await Promise.all([
    call<UnitPrizes>("GET", `${path}/unit-prizes`),
    call<Pools>("GET", at("/api/scoring/contests", contestId, "pools")),
  ]);
  const isFor = ({ rounds, season }: Pool) => (roundId ? rounds.includes(roundId) : season);
  return { units: units.body, pools: pools.body.pools.filter(isFor) };
}

interface UnitsProps {
  path: string;
  none: Key;
  official: boolean;
  found: UnitPrizes;
  again: () => void;
}

function Units({ path, none, official, found, again }: UnitsProps) {
  const [asked, setAsked] = useState<{ unit: UnitWinner; outcome: string } | null>(null);
  const lists: [Key, UnitWinner[]][] = [
    ["pz_units_win", found.winners],
    ["pz_units_out", found.refused ?? []],
    ["pz_units_next", found.reserves ?? []],
  ];
  return (
    <section>
      <h2>{say("pz_collective")}</h2>
      {!found.winners.length && !found.refused?.length && <p>{say(none)}</p>}
      {official && found.winners.length > 0 && (
        <p class="row">
          <FileButton
            path={`${path}/unit-certificates.pdf`}
            name="giay-chung-nhan-tap-the.pdf"
            label={say("pz_certificates")}
          />
        </p>
      )}
      {lists
        .filter(([, rows]) => rows.length)
        .map(([title, rows]) => (
          <UnitTable
            key={title}
            title={title}
            rows={rows}
            decide={title === "pz_units_next" ? null : (unit, outcome) => setAsked({ unit, outcome })}
          />
        ))}
      {asked && (
        <Verdict
          name={asked.unit.unit}
          outcome={asked.outcome}
          check={(body) => call("POST", at(`${path}/unit-prizes`, asked.unit.unit_id, "check"), { body })}
          onChanged={again}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}

interface TableProps {
  title: Key;
  rows: UnitWinner[];
  decide: ((unit: UnitWinner, outcome: string) => void) | null;
}

function UnitTable({ title, rows, decide }: TableProps) {
  return (
    <>
      <h3>{say(title)}</h3>
      <DataTable<UnitWinner>
        name={title}
        caption={say(title)}
        limit={50}
        about={[JSON.stringify(rows)]}
        keyOf={(row) => row.unit_id}
        source={ofList({ rows, text: (row) => row.unit })}
        columns={[
          { key: "block", label: say("pz_block"), cell: (row) => row.block || "–" },
          { key: "place", label: say("res_place"), isNumber: true, cell: (row) => row.place ?? "–" },
          { key: "prize", label: say("res_prize"), cell: (row) => (row.prize ? inWords(row.prize) : "–") },
          { key: "unit", label: say("unit"), cell: (row) => row.unit },
          { key: "people", label: say("live_participants"), isNumber: true, cell: (row) => counted(row.participants) },
          { key: "rate", label: say("pz_rate"), isNumber: true, cell: (row) => row.rate_percent ?? "–" },
          { key: "mean", label: say("pz_mean"), isNumber: true, cell: (row) => row.mean_points ?? "–" },
          {
            key: "check",
            label: say("res_check"),
            cell: (row) => <Decided check={row.check} decide={decide && ((outcome) => decide(row, outcome))} />,
          },
        ]}
      />
    </>
  );
}

function PoolTable({ contestId, roundId, pools }: { contestId: string; roundId: string; pools: Pool[] }) {
  return (
    <DataTable<Pool>
      name="round-pools"
      caption={say("pz_pools")}
      searchable={pools.length > 10}
      empty={say("pz_pools_none")}
      about={[JSON.stringify(pools)]}
      keyOf={(pool) => pool.pool_id}
      source={ofList({ rows: pools, text: (pool) => `${pool.title} ${pool.unit}` })}
      columns={[
        {
          key: "title",
          label: say("pz_title"),
          cell: (pool) => <a href={link("prizes", contestId, pool.pool_id, roundId)}>{pool.title}</a>,
        },
        { key: "unit", label: say("unit"), cell: (pool) => pool.unit ?? "–" },
        { key: "prizes", label: say("pz_prizes"), cell: (pool) => prizesInWords(pool.prizes) },
      ]}
    />
  );
}
