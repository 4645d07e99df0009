// Rows of a unit table: their order, and which of them a search finds.

export const TREES = ["administrative", "party"] as const;
export type Tree = (typeof TREES)[number];
const LAST = 1e9;

/** null: not shown, because the group is small. `below`: there is a table of the units under it. */
export interface UnitRow {
  unit_id: string;
  name: string | null;
  kind: string;
  place: number | null;
  participants: number | null;
  roster: number | null;
  rate_percent: string | null;
  mean_points: string | null;
  suppressed?: boolean;
  below?: boolean;
}

/** Places count within a kind; who has none comes after, by participants, then by name. */
export function byPlace(one: UnitRow, other: UnitRow): number {
  return (
    one.kind.localeCompare(other.kind) ||
    (one.place ?? LAST) - (other.place ?? LAST) ||
    (other.participants ?? 0) - (one.participants ?? 0) ||
    (one.name ?? "").localeCompare(other.name ?? "", "vi")
  );
}

/** "Đồng Văn" as "dong van": the way people type on a phone. */
export const folded = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d");

/** Every word typed is the beginning of a word of the name. */
export function found(rows: UnitRow[], text: string): UnitRow[] {
  const words = folded(text).split(/\s+/).filter(Boolean);
  return words.length ? rows.filter((row) => isMeant(folded(row.name ?? row.unit_id), words)) : rows;
}

const isMeant = (name: string, words: string[]): boolean => {
  const parts = name.split(/[\s,.\-–/()]+/);
  return words.every((word) => parts.some((part) => part.startsWith(word)));
};
