// What was won in a round beside the contest's own prizes: by units, and in pools of units.
import { at, load } from "../api";
import { say, sayIf } from "../messages";
import { link } from "../router";
import { useLoaded } from "../shell/loaded";
import { PoolFacts } from "./own";
import type { Pool, PoolWinner, UnitWinner } from "./types";

interface Props {
  contestId: string;
  roundId: string;
}

/** Nothing is shown where there are no such prizes, or before there are results. */
export function OtherPrizes({ contestId, roundId }: Props) {
  const found = useLoaded(() => fetchAll(contestId, roundId), [contestId, roundId]);
  if (found.state !== "there") return null;
  const { units, pools } = found.value;
  return (
    <>
      <UnitWinners title={say("pools_collective")} rows={units} />
      {pools.length > 0 && (
        <section>
          <h2>{say("pools_all")}</h2>
          <ul>
            {pools.map((pool) => (
              <li key={pool.pool_id}>
                <a href={link("units", roundId, pool.tree ?? undefined, pool.unit_id)}>{pool.title}</a>{" "}
                <span class="quiet">{pool.unit}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

async function fetchAll(contestId: string, roundId: string) {
  const [units, pools] = await Promise.all([
    load<{ winners: UnitWinner[] }>(at("/api/scoring/rounds", roundId, "unit-prizes")),
    poolsOf(contestId, roundId),
  ]);
  return { units: units.winners, pools };
}

async function poolsOf(contestId: string, roundId: string): Promise<Pool[]> {
  const { pools } = await load<{ pools: Pool[] }>(at("/api/scoring/contests", contestId, "pools"));
  return pools.filter(({ rounds }) => rounds.includes(roundId));
}

/** Nothing where no unit wins. */
export function UnitWinners({ title, rows }: { title: string; rows: UnitWinner[] }) {
  if (!rows.length) return null;
  return (
    <section>
      <h2>{title}</h2>
      <UnitTable title={title} rows={rows} />
    </section>
  );
}

function UnitTable({ title, rows }: { title: string; rows: UnitWinner[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say("pools_block")}</th>
            <th scope="col">{say("prize")}</th>
            <th scope="col">{say("unit")}</th>
            <th scope="col">{say("participants")}</th>
            <th scope="col">{say("rate")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.unit_id}>
              <td>{row.block}</td>
              <td class="prize">{sayIf(row.prize, row.prize)}</td>
              <td>{row.unit}</td>
              <td class="number">{row.participants ?? say("suppressed")}</td>
              <td class="number">{row.rate_percent === null ? "–" : `${row.rate_percent} %`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The pools of one unit with who won there. */
export function PoolsOfUnit({ contestId, roundId, unitId }: Props & { unitId: string }) {
  const found = useLoaded(() => withWinners(contestId, roundId, unitId), [contestId, roundId, unitId]);
  if (found.state !== "there" || !found.value.length) return null;
  return (
    <>
      {found.value.map(({ pool, winners }) => (
        <section class="card" key={pool.pool_id}>
          <h2>{pool.title}</h2>
          <PoolFacts pool={pool} />
          {winners.length ? <WinnerTable title={pool.title} rows={winners} /> : <p>{say("pools_no_winner")}</p>}
        </section>
      ))}
    </>
  );
}

async function withWinners(contestId: string, roundId: string, unitId: string) {
  const pools = (await poolsOf(contestId, roundId)).filter((pool) => pool.unit_id === unitId);
  return Promise.all(pools.map(async (pool) => ({ pool, winners: await winnersOf(contestId, pool.pool_id, roundId) })));
}

/** None while the list is being made. */
async function winnersOf(contestId: string, poolId: string, roundId: string): Promise<PoolWinner[]> {
  const path = at("/api/scoring/contests", contestId, "pools", poolId, "winners");
  const found = load<{ winners: PoolWinner[] }>(`${path}?${new URLSearchParams({ round_id: roundId })}`);
  return found.then(
    ({ winners }) => winners,
    () => [],
  );
}

function WinnerTable({ title, rows }: { title: string; rows: PoolWinner[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say("prize")}</th>
            <th scope="col">{say("name")}</th>
            <th scope="col">{say("pools_division")}</th>
            <th scope="col">{say("unit")}</th>
            <th scope="col">{say("pools_points")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.person}>
              <td class="prize">{sayIf(row.prize, row.prize)}</td>
              <td>{row.name ?? say("erased")}</td>
              <td>{sayIf(row.division, row.division)}</td>
              <td>{row.unit ?? "–"}</td>
              <td class="number">{row.points}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
