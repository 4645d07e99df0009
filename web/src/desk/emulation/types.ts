// What emulation answers the desk; the whole is in its OpenAPI document.

export type Kind = "collective" | "individual";

export interface Step {
  bound: number;
  points: number;
}

export interface Criterion {
  code: string;
  text: string;
  most: number;
  how: "yes-no" | "points" | "scaled" | "index" | "contest";
  group: string;
  field: string;
  hint: string;
  evidence: "none" | "optional" | "required";
  steps: Step[];
  measure: "rate" | "place";
  contest_id: string;
  rounds: string[];
}

export interface Award {
  code: string;
  name: string;
  given_by: string;
  subject: Kind;
  least_points: number;
  quota: number | null;
  quota_percent: number | null;
  within: "all" | "league" | "unit";
}

export interface Named {
  code: string;
  name: string;
}

export interface League extends Named {
  tree: string;
  kinds: string[];
}

export interface Rules {
  leagues: League[];
  fields: Named[];
  collective: Criterion[];
  individual: Criterion[];
  awards: Award[];
  tie_break: string[];
}

export interface Campaign {
  campaign_id: string;
  title: string;
  state: "draft" | "open" | "decided";
  revision: number;
  from_day: string;
  to_day: string;
  assess_until: string;
  review_until: string;
  decided_at: string | null;
  digest: string;
  organises: boolean;
  most: Record<Kind, number>;
  rules: Rules;
}

export interface Template {
  id: string;
  title: string;
  about: string;
}

export interface Listed {
  assessment_id: string | null;
  kind: Kind;
  unit_id: string;
  unit_name: string;
  name: string;
  position: string;
  league: string;
  state: string;
  handed_in_at: string | null;
  total: number;
  waits_for_you: boolean;
}

export interface OfCriterion {
  code: string;
  value: number | null;
  claimed: number;
  accepted: number | null;
  note: string;
  reason: string;
}

export interface EvidenceFile {
  file_id: string;
  code: string;
  name: string;
  size: number;
}

export interface Assessment {
  assessment_id: string;
  campaign_id: string;
  kind: Kind;
  unit_id: string;
  unit_name: string;
  name: string;
  position: string;
  state: string;
  revision: number;
  reason: string;
  criteria: OfCriterion[];
  files: EvidenceFile[];
  total: number;
  may_write: boolean;
  may_review: boolean;
}

export interface Ranked {
  assessment_id: string;
  kind: Kind;
  name: string;
  position: string;
  unit_name: string;
  league: string;
  place: number;
  total: number;
}

export interface Nominations {
  campaign: Campaign;
  nominees: { award: string; how: "rules" | "added"; reason: string; row: Ranked }[];
  passed_over: { award: string; why: "left-out" | "tied"; reason: string; row: Ranked }[];
}

export interface SheetRead {
  saved: boolean;
  values: { unit_id: string; name: string; before: number | null; value: number }[];
  findings: { row: number; column: string; message: string }[];
}

export interface CountedSources {
  indices: { code: string; text: string; values: number }[];
  rounds: { round_id: string; fetched_at: string | null; trouble: string }[];
}

export const isClaimed = ({ how }: Criterion): boolean => how !== "index" && how !== "contest";
