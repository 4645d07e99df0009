// Who wins in a pool, by round and over all rounds: verified or refused by those who run it; certificates.
import { at, call, load } from "../../api";
import { Problem } from "../../http";
import { precise } from "../../instants";
import { go, link } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { SelectField } from "../base/fields";
import { FileButton } from "../base/file";
import { usePolled } from "../base/polled";
import { nameOf } from "../results/round";
import { Decide, Decided, JudgedLists } from "../results/verdict";
import { Key, say } from "../say";
import { inWords } from "./parts";
import type { Pool, PoolCandidate, PoolCandidates, Pools } from "./types";

const EVERY_MS = 5000;
const SEASON = "";

interface Props {
  contestId: string;
  poolId: string;
  roundId?: string;
}

interface Titled {
  round_id: string;
  title: string;
  state: string;
}

export function PoolWinners({ contestId, poolId, roundId }: Props) {
  const base = at("/api/scoring/contests", contestId);
  const found = useLoaded(() => fetchPool(base, poolId), [base, poolId]);
  return (
    <div class="page">
      <p class="quiet">
        <a href={link("prizes", contestId)}>{say("menu_prizes")}</a>
      </p>
      <Show loaded={found}>
        {({ pool, rounds }) =>
          pool ? (
            <>
              <h1>{pool.title}</h1>
              <p class="lead">
                {pool.unit} {pool.sponsor && <span class="quiet">· {say("pz_sponsored", { name: pool.sponsor })}</span>}
              </p>
              {pool.may_run ? (
                <Chosen contestId={contestId} base={base} pool={pool} rounds={rounds} wanted={roundId} />
              ) : (
                <p role="status">{say("pz_not_yours")}</p>
              )}
            </>
          ) : (
            <p role="status">{say("pz_gone")}</p>
          )
        }
      </Show>
    </div>
  );
}

async function fetchPool(base: string, poolId: string) {
  const [pools, contest] = await Promise.all([
    call<Pools>("GET", `${base}/pools`),
    load<{ rounds: Titled[] }>(`${base}/rounds`),
  ]);
  return { pool: pools.body.pools.find(({ pool_id }) => pool_id === poolId), rounds: contest.rounds };
}

interface ChosenProps {
  contestId: string;
  base: string;
  pool: Pool;
  rounds: Titled[];
  wanted?: string;
}

function Chosen({ contestId, base, pool, rounds, wanted }: ChosenProps) {
  const named = rounds.filter(({ round_id }) => pool.rounds.includes(round_id));
  const own = named.map(({ round_id, title }) => ({ value: round_id, label: title }));
  const choices = [...own, ...(pool.season ? [{ value: SEASON, label: say("pz_season") }] : [])];
  const open = rounds.filter(({ state }) => ["provisional", "official"].includes(state)).map(({ round_id }) => round_id);
  const last = [...own].reverse().find(({ value }) => open.includes(value))?.value;
  const asked = wanted === "season" && pool.season ? SEASON : choices.find(({ value }) => value === wanted)?.value;
  const chosen = asked ?? last ?? choices[0]?.value ?? SEASON;
  return (
    <>
      {choices.length > 1 && (
        <SelectField
          name="pz-round"
          label={say("round")}
          value={chosen}
          choices={choices}
          onChange={(id) => go(["prizes", contestId, pool.pool_id, ...(id ? [id] : ["season"])])}
        />
      )}
      <Lists key={chosen} path={at(`${base}/pools`, pool.pool_id)} roundId={chosen} />
    </>
  );
}

/** null: there are no results yet. */
async function fetchCandidates(path: string, roundId: string): Promise<{ found: PoolCandidates | null }> {
  try {
    return { found: (await call<PoolCandidates>("GET", `${path}/candidates${queryOf(roundId)}`)).body };
  } catch (error) {
    if (error instanceof Problem && error.status === 409) return { found: null };
    throw error;
  }
}

const queryOf = (roundId: string): string => (roundId ? `?${new URLSearchParams({ round_id: roundId })}` : "");

function Lists({ path, roundId }: { path: string; roundId: string }) {
  const { value, failed, again } = usePolled(() => fetchCandidates(path, roundId), EVERY_MS, [path, roundId]);
  if (!value) return <p role="status">{failed ? say("board_failed") : say("board_waiting")}</p>;
  if (!value.found) return <p role="status">{say("res_none_yet")}</p>;
  const { state, unverified, total } = value.found;
  return (
    <>
      <p class="quiet">
        {say(state === "official" ? "pz_is_official" : "pz_is_provisional")}{" "}
        {say("res_open_winners", { n: unverified, all: total })}
      </p>
      {state === "official" && (
        <p>
          <FileButton
            path={`${path}/certificates.pdf${queryOf(roundId)}`}
            name="giay-chung-nhan.pdf"
            label={say("pz_certificates")}
          />
        </p>
      )}
      <JudgedLists<PoolCandidate>
        found={value.found}
        table={(list) => <People key={list.title} {...list} />}
        check={({ person }, body) =>
          call("POST", `${path}/candidates/${encodeURIComponent(person)}/check`, { body: { ...body, round_id: roundId || null } })
        }
        again={again}
      />
    </>
  );
}

interface PeopleProps {
  title: Key;
  rows: PoolCandidate[];
  none: Key;
  decide: Decide<PoolCandidate> | null;
}

function People({ title, rows, none, decide }: PeopleProps) {
  return (
    <DataTable<PoolCandidate>
      name={`pool-${title}`}
      caption={say(title)}
      empty={say(none)}
      limit={50}
      about={[JSON.stringify(rows)]}
      keyOf={(row) => row.person}
      source={ofList({ rows, text: nameOf })}
      columns={[
        { key: "division", label: say("res_division"), cell: (row) => inWords(row.division) },
        { key: "place", label: say("pz_place"), isNumber: true, cell: (row) => row.place || "–" },
        { key: "prize", label: say("res_prize"), cell: (row) => (row.prize ? inWords(row.prize) : "–") },
        { key: "name", label: say("res_who"), cell: nameOf },
        { key: "unit", label: say("unit"), cell: (row) => row.unit ?? "–" },
        { key: "points", label: say("res_points"), isNumber: true, cell: (row) => row.points },
        { key: "time", label: say("res_time"), isNumber: true, cell: (row) => precise(row.duration_ms) },
        {
          key: "check",
          label: say("res_check"),
          cell: (row) => <Decided check={row.check} decide={decide && ((outcome) => decide(row, outcome))} />,
        },
      ]}
    />
  );
}
