import { resolve } from "node:path";
import { defineConfig, mergeConfig } from "vite";
import { card } from "./making/card";
import { compressed } from "./making/compressed";
import { languages } from "./making/languages";
import { offline } from "./making/offline";
import { shared } from "./making/shared";
import { themed } from "./making/themed";
import { shared as alike, theme } from "./vite.shared";

export default mergeConfig(
  alike,
  defineConfig({
    publicDir: resolve(theme, "public"),
    plugins: [themed(theme), languages(resolve("src/messages")), offline(), shared(), card(theme), compressed()],
    // The session's doors compare Origin with Host: the browser's Host must arrive.
    server: { proxy: { "/api": { target: "http://127.0.0.1:8080", changeOrigin: false } } },
  }),
);
