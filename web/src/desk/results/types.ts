// What scoring answers about the results of a round.
export interface ResultRound {
  round_id: string;
  contest_id: string;
  title: string;
  state: string;
  closes_at: string | null;
  counts?: { attempts: number; participants: number; expected: number | null; unscored: number; perfect?: number };
  results?: { revision: number; digest: string; built_at: string; official_at: string | null; valid_attempts: number };
}

export interface Signed {
  statement: { digest: string; revision: number; state: string };
  signature: string;
  kid: string;
}

export interface Proposal {
  proposal_id: string;
  act: string;
  by: string;
  at: string;
  state: string;
}

export interface Somebody {
  person: string;
  name: string | null;
  phone: string | null;
}

export interface Flag {
  flag_id: string;
  kind: string;
  unit: string | null;
  facts: Record<string, number>;
  attempts: string[];
  people: Somebody[];
  decision: { outcome: string; reason: string; at: string } | null;
}

export interface Flags {
  up_to_date: boolean;
  open: number;
  decided: number;
  total: number;
  flags: Flag[];
  next: string | null;
}

export interface Candidate extends Somebody {
  division: string;
  division_place: number;
  unit: string | null;
  points: number;
  duration_ms: number;
  prize: string | null;
  role: string;
  check: { state: string; reason: string; at: string } | null;
}

export interface Winners {
  scope: string;
  state: string;
  must_be_verified: boolean;
  unverified: number;
  total: number;
  winners: Candidate[];
  refused: Candidate[];
  reserves: Candidate[];
}

export interface Complaint extends Somebody {
  complaint_id: string;
  kind: string;
  text: string;
  attempt_number: number | null;
  state: string;
  received_at: string;
  decide_by: string;
  overdue: boolean;
  said: { by: string; text: string; at: string }[];
  reason: string;
}
