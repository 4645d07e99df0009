// Writes sw.js: the service worker with the list of this build's files, so that the page opens without network.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { filesBelow } from "./files";

const entry = /^assets\/index-|\.svg$/;

export function offline(): Plugin {
  let folder = "";
  let template = "";
  return {
    name: "hoithi-offline",
    apply: "build",
    configResolved: (config) => {
      folder = config.build.outDir;
      template = readFileSync(join(config.root, "src", "service-worker.js"), "utf8");
    },
    closeBundle: () => {
      // What only some people need - other languages, the picture of a receipt - is kept when it is first used; what only
      // servers and other sites need is not kept at all.
      const needed = (name: string) =>
        !["sw.js", "shared.html", "card.css"].includes(name) && !name.endsWith(".gz") && !(name.startsWith("assets/") && !entry.test(name));
      const files = filesBelow(folder).filter(needed);
      const digest = createHash("sha256");
      files.forEach((name) => digest.update(name).update(readFileSync(join(folder, name))));
      const addresses = files.map((name) => (name === "index.html" ? "/" : `/${name}`));
      const filled = template
        .replace("__VERSION__", digest.digest("hex").slice(0, 12))
        .replace("[/* files */]", JSON.stringify(addresses));
      writeFileSync(join(folder, "sw.js"), filled);
    },
  };
}
