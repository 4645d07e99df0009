// Writes file.gz beside every text file, at the best level, once: nginx sends it as it is (gzip_static).
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { filesBelow } from "./files";

const TEXT = /\.(html|js|css|svg|json)$/;

export function compressed(): Plugin {
  let folder = "";
  return {
    name: "hoithi-compressed",
    apply: "build",
    enforce: "post",
    configResolved: (config) => void (folder = config.build.outDir),
    closeBundle: () =>
      filesBelow(folder)
        .filter((name) => TEXT.test(name))
        .forEach((name) => compress(join(folder, name))),
  };
}

function compress(path: string) {
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: constants.Z_BEST_COMPRESSION }));
}
