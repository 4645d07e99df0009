// What emulation tells a person of the own part in campaigns.
import type { Assessment, Criterion } from "../desk/emulation/types";

export const BASE = "/api/emulation";

export type Mine = "not-begun" | "draft" | "handed-in" | "returned" | "confirmed";

export interface OwnLine {
  campaign_id: string;
  title: string;
  state: "open" | "decided";
  assess_until: string;
  review_until: string;
  decided_at: string | null;
  mine: Mine;
  may_begin: boolean;
}

export interface OwnAssessment extends Assessment {
  state: Exclude<Mine, "not-begun">;
  handed_in_at: string | null;
  reviewed_at: string | null;
}

export interface Standing {
  /** null: it had not been confirmed when the list was decided. */
  place: number | null;
  total: number | null;
  awards: { code: string; name: string; given_by: string }[];
}

export interface OwnCampaign extends OwnLine {
  most: number;
  criteria: Criterion[];
  fields: { code: string; name: string }[];
  assessment: OwnAssessment | null;
  standing: Standing | null;
}

const WRITABLE: Mine[] = ["draft", "returned"];

/** Until when the person may write: what was given back may be mended until reviews end. */
export const writableUntil = ({ mine, assess_until, review_until }: OwnLine): string =>
  mine === "returned" ? review_until : assess_until;

/** Whether the person may write now (ms). */
export const isWritable = (own: OwnLine, now: number): boolean =>
  own.state === "open" && WRITABLE.includes(own.mine) && now < Date.parse(writableUntil(own));
