// Prizes beside the contest's own: pools of committees and units, prizes of collectives. For organisers, and for officers where
// the organiser lets them run pools.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { Route, go, link } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import { useValue } from "../../observable";
import { ErrorSummary } from "../../forms/errors";
import { Ask, Told } from "../base/ask";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { useDoing } from "../base/doing";
import { FlagField, SelectField, Standing } from "../base/fields";
import { Line, fetchContests } from "../contests/lines";
import { fetchUnit, ownUnits } from "../pictures/choices";
import { organises, rights } from "../rights";
import { say } from "../say";
import { CollectiveForm } from "./collective-form";
import { PoolForm } from "./pool-form";
import { hasBegun, prizesInWords } from "./parts";
import { PoolWinners } from "./pool";
import type { CollectivePrizes, Pool, Pools } from "./types";

export default function PrizesPage({ parts: [contestId, poolId, roundId] }: { parts: Route }) {
  if (contestId && poolId) return <PoolWinners key={poolId} contestId={contestId} poolId={poolId} roundId={roundId} />;
  return (
    <div class="page">
      <h1>{say("menu_prizes")}</h1>
      <p class="lead">{say("pz_lead")}</p>
      <Choosing contestId={contestId} />
    </div>
  );
}

function Choosing({ contestId }: { contestId?: string }) {
  const found = useLoaded(fetchContests, []);
  return (
    <Show loaded={found}>
      {(all) => {
        const contests = all.filter(({ state }) => state === "published");
        const contest = contests.find(({ contest_id }) => contest_id === contestId) ?? contests[0];
        if (!contest) return <p role="status">{say("contests_none")}</p>;
        return (
          <>
            {contests.length > 1 && (
              <SelectField
                name="pz-contest"
                label={say("contest")}
                value={contest.contest_id}
                choices={contests.map(({ contest_id, title }) => ({ value: contest_id, label: title }))}
                onChange={(id) => go(["prizes", id])}
              />
            )}
            <OfContest key={contest.contest_id} contest={contest} />
          </>
        );
      }}
    </Show>
  );
}

function OfContest({ contest }: { contest: Line }) {
  const [changes, setChanges] = useState(0);
  const base = at("/api/scoring/contests", contest.contest_id);
  const found = useLoaded(() => fetchAll(base), [base, changes]);
  const organiser = organises(useValue(rights) ?? [], contest.contest_id);
  const changed = () => setChanges(changes + 1);
  return (
    <Show loaded={found}>
      {({ pools, collective }) => (
        <>
          <PoolSection contest={contest} base={base} found={pools} organiser={organiser} changed={changed} />
          <section>
            <h2>{say("pz_collective")}</h2>
            <CollectiveForm
              path={`${base}/collective-prizes`}
              before={collective}
              rounds={contest.rounds}
              organiser={organiser}
            />
          </section>
        </>
      )}
    </Show>
  );
}

async function fetchAll(base: string) {
  const [pools, collective] = await Promise.all([
    call<Pools>("GET", `${base}/pools`),
    call<CollectivePrizes>("GET", `${base}/collective-prizes`),
  ]);
  return { pools: pools.body, collective: collective.body };
}

interface PoolsProps {
  contest: Line;
  base: string;
  found: Pools;
  organiser: boolean;
  changed: () => void;
}

function PoolSection({ contest, base, found, organiser, changed }: PoolsProps) {
  const [edited, setEdited] = useState<Pool | "new" | null>(null);
  const [leaving, setLeaving] = useState<Pool | null>(null);
  const close = () => setEdited(null);
  const may = organiser || found.officers;
  const held = useValue(rights) ?? [];
  const [ownId] = organiser ? [] : ownUnits(held);
  const own = useLoaded(async () => (ownId ? fetchUnit(ownId) : null), [ownId]);
  const withdraw = async ({ reason }: Told) => {
    await call("POST", `${base}/pools/${encodeURIComponent(leaving!.pool_id)}/withdrawal`, { body: { reason } });
    changed();
  };
  return (
    <section>
      <h2>{say("pz_pools")}</h2>
      <p class="quiet">{say("pz_pools_text")}</p>
      {organiser && <Rights path={`${base}/pool-rights`} before={found.officers} />}
      {!organiser && <p class="quiet">{say(found.officers ? "pz_officers_may" : "pz_officers_may_not")}</p>}
      <PoolTable contest={contest} pools={found.pools} edit={setEdited} leave={setLeaving} />
      {may && edited === null && contest.rounds.some((round) => !hasBegun(round)) && (
        <p>
          <button type="button" onClick={() => setEdited("new")}>
            {say("pz_new")}
          </button>
        </p>
      )}
      {edited !== null && (
        <PoolForm
          key={edited === "new" ? "" : edited.pool_id}
          base={base}
          before={edited === "new" ? null : edited}
          own={own.state === "there" ? own.value : null}
          taken={found.pools.map(({ pool_id }) => pool_id)}
          divisions={found.divisions}
          rounds={contest.rounds}
          onKept={() => (close(), changed())}
          onClose={close}
        />
      )}
      {leaving && (
        <Ask
          title={say("pz_withdraw_ask", { pool: leaving.title })}
          confirm={say("pz_withdraw")}
          grave
          reason
          onConfirm={withdraw}
          onClose={() => setLeaving(null)}
        />
      )}
    </section>
  );
}

function Rights({ path, before }: { path: string; before: boolean }) {
  const { busy, errors, round, run } = useDoing();
  const [officers, setOfficers] = useState(before);
  const [done, setDone] = useState<string | null>(null);
  const choose = (on: boolean) => {
    setOfficers(on);
    setDone(null);
    void run(async () => {
      const kept = await call<{ officers: boolean }>("PUT", path, { body: { officers: on } });
      setOfficers(kept.body.officers);
      setDone(say("saved"));
    });
  };
  return (
    <>
      <ErrorSummary errors={errors} round={round} />
      <FlagField
        name="pz-officers"
        label={say("pz_officers")}
        hint={say("pz_officers_hint")}
        value={officers}
        onChange={choose}
      />
      <Standing busy={busy} done={done} />
    </>
  );
}

interface TableProps {
  contest: Line;
  pools: Pool[];
  edit: (pool: Pool) => void;
  leave: (pool: Pool) => void;
}

function PoolTable({ contest, pools, edit, leave }: TableProps) {
  const titles = new Map(contest.rounds.map(({ round_id, title }) => [round_id, title]));
  const what = (pool: Pool) => [...pool.rounds.map((id) => titles.get(id) ?? id), ...(pool.season ? [say("pz_season")] : [])];
  return (
    <DataTable<Pool>
      name="pools"
      caption={say("pz_pools")}
      searchable={pools.length > 10}
      empty={say("pz_pools_none")}
      about={[JSON.stringify(pools)]}
      keyOf={(pool) => pool.pool_id}
      source={ofList({ rows: pools, text: (pool) => `${pool.title} ${pool.unit} ${pool.sponsor}` })}
      columns={[
        {
          key: "title",
          label: say("pz_title"),
          cell: (pool) => (
            <>
              {pool.may_run ? <a href={link("prizes", contest.contest_id, pool.pool_id)}>{pool.title}</a> : pool.title}
              {pool.sponsor && <div class="quiet">{say("pz_sponsored", { name: pool.sponsor })}</div>}
            </>
          ),
        },
        { key: "unit", label: say("unit"), cell: (pool) => pool.unit ?? "–" },
        { key: "prizes", label: say("pz_prizes"), cell: (pool) => prizesInWords(pool.prizes) },
        { key: "rounds", label: say("pz_rounds"), cell: (pool) => what(pool).join(", ") },
        {
          key: "act",
          label: say("state"),
          cell: (pool) =>
            pool.fixed ? (
              say("pz_fixed")
            ) : pool.may_run ? (
              <span class="row">
                <button type="button" class="second small" onClick={() => edit(pool)}>
                  {say("pz_change")}
                </button>
                <button type="button" class="second small" onClick={() => leave(pool)}>
                  {say("pz_withdraw")}
                </button>
              </span>
            ) : (
              say("pz_open")
            ),
        },
      ]}
    />
  );
}
