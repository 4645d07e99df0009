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

/** The file with a column "<name>_name" behind each of these columns. No cell begins a formula. */
export function withNames(rows: string[][], columns: string[], nameOf: (id: string) => string): string {
  const [head = [], ...lines] = rows;
  const places = new Set(columns.map((column) => head.indexOf(column)));
  const wider = (row: string[], more: (cell: string) => string) =>
    row.flatMap((cell, place) => (places.has(place) ? [cell, more(cell)] : [cell]));
  const named = (id: string) => (nameOf(id) === id ? "" : nameOf(id));
  const all = [wider(head, (cell) => `${cell}_name`), ...lines.map((row) => wider(row, named))];
  return "\uFEFF" + all.map((row) => row.map(cellOf).join(",")).join("\r\n") + "\r\n";
}

/** What the service made harmless already stays as it is. */
const cellOf = (cell: string): string => `"${(RISKY.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`;
