import { resolve } from "node:path";
import { defineConfig, mergeConfig } from "vite";
import { compressed } from "./making/compressed";
import { languages } from "./making/languages";
import { offline } from "./making/offline";
import { themed } from "./making/themed";
import { shared, theme } from "./vite.shared";

export default mergeConfig(
  shared,
  defineConfig({
    publicDir: resolve(theme, "public"),
    plugins: [themed(theme), languages(resolve("src/messages")), offline(), compressed()],
    server: { proxy: { "/api": "http://127.0.0.1:8080" } },
  }),
);
