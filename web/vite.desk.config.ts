// The desk is a build of its own into the same folder: nothing of it is in the files that participants load.
import { resolve } from "node:path";
import { defineConfig, mergeConfig } from "vite";
import { compressed } from "./making/compressed";
import { languages } from "./making/languages";
import { themed } from "./making/themed";
import { shared, theme } from "./vite.shared";

export default mergeConfig(
  shared,
  defineConfig({
    publicDir: false,
    build: { emptyOutDir: false, rollupOptions: { input: { desk: resolve("desk/index.html") } } },
    plugins: [themed(theme), languages(resolve("src/messages")), compressed()],
  }),
);
