// A round as its results show it; what all sections are given.
import { at, call } from "../../api";
import { sayIf as sayToAllIf } from "../../messages";
import { say } from "../say";
import { ResultRound, Somebody } from "./types";

export interface Section {
  round: ResultRound;
  /** Asks for the round again. */
  again: () => void;
}

/** What sections about all rounds of a contest are given. `path`: of its season; `official`: every round is. */
export interface SeasonSection {
  path: string;
  contestId: string;
  official: boolean;
}

export const pathOf = (roundId: string, ...parts: string[]): string => at("/api/scoring/rounds", roundId, ...parts);

export const fetchRound = async (roundId: string): Promise<ResultRound> =>
  (await call<ResultRound>("GET", pathOf(roundId))).body;

const stateName = (state: string): string => (state === "running" ? say("round_open") : sayToAllIf(state, say("res_closed")));

export const State = ({ state }: { state: string }) => <span class={`state ${state}`}>{stateName(state)}</span>;

/** A name with the end of the phone number; who was erased has none. */
export const nameOf = ({ name, phone, person }: Somebody): string =>
  name ? (phone ? `${name} (${phone})` : name) : say("res_nameless", { person });
