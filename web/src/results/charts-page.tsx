// Charts of a round for everybody: of all, or of a unit with those below it. Small groups are not shown.
import { at, load } from "../api";
import { OfRound } from "../desk/charts/round";
import { fetchCharts, fetchShares } from "../desk/charts/shares";
import type { RoundCharts } from "../desk/charts/types";
import { Units } from "../desk/charts/units";
import { word } from "../desk/charts/words";
import { say } from "../messages";
import { Route, SEASON, link } from "../router";
import { Show, useLoaded } from "../shell/loaded";
import type { Unit } from "../types";
import { SeasonPage } from "./season-page";
import { TREES } from "./unit-rows";

/** Of a round, #/charts/<round>/<tree>/<unit>, or of a whole contest: one address, for the first visit pays for each. */
export function ChartsPage({ parts: [id = "", ...more] }: { parts: Route }) {
  if (id !== SEASON) return <RoundPage roundId={id} tree={more[0]} unitId={more[1] || undefined} />;
  return <SeasonPage contestId={more[0] ?? ""} tree={more[1]} unitId={more[2] || undefined} />;
}

interface Props {
  roundId: string;
  tree?: string;
  unitId?: string;
}

function RoundPage({ roundId, tree, unitId }: Props) {
  const path = at("/api/scoring/rounds", roundId);
  const chosen = TREES.find((each) => each === tree) ?? TREES[0];
  const found = useLoaded(() => fetchAll(path, chosen, unitId ?? null), [path, chosen, unitId]);
  const href = (id: string) => link("charts", roundId, chosen, id);
  return (
    <div class="page">
      <p>
        <a href={link("rounds", roundId)}>← {say("ways_back_results")}</a>
        {found.state === "there" && (
          <>
            {" · "}
            <a href={link("charts", SEASON, found.value.charts.contest_id)}>{word("season_link")}</a>
          </>
        )}
      </p>
      <Show loaded={found}>
        {({ charts, units, above }) => (
          <>
            <h1>{say("charts_of", { name: charts.unit ?? charts.title })}</h1>
            {charts.unit && (
              <p>
                <a href={above ? href(above) : link("charts", roundId, chosen)}>{say("charts_up")}</a>
              </p>
            )}
            <OfRound charts={charts} />
            <nav class="choices" aria-label={say("units")}>
              {TREES.map((each) => (
                <a key={each} href={link("charts", roundId, each)} aria-current={each === chosen ? "page" : undefined}>
                  {say(`ways_tree_${each}`)}
                </a>
              ))}
            </nav>
            {units && <Units title={word(charts.unit ? "units" : "units_top")} units={units} href={href} />}
          </>
        )}
      </Show>
    </div>
  );
}

async function fetchAll(path: string, tree: string, unitId: string | null) {
  const [charts, units, unit] = await Promise.all([
    fetchCharts<RoundCharts>(load, path, unitId),
    fetchShares(load, path, tree, unitId).catch(() => null),
    unitId === null ? null : load<Unit & { parent_id?: string | null }>(at("/api/registration/units", unitId)),
  ]);
  return { charts, units, above: unit?.parent_id ?? null };
}
