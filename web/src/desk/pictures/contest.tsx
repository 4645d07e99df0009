import { at } from "../../api";
import { link } from "../../router";
import { usePolled } from "../base/polled";
import { OfContest } from "../charts/contest";
import { Season, SeasonFound, fetchSeason } from "../charts/season";
import type { ContestCharts } from "../charts/types";
import { word } from "../charts/words";
import { say } from "../say";
import { Unit, fetchAbove } from "./choices";
import { Scope, ask } from "./round";

const EVERY_MS = 30_000;
export const SEASON = "season";

interface Props {
  contestId: string;
  scope: Scope;
}

interface Found {
  /** null: a unit is looked at. */
  rounds: ContestCharts | null;
  season: SeasonFound;
  above?: Unit;
}

/** All rounds of a contest together; of a unit what it is over all of them. */
export function ContestPictures({ contestId, scope }: Props) {
  const about = [contestId, scope.tree, scope.unitId];
  const { value, failed } = usePolled(() => fetchFound(contestId, scope), EVERY_MS, about);
  if (!value)
    return (
      <p class="quiet" role="status">
        {say(failed ? "pic_failed" : "board_waiting")}
      </p>
    );
  const { rounds, season, above } = value;
  const { unit, title } = season.charts;
  const href = (unitId: string) => link("charts", contestId, SEASON, scope.tree, unitId);
  return (
    <>
      <h2>{unit ? `${unit} · ${title}` : title}</h2>
      {unit && (
        <p>
          <a href={above ? href(above.id) : link("charts", contestId, SEASON, scope.tree)}>
            ← {above ? say("pic_up", { unit: above.name }) : say("pic_whole")}
          </a>
        </p>
      )}
      {rounds && (
        <section>
          <h3>{word("by_rounds")}</h3>
          <OfContest charts={rounds} href={(roundId) => link("charts", contestId, roundId)} />
        </section>
      )}
      <section>
        <h3>{word("season_title")}</h3>
        <Season found={season} href={href} />
      </section>
    </>
  );
}

async function fetchFound(contestId: string, { tree, unitId }: Scope): Promise<Found> {
  const [rounds, season, above] = await Promise.all([
    unitId ? null : ask<ContestCharts>(at("/api/scoring/contests", contestId, "charts")),
    fetchSeason(ask, contestId, tree, unitId),
    unitId ? fetchAbove(unitId) : undefined,
  ]);
  return { rounds, season, above };
}
