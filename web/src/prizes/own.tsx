// The pools somebody takes part in: of the own commune, agency or party committee and of those above.
import { at, call } from "../api";
import { OwnCertificate } from "../certificates/own";
import { say, sayIf } from "../messages";
import { useLoaded } from "../shell/loaded";
import type { OwnPool } from "./types";

/** `roundId`: with what was won there. Nothing is shown where no unit has a pool, or scoring is away. */
export function OwnPools({ contestId, roundId }: { contestId: string; roundId?: string }) {
  const found = useLoaded(() => fetchOwn(contestId, roundId), [contestId, roundId]);
  if (found.state !== "there" || !found.value.length) return null;
  return (
    <section>
      <h2>{say("pools_own")}</h2>
      <p class="quiet">{say("pools_own_text")}</p>
      {found.value.map((pool) => (
        <article class="card" key={pool.pool_id}>
          <h3>{pool.title}</h3>
          <PoolFacts pool={pool} />
          {pool.prize && (
            <p>
              <strong>{say("pools_won", { prize: sayIf(pool.prize, pool.prize) })}</strong>
            </p>
          )}
          {pool.prize && roundId && <OwnCertificate roundId={roundId} poolId={pool.pool_id} />}
        </article>
      ))}
    </section>
  );
}

async function fetchOwn(contestId: string, roundId?: string): Promise<OwnPool[]> {
  const query = roundId ? `?${new URLSearchParams({ round_id: roundId })}` : "";
  const path = at("/api/scoring/contests", contestId, "mine", "pools");
  return (await call<{ pools: OwnPool[] }>("GET", `${path}${query}`)).body.pools;
}

export function PoolFacts({ pool }: { pool: Pick<OwnPool, "unit" | "prizes" | "sponsor" | "notice" | "season"> }) {
  return (
    <>
      {pool.unit && <p class="quiet">{say("pools_of", { unit: pool.unit })}</p>}
      <ul class="prizes">
        {pool.prizes.map((prize) => (
          <li key={prize.name}>
            <b>{prize.count}</b> {sayIf(prize.name, prize.name)}
          </li>
        ))}
      </ul>
      {pool.season && <p>{say("pools_season")}</p>}
      {pool.sponsor && <p>{say("pools_sponsor", { name: pool.sponsor })}</p>}
      {pool.notice && <p>{pool.notice}</p>}
    </>
  );
}
