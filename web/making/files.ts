import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The files below a folder, as paths relative to it, sorted. */
export function filesBelow(folder: string, inside = ""): string[] {
  const entries = readdirSync(join(folder, inside), { withFileTypes: true });
  const paths = entries.map((entry) => [join(inside, entry.name), entry.isDirectory()] as const);
  return paths.flatMap(([path, isFolder]) => (isFolder ? filesBelow(folder, path) : [path])).sort();
}
