// Prizes beside the contest's own, as everybody may read them.
import type { Prize } from "../types";

export interface Pool {
  pool_id: string;
  unit_id: string;
  unit: string | null;
  tree: string | null;
  title: string;
  sponsor: string;
  notice: string;
  prizes: Prize[];
  rounds: string[];
  season: boolean;
}

export interface OwnPool extends Pool {
  prize: string | null;
}

export interface PoolWinner {
  person: string;
  name: string | null;
  division: string;
  place: number;
  unit: string | null;
  points: number;
  prize: string;
}

export interface UnitWinner {
  block: string;
  prize: string;
  place: number;
  unit_id: string;
  unit: string;
  tree: string;
  participants: number | null;
  rate_percent: string | null;
}
