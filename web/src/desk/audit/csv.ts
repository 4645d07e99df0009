// The log as a file, with names beside the ids: the services know ids alone, and registration tells names to who may read the log.
const RISKY = /^[=+\-@\t\r]/;

/** The lines of a CSV file (RFC 4180), quoted cells and all. */
export function rowsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.replace(/^\uFEFF/, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    if (row.length > 1 || row[0]) rows.push(row);
    row = [];
  }
  return rows;
}

/** The rows of a file that comes in pieces of any length; never more than one row and a piece of it are held. */
export async function* rowsFrom(pieces: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = "";
  let looked = 0;
  let isQuoted = false;
  for await (const piece of pieces) {
    rest += piece;
    for (; looked < rest.length; looked++) {
      if (rest[looked] === '"') isQuoted = !isQuoted;
      if (rest[looked] !== "\n" || isQuoted) continue;
      yield* rowsOf(rest.slice(0, looked + 1));
      rest = rest.slice(looked + 1);
      looked = -1;
    }
  }
  yield* rowsOf(rest);
}

/** Lines of several logs as one, in the order of time; each log is in that order already. */
export async function* inOrder<Line extends { at: string }>(logs: AsyncIterator<Line>[]): AsyncGenerator<Line> {
  const heads = await Promise.all(logs.map((log) => log.next()));
  for (;;) {
    const left = heads.map((head, place) => ({ head, place })).filter(({ head }) => !head.done);
    if (!left.length) return;
    const { head, place } = left.reduce((first, other) => (other.head.value.at < first.head.value.at ? other : first));
    yield head.value as Line;
    heads[place] = await logs[place]!.next();
  }
}

/** Some lines at a time. */
export async function* together<Line>(lines: AsyncIterable<Line>, most: number): AsyncGenerator<Line[]> {
  let some: Line[] = [];
  for await (const line of lines) {
    some.push(line);
    if (some.length < most) continue;
    yield some;
    some = [];
  }
  if (some.length) yield some;
}

/** Rows as a part of a file. No cell begins a formula. */
export const written = (rows: string[][]): string => rows.map((row) => `${row.map(cellOf).join(",")}\r\n`).join("");

/** The file with a column "<name>_name" behind each of these columns. No cell begins a formula. */
export function withNames(rows: string[][], columns: string[], nameOf: (id: string) => string): string {
  const [head = [], ...lines] = rows;
  const places = new Set(columns.map((column) => head.indexOf(column)));
  const wider = (row: string[], more: (cell: string) => string) =>
    row.flatMap((cell, place) => (places.has(place) ? [cell, more(cell)] : [cell]));
  const named = (id: string) => (nameOf(id) === id ? "" : nameOf(id));
  const all = [wider(head, (cell) => `${cell}_name`), ...lines.map((row) => wider(row, named))];
  return "\uFEFF" + written(all);
}

/** What the service made harmless already stays as it is. */
const cellOf = (cell: string): string => `"${(RISKY.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`;
