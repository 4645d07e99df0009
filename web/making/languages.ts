// "virtual:languages": code -> own name of every file in src/messages, so that the page need not load them to list them.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const NAME = "virtual:languages";

export function languages(folder: string): Plugin {
  return {
    name: "hoithi-languages",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: (id) => (id === `\0${NAME}` ? `export default ${JSON.stringify(names(folder))}` : undefined),
  };
}

function names(folder: string): Record<string, string> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const codes = files.map((name) => [name.replace(/\.json$/, ""), join(folder, name)] as const);
  return Object.fromEntries(codes.map(([code, path]) => [code, nameIn(path) ?? code]));
}

/** A translator may not have come to it yet. */
const nameIn = (path: string): string | undefined => JSON.parse(readFileSync(path, "utf8")).language_name;
