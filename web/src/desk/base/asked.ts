// What a table asks of its source, and a source for what is in memory already.
import { fold } from "./fold";

export interface Asked {
  q: string;
  sort: string | null;
  down: boolean;
  filters: Record<string, string>;
  /** Where the page begins: what the source gave as `next`; null: at the beginning. */
  from: string | null;
  limit: number;
}

export interface Page<Row> {
  rows: Row[];
  /** null: this is the last page. */
  next: string | null;
  /** How many there are in all, where that is known. */
  total?: number;
}

export type Source<Row> = (asked: Asked) => Promise<Page<Row>>;

export interface InMemory<Row> {
  rows: Row[];
  /** What is searched. */
  text: (row: Row) => string;
  /** What is compared, by column. */
  value?: Record<string, (row: Row) => string | number>;
  /** Whether a row has the chosen value of a filter. */
  has?: Record<string, (row: Row, chosen: string) => boolean>;
}

/** Searches, sorts and cuts a list into pages, as a server would. */
export function ofList<Row>({ rows, text, value = {}, has = {} }: InMemory<Row>): Source<Row> {
  return async (asked) => {
    const words = fold(asked.q).split(/\s+/).filter(Boolean);
    const found = rows.filter(
      (row) =>
        words.every((word) => fold(text(row)).includes(word)) &&
        Object.entries(asked.filters).every(([name, chosen]) => !chosen || has[name]?.(row, chosen)),
    );
    const by = asked.sort ? value[asked.sort] : undefined;
    if (by) found.sort((one, other) => compared(by(one), by(other)) * (asked.down ? -1 : 1));
    const start = Number(asked.from ?? 0);
    const end = start + asked.limit;
    return { rows: found.slice(start, end), next: end < found.length ? String(end) : null, total: found.length };
  };
}

const compared = (one: string | number, other: string | number): number =>
  typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), "vi");
