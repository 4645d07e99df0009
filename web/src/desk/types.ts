// What the doors answer the desk; the whole is in their OpenAPI documents.
import type { Notice, RoundPlan, Rules as ShownRules } from "../types";

export interface Draw {
  topic: string;
  level: string;
  count: number;
}

export interface Division {
  name: string;
  bank: string;
  blueprint: Draw[];
}

/** Every setting by its name, as `GET /api/exam/rules` describes them. */
export type Rules = Omit<ShownRules, "divisions"> & { divisions: Division[]; options: number; time_zone: string } & Record<
    string,
    unknown
  >;

export interface Amendment {
  revision: number;
  reason: string;
  notice: string;
  announced_at: string;
  changes: Record<string, { before: string; after: string }>;
}

export interface Contest {
  contest_id: string;
  title: string;
  state: "draft" | "published";
  revision: number;
  rules: Rules;
  rounds: RoundPlan[];
  amendments: Amendment[];
  published_at: string | null;
}

export interface Described {
  name: string;
  kind: "whole" | "flag" | "choice" | "text" | "list" | "part";
  group?: string;
  nullable: boolean;
  required: boolean;
  least?: number;
  most?: number;
  choices?: string[];
  fields?: Described[];
  default?: unknown;
}

export interface Finding {
  severity: "error" | "warning";
  code: string;
  where: string;
  message: string;
}

export interface Checked {
  ready: boolean;
  findings: Finding[];
}

export interface Stock {
  bank_id: string;
  /** The newest approved one; a draft only while none is approved. */
  version: number;
  state: "draft" | "approved";
  title: string;
  questions: number;
  usable: number;
  topics: { topic: string; name: string; levels: Record<string, number> }[];
}

export interface BankVersion {
  bank_id: string;
  version: number;
  title: string;
  questions: number;
}

export interface BankQuestion {
  id: string;
  topic: string;
  level: string;
  text: string;
  options: string[];
  right: string;
}

export interface Halt {
  halted_at: string;
  reason: string;
  notice: string;
  resumed_at: string | null;
}

export interface Round extends RoundPlan {
  contest_id: string;
  state: string;
  prediction: string;
  notices: Notice[];
  halts: Halt[];
  attempts: number | null;
}

export interface Live {
  state: string;
  at: string | null;
  begun: number;
  open: number;
  submitted: number;
  minutes: { at: string; begun: number; submitted: number; open: number }[];
  /** Division -> "bank:version" that the papers are drawn from. */
  banks: Record<string, string>;
}

export interface Scored {
  state: string;
  counts?: { attempts: number; participants: number; expected: number | null; unscored: number };
}

export interface UnitTakingPart {
  unit_id: string;
  name: string;
  participants: number | null;
  attempts: number | null;
  roster: number | null;
  rate_percent: string | null;
}
