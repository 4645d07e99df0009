// All published rounds of a contest together, of everybody or of a unit, with the units right below.
import { at } from "../../api";
import { OfSeason } from "./round";
import { Ask, fetchCharts, fetchShares } from "./shares";
import type { SeasonCharts, UnitShare } from "./types";
import { Units } from "./units";
import { counted, word } from "./words";

export interface SeasonFound {
  charts: SeasonCharts;
  /** null: not known. */
  units: UnitShare[] | null;
}

export const seasonPath = (contestId: string): string => at("/api/scoring/contests", contestId, "season");

/** Before there are results there are no units to ask for. */
export async function fetchSeason(ask: Ask, contestId: string, tree: string, unitId: string | null): Promise<SeasonFound> {
  const path = seasonPath(contestId);
  const charts = await fetchCharts<SeasonCharts>(ask, path, unitId);
  return { charts, units: charts.rounds ? await fetchShares(ask, path, tree, unitId).catch(() => null) : null };
}

interface Props {
  found: SeasonFound;
  /** The address of a unit's own charts. */
  href: (unitId: string) => string;
}

export function Season({ found: { charts, units }, href }: Props) {
  const started = charts.steps?.find(({ step }) => step === "started");
  if (!charts.rounds) return <p class="quiet">{word("season_later")}</p>;
  return (
    <>
      {started && !charts.unit && <p>{word("season", { n: counted(started.people), rounds: charts.rounds })}</p>}
      <OfSeason charts={charts} />
      {units && <Units title={word(charts.unit ? "units" : "units_top")} units={units} href={href} />}
    </>
  );
}
