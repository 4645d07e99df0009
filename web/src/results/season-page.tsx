// All rounds of a contest together, for everybody: units that win, charts, units by place: #/charts/season/<contest>/<tree>/<unit>.
import { at, load } from "../api";
import { Season, SeasonFound, fetchSeason, seasonPath } from "../desk/charts/season";
import { word } from "../desk/charts/words";
import { say } from "../messages";
import { UnitWinners } from "../prizes/of-round";
import type { UnitWinner } from "../prizes/types";
import { SEASON, link } from "../router";
import { Arrived } from "../shell/arrived";
import { Show, useLoaded } from "../shell/loaded";
import type { Unit } from "../types";
import { TREES } from "./unit-rows";
import { UnitTables } from "./units";

interface Props {
  contestId: string;
  tree?: string;
  unitId?: string;
}

const FILES = ["season.csv", "season/units.csv", "season/prizes.csv"];

export function SeasonPage({ contestId, tree, unitId }: Props) {
  const chosen = TREES.find((each) => each === tree) ?? TREES[0];
  const found = useLoaded(() => fetchAll(contestId, chosen, unitId ?? null), [contestId, chosen, unitId]);
  const path = seasonPath(contestId);
  const href = (inTree: string, id?: string) => link("charts", SEASON, contestId, inTree, id);
  return (
    <div class="page">
      <p>
        <a href={link("contests", contestId)}>← {say("to_rounds")}</a>
      </p>
      <Show loaded={found}>
        {({ season, winners, above }) => (
          <>
            <Arrived contestId={contestId} />
            <h1>{word("season_of", { name: season.charts.unit ?? season.charts.title })}</h1>
            {season.charts.unit && (
              <p>
                <a href={above ? href(chosen, above) : href(chosen)}>{above ? say("charts_up") : word("season_up")}</a>
              </p>
            )}
            {!season.charts.rounds ? (
              <p role="status">{word("season_none")}</p>
            ) : (
              <>
                {!season.charts.unit && <UnitWinners title={word("season_honoured")} rows={winners} />}
                <Season found={season} href={(id) => href(chosen, id)} />
                {(!season.charts.unit || season.units?.length !== 0) && (
                  <>
                    <h2>{word("season_units")}</h2>
                    <p class="quiet">{word("season_units_text")}</p>
                    <UnitTables path={path} tree={chosen} parent={unitId} href={href} mean={word("season_mean")} />
                  </>
                )}
                {!season.charts.unit && <Files contestId={contestId} />}
              </>
            )}
          </>
        )}
      </Show>
    </div>
  );
}

function Files({ contestId }: { contestId: string }) {
  const path = at("/api/scoring/contests", contestId);
  return (
    <section class="card">
      <h2>{word("season_files")}</h2>
      <p class="choices">
        {FILES.map((file) => (
          <a key={file} href={`${path}/${file}`} download="">
            {file.replace("season/", "season-")}
          </a>
        ))}
      </p>
    </section>
  );
}

interface Found {
  season: SeasonFound;
  winners: UnitWinner[];
  /** The unit above; null: there is none. */
  above: string | null;
}

async function fetchAll(contestId: string, tree: string, unitId: string | null): Promise<Found> {
  const [season, winners, unit] = await Promise.all([
    fetchSeason(load, contestId, tree, unitId),
    unitId === null ? winnersOf(contestId) : [],
    unitId === null ? null : load<Unit & { parent_id?: string | null }>(at("/api/registration/units", unitId)),
  ]);
  return { season, winners, above: unit?.parent_id ?? null };
}

/** None before there are results. */
const winnersOf = (contestId: string): Promise<UnitWinner[]> =>
  load<{ winners: UnitWinner[] }>(`${seasonPath(contestId)}/unit-prizes`).then(
    ({ winners }) => winners,
    () => [],
  );
