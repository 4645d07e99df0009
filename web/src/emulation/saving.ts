// What is written of the criteria, on its way to the server. Plain values in, plain values out.
import { Assessment, Criterion, isClaimed } from "../desk/emulation/types";
import { decimalOf, written } from "./decimals";

/** As typed. `value`: "1" or "0" for yes or no, points, per cent; "" for nothing yet. */
export interface Entry {
  value: string;
  note: string;
}

/** Criterion -> what is written of it. */
export type Sheet = Record<string, Entry>;

/**
 * `typed`: what the person sees. `known`: what the server said it has, in the state of `revision`.
 * `tried`: what was sent and may have arrived, because its answer was lost.
 */
export interface Saving {
  typed: Sheet;
  known: Sheet;
  revision: number;
  tried: Sheet | null;
}

export const EMPTY: Entry = { value: "", note: "" };

/** What the server has of the criteria that are claimed. */
export function sheetOf(assessment: Assessment, criteria: Criterion[]): Sheet {
  const parts = new Map(assessment.criteria.map((part) => [part.code, part]));
  const entry = (code: string): Entry => {
    const part = parts.get(code);
    return part ? { value: written(part.value), note: part.note } : EMPTY;
  };
  return Object.fromEntries(criteria.filter(isClaimed).map(({ code }) => [code, entry(code)]));
}

export const saving = (sheet: Sheet, revision: number): Saving => ({ typed: sheet, known: sheet, revision, tried: null });

export const write = (now: Saving, code: string, part: Partial<Entry>): Saving => ({
  ...now,
  typed: { ...now.typed, [code]: { ...EMPTY, ...now.typed[code], ...part } },
});

/** What a value may be at most; from 0 on. */
export const mostOf = ({ how, most }: Criterion): number => (how === "yes-no" ? 1 : how === "points" ? most : 100);

/** Why a value cannot be claimed (emulation's rule: domain/criteria.py); null when it can. */
export function wrongOf(criterion: Criterion, text: string): "not-a-number" | "out-of-range" | null {
  if (!text.trim()) return null;
  const value = decimalOf(text);
  if (value === null) return "not-a-number";
  return value < 0 || value > mostOf(criterion) ? "out-of-range" : null;
}

/** The points of a value (emulation's rule: domain/criteria.py). */
export function worth({ how, most, steps }: Criterion, value: number | null): number {
  if (value === null) return 0;
  if (how === "yes-no") return value ? most : 0;
  if (how === "points") return Math.round(100 * Math.min(Math.max(value, 0), most)) / 100;
  return Math.max(0, ...steps.filter(({ bound }) => value >= bound).map(({ points }) => points));
}

/** Whether something of what is written is not known to be at the server. */
export const isUnsent = (now: Saving): boolean =>
  now.tried !== null || Object.keys(now.typed).some((code) => differs(now.typed, now.known, code));

/** The whole sheet to be sent, or null when there is nothing. What cannot be claimed stays here, and everything else goes. */
export function nextSheet(now: Saving, criteria: Criterion[]): Sheet | null {
  const sheet = { ...now.typed };
  for (const criterion of criteria.filter(isClaimed)) {
    const entry = sheet[criterion.code] ?? EMPTY;
    if (wrongOf(criterion, entry.value)) sheet[criterion.code] = { ...entry, value: now.known[criterion.code]?.value ?? "" };
  }
  const isNews = Object.keys(sheet).some((code) => differs(sheet, now.known, code));
  return isNews || now.tried ? sheet : null;
}

/** The server took a sheet. What was written since stays unsent. */
export const accepted = (now: Saving, sheet: Sheet, revision: number): Saving => ({ ...now, known: sheet, revision, tried: null });

/**
 * The server's sheet, perhaps from another device: each criterion keeps what was written here and not yet sent, the others
 * show what the server has. `changed`: the criteria that now show something else.
 */
export function joined(now: Saving, server: Sheet, revision: number): { now: Saving; changed: string[] } {
  const isOwn = (code: string) =>
    differs(now.typed, now.known, code) || (now.tried !== null && differs(now.tried, now.known, code));
  const typed = Object.fromEntries(
    Object.entries(server).map(([code, entry]) => [code, isOwn(code) ? (now.typed[code] ?? EMPTY) : entry]),
  );
  const changed = Object.keys(typed).filter((code) => differs(typed, now.typed, code));
  return { now: { typed, known: server, revision, tried: null }, changed };
}

/** As the door takes it. */
export const bodyOf = (sheet: Sheet) =>
  Object.entries(sheet).map(([code, { value, note }]) => ({ code, value: decimalOf(value), note: note.trim() }));

/** The schema names the place in the list, the rules name the criterion: "claims.2.note" is "claims.I3.note". */
export const byCode = (fields: Record<string, string>, codes: string[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).map(([path, sentence]) => {
      const [list, place = "", ...rest] = path.split(".");
      const code = codes[Number(place)];
      return [list === "claims" && code && rest.length ? ["claims", code, ...rest].join(".").replace(/\.value$/, "") : path, sentence];
    }),
  );

/** Values are compared as numbers: "12,50" is no news after "12,5". */
function differs(one: Sheet, other: Sheet, code: string): boolean {
  const [here, there] = [one[code] ?? EMPTY, other[code] ?? EMPTY];
  return valuesDiffer(here.value, there.value) || here.note.trim() !== there.note.trim();
}

function valuesDiffer(here: string, there: string): boolean {
  const [one, other] = [decimalOf(here), decimalOf(there)];
  return one === null && other === null ? here.trim() !== there.trim() : one !== other;
}
