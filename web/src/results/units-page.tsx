// A unit table with an address of its own: a tree, or the units below one.
import { at, load } from "../api";
import { say } from "../messages";
import { link } from "../router";
import { PoolsOfUnit } from "../prizes/of-round";
import { Show, useLoaded } from "../shell/loaded";
import type { ScoredRound, Unit } from "../types";
import { TREES, Tree } from "./unit-rows";
import { UnitTables } from "./units";

interface Props {
  roundId: string;
  tree?: string;
  parent?: string;
}

export function UnitsPage({ roundId, tree, parent }: Props) {
  const path = at("/api/scoring/rounds", roundId);
  const chosen = TREES.find((each) => each === tree) ?? TREES[0];
  const about = useLoaded(() => fetchAll(path, parent), [path, parent]);
  return (
    <div class="page">
      <p>
        <a href={link("rounds", roundId)}>← {say("ways_back_results")}</a>
      </p>
      <Show loaded={about}>
        {({ round, above }) => (
          <>
            <h1>{above ? say("ways_units_of", { name: above.name }) : `${say("units")}: ${round.title}`}</h1>
            <Above roundId={roundId} tree={chosen} above={above} />
            {parent && round.contest_id && <PoolsOfUnit contestId={round.contest_id} roundId={roundId} unitId={parent} />}
            <UnitTables path={path} tree={chosen} parent={parent} href={(inTree, id) => link("units", roundId, inTree, id)} />
          </>
        )}
      </Show>
    </div>
  );
}

async function fetchAll(path: string, parent?: string) {
  const above = parent ? load<Unit>(at("/api/registration/units", parent)) : null;
  const [round, unit] = await Promise.all([load<ScoredRound>(path), above]);
  return { round, above: unit };
}

function Above({ roundId, tree, above }: { roundId: string; tree: Tree; above: Unit | null }) {
  if (!above) return null;
  return (
    <p>
      <a href={link("units", roundId, tree)}>{say("ways_units_all")}</a>
    </p>
  );
}
