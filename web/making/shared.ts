// Writes shared.html: index.html for shared links. nginx puts in what a service tells of the address (title, description,
// pictures, a text that needs no script); when it tells nothing, what index.html says stays. See docs/decisions/0092.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const OWN = /\s*<title>.*?<\/title>|\s*<meta (?:name="description"|property="og:)[^>]*>/gs;
const BODY = /<\/head>\s*(<body>.*<\/body>)/s;

export function shared(): Plugin {
  let folder = "";
  return {
    name: "hoithi-shared",
    apply: "build",
    configResolved: (config) => void (folder = config.build.outDir),
    closeBundle: () => writeFileSync(join(folder, "shared.html"), sharedFrom(readFileSync(join(folder, "index.html"), "utf8"))),
  };
}

export function sharedFrom(index: string): string {
  const [, body] = BODY.exec(index) ?? [];
  if (!body) throw new Error("index.html has no body");
  const own = (index.match(OWN) ?? []).map((tag) => tag.trim()).join("\n");
  const plain = `<!--# block name="plain" -->${own}\n</head>\n${body}<!--# endblock -->`;
  const told = `<!--# include virtual="$shared_page" stub="plain" -->`;
  return plain + index.replace(BODY, "").replace(OWN, "").replace(/\s*<\/html>/, () => `\n${told}\n</html>`);
}
