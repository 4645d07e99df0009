// What scoring and registration answer officers; the whole is in their OpenAPI documents.

export interface Unit {
  id: string;
  name: string;
}

export interface UnitStanding {
  unit_id: string;
  name: string;
  participants: number;
  roster: number | null;
  registered: number;
  not_yet: number;
  rate_percent: string | null;
  mean_points: string | null;
  attempts: number;
}

export interface Standing {
  round_id: string;
  title: string;
  state: string;
  built_at: string | null;
  unit: UnitStanding;
  place: number | null;
  peers: number;
  below: UnitStanding[];
  days: { day: string; newcomers: number }[];
}

export interface RoundStanding {
  round_id: string;
  number: number;
  title: string;
  participants: number;
  roster: number | null;
  rate_percent: string | null;
  mean_points: string | null;
  place: number | null;
  peers: number;
}

export interface Missing {
  user_id: string;
  name: string;
  phone: string | null;
  division: string;
}

export interface MissingPage {
  people: Missing[];
  next: string | null;
}

export interface Reminder {
  people: number;
  requested_at: string;
}

export interface Report {
  kind: "daily" | "weekly";
  day: string;
  made_at: string;
}

export interface Finding {
  severity: "error" | "warning";
  row: number;
  column: string | null;
  message: string;
}

export interface RosterRead {
  kind: "headcounts" | "people";
  rows: number;
  saved: boolean;
  units: { unit_id: string; name: string; headcount: number; before: number | null }[];
  findings: Finding[];
}

export interface Times {
  daily_at: string | null;
  weekly_at: string | null;
  weekly_on: number;
}

export interface Evaluation {
  criterion: string;
  steps: { least_rate: number; points: number }[];
}
