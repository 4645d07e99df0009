// What exam and scoring tell of question banks.
import type { BankQuestion } from "../types";

export interface Version {
  bank_id: string;
  version: number;
  title: string;
  language: string;
  questions: number;
  imported_at: string;
  imported_by: string;
  state: "draft" | "approved";
  approved_by: string | null;
  approved_at: string | null;
  note: string;
}

export interface Asked extends BankQuestion {
  why: string;
  source: string;
  practice: boolean;
  /** The reference of a picture and its words; "" for none. */
  picture: string;
  alt: string;
}

export interface TopicCounts {
  topic: string;
  name: string;
  levels: Record<string, number>;
  practice: number;
}

export interface Language {
  code: string;
  name: string;
  questions: number;
  texts: number;
  sounds: number;
}

export interface Overview extends Version {
  topics: TopicCounts[];
  languages: Language[];
}

export type Kind = "key" | "changed" | "added" | "dropped";

export interface Change {
  id: string;
  kind: Kind;
  fields: (keyof Asked)[];
  before: Asked | null;
  after: Asked | null;
}

export interface Differences {
  against: number | null;
  counts: Record<Kind, number>;
  renamed: Record<string, { before: string; after: string }>;
  page: Change[];
  next: number | null;
}

export interface Found {
  severity: "error" | "warning";
  code: string;
  where: string;
  place: string;
  message: string;
  /** The two questions of a double. */
  pair?: [Asked, Asked];
}

export interface Outcome {
  format: string | null;
  title: string;
  questions: number;
  topics: TopicCounts[];
  findings: Found[];
  preview: Asked[];
  /** Against the newest version `against`; null while there are errors. */
  counts: Record<Kind, number> | null;
  against: number | null;
  version: number | null;
  version_state: "draft" | "approved" | null;
}

export interface Upload {
  upload_id: string;
  bank_id: string;
  name: string;
  state: string;
  step: string;
  keep: boolean;
  done: number;
  total: number;
  outcome: Outcome | null;
}

export interface Choice {
  letters: string;
  count: number;
  upper: number;
  lower: number;
}

export interface Item {
  question_id: string;
  right: string;
  answers: number;
  omitted: number;
  facility: number;
  discrimination: number;
  point_biserial: number | null;
  choices: Choice[];
  flags: string[];
}

export interface Items {
  attempts: number;
  questions: number;
  made_at: string;
  items: Item[];
  next: number | null;
}
