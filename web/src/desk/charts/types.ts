// What scoring answers for charts. null: a group under ten people that is not shown.
export interface ChartDay {
  day: string;
  newcomers: number | null;
  attempts: number | null;
}

export interface ScoreBar {
  least: number;
  most: number;
  people: number;
}

export interface Step {
  step: "registered" | "started" | "submitted" | "perfect";
  people: number | null;
}

/** Of a round, or of all published rounds together. */
export interface Drawn {
  contest_id: string;
  title: string;
  built_at: string | null;
  unit_id: string | null;
  unit: string | null;
  full: boolean;
  suppressed: boolean;
  days: ChartDay[];
  scores: ScoreBar[] | null;
  steps: Step[] | null;
}

export interface RoundCharts extends Drawn {
  round_id: string;
  number: number;
  state: string;
  sealed: boolean;
}

/** Every person once. */
export interface SeasonCharts extends Drawn {
  rounds: number;
}

export interface ContestCharts {
  contest_id: string;
  title: string;
  season: { participants: number | null; rounds: number };
  rounds: RoundCharts[];
}

export interface UnitShare {
  unit_id: string;
  name: string;
  parent_id: string | null;
  participants: number | null;
  roster: number | null;
  rate_percent: string | null;
  suppressed: boolean;
}
