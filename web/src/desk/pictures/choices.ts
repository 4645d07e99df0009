// What there is to look at: contests with rounds that have opened, and the units of an officer.
import { at, load } from "../../api";
import { clock } from "../../clock";
import type { RoundPlan } from "../../types";
import { fetchContests } from "../contests/lines";
import type { Right } from "../rights";

export interface Unit {
  id: string;
  name: string;
  tree: "administrative" | "party";
  parent_id: string | null;
}

export interface Contest {
  contest_id: string;
  title: string;
  /** Those that have opened, the last one first. */
  rounds: RoundPlan[];
}

export interface Choices {
  contests: Contest[];
  units: Unit[];
}

export const ownUnits = (held: readonly Right[]): string[] =>
  held.filter(({ role, kind }) => role === "officer" && kind === "unit").map(({ id }) => id);

export const fetchUnit = (id: string): Promise<Unit> => load<Unit>(at("/api/registration/units", id));

/** The unit above; undefined: there is none. */
export async function fetchAbove(unitId: string): Promise<Unit | undefined> {
  const { parent_id } = await fetchUnit(unitId);
  return parent_id === null ? undefined : fetchUnit(parent_id);
}

export async function fetchChoices(unitIds: string[]): Promise<Choices> {
  const [contests, units] = await Promise.all([fetchContests(), Promise.all(unitIds.map(fetchUnit))]);
  const begun = contests.map(({ contest_id, title, rounds }) => ({ contest_id, title, rounds: opened(rounds) }));
  return { contests: begun.filter(({ rounds }) => rounds.length).sort((one, other) => last(other) - last(one)), units };
}

function opened(rounds: RoundPlan[]): RoundPlan[] {
  const now = clock.now();
  return rounds.filter(({ opens_at }) => Date.parse(opens_at) <= now).sort((one, other) => other.number - one.number);
}

const last = ({ rounds }: Contest): number => Date.parse(rounds[0]!.opens_at);
