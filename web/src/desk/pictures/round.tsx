// One round: of everybody or of a unit, and the units right below.
import { at, call } from "../../api";
import { useValue } from "../../observable";
import { link } from "../../router";
import { usePolled } from "../base/polled";
import { OfRound } from "../charts/round";
import { fetchCharts, fetchShares } from "../charts/shares";
import type { RoundCharts, UnitShare } from "../charts/types";
import { Units } from "../charts/units";
import { word } from "../charts/words";
import { holds, organises, rights } from "../rights";
import { say } from "../say";
import type { Live } from "../types";
import { Unit, fetchAbove } from "./choices";

const EVERY_MS = 30_000;

/** A unit with everything below it; without one the whole tree. */
export interface Scope {
  tree: "administrative" | "party";
  unitId: string | null;
}

interface Props {
  contestId: string;
  roundId: string;
  scope: Scope;
}

interface Found {
  charts: RoundCharts;
  units: UnitShare[] | null;
  /** The unit above; undefined: there is none. */
  above?: Unit;
  open: number | null;
}

export function RoundPictures({ contestId, roundId, scope }: Props) {
  const held = useValue(rights) ?? [];
  const watches = organises(held, contestId) || holds(held, "operator");
  const about = [roundId, scope.tree, scope.unitId, watches];
  const { value, failed } = usePolled(() => fetchFound(roundId, scope, watches), EVERY_MS, about);
  if (!value)
    return (
      <p class="quiet" role="status">
        {say(failed ? "pic_failed" : "board_waiting")}
      </p>
    );
  const { charts, units, above, open } = value;
  const href = (unitId: string) => link("charts", contestId, roundId, scope.tree, unitId);
  return (
    <section>
      <h2>{charts.unit ? `${charts.unit} · ${charts.title}` : charts.title}</h2>
      {charts.unit && (
        <p>
          <a href={above ? href(above.id) : link("charts", contestId, roundId, scope.tree)}>
            ← {above ? say("pic_up", { unit: above.name }) : say("pic_whole")}
          </a>
        </p>
      )}
      {open !== null && open > 0 && <p class="quiet">{say("pic_open", { n: open })}</p>}
      <OfRound charts={charts} />
      {units && <Units title={word(charts.unit ? "units" : "units_top")} units={units} href={href} />}
    </section>
  );
}

export const ask = async <T,>(path: string): Promise<T> => (await call<T>("GET", path)).body;

async function fetchFound(roundId: string, { tree, unitId }: Scope, watches: boolean): Promise<Found> {
  const path = at("/api/scoring/rounds", roundId);
  const [charts, units, above, open] = await Promise.all([
    fetchCharts<RoundCharts>(ask, path, unitId),
    fetchShares(ask, path, tree, unitId).catch(() => null),
    unitId ? fetchAbove(unitId) : undefined,
    watches ? fetchOpen(roundId) : null,
  ]);
  return { charts, units, above, open };
}

/** Papers that exam has not taken yet; null: not known. */
const fetchOpen = (roundId: string): Promise<number | null> =>
  call<Live>("GET", at("/api/exam/rounds", roundId, "live")).then(
    ({ body }) => (body.state === "open" ? body.open : null),
    () => null,
  );
