// Writes card.css: the theme's colours and the card's own rules, for the card that other sites frame.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

export function card(theme: string): Plugin {
  let folder = "";
  let rules = "";
  return {
    name: "hoithi-card",
    apply: "build",
    configResolved: (config) => {
      folder = config.build.outDir;
      rules = readFileSync(join(config.root, "src", "style", "card.css"), "utf8");
    },
    closeBundle: () => writeFileSync(join(folder, "card.css"), readFileSync(join(theme, "theme.css"), "utf8") + rules),
  };
}
