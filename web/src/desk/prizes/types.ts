// What scoring answers about pools of committees and prizes of collectives.
import type { Prize } from "../../types";
import type { Somebody } from "../results/types";

export interface PoolBody {
  unit_id: string;
  title: string;
  sponsor: string;
  notice: string;
  prizes: Prize[];
  divisions: string[];
  rounds: string[];
  season: boolean;
  also_main: boolean;
}

export interface Pool extends PoolBody {
  pool_id: string;
  unit: string | null;
  tree: string | null;
  /** A round it is for has opened: nothing changes any more. */
  fixed: boolean;
  may_run: boolean;
}

export interface Pools {
  officers: boolean;
  divisions: string[];
  pools: Pool[];
}

export interface Check {
  state: string;
  reason: string;
  at: string;
}

export interface PoolCandidate extends Somebody {
  division: string;
  division_place: number;
  place: number;
  unit: string | null;
  points: number;
  duration_ms: number;
  prize: string | null;
  check: Check | null;
}

export interface PoolCandidates {
  title: string;
  state: string;
  unverified: number;
  total: number;
  winners: PoolCandidate[];
  refused: PoolCandidate[];
  reserves: PoolCandidate[];
}

export interface Block {
  title: string;
  tree: string;
  kinds: string[];
  least_roster: number | null;
  most_roster: number | null;
  prizes: Prize[];
}

export interface CollectivePrizes {
  rounds: string[];
  /** Prizes over all rounds, too. */
  season: boolean;
  blocks: Block[];
}

export interface UnitWinner {
  block: string;
  prize: string | null;
  place: number | null;
  unit_id: string;
  unit: string;
  participants: number | null;
  rate_percent: string | null;
  mean_points: string | null;
  check: Check | null;
}

export interface UnitPrizes {
  state: string;
  winners: UnitWinner[];
  refused?: UnitWinner[];
  reserves?: UnitWinner[];
  unverified?: number;
}
