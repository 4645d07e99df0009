import { resolve } from "node:path";
import { defineConfig } from "vite";
import { card } from "./making/card";
import { compressed } from "./making/compressed";
import { languages } from "./making/languages";
import { offline } from "./making/offline";
import { shared } from "./making/shared";
import { themed } from "./making/themed";

// A province's own folder with theme.json, theme.css and public/emblem.svg; see docs/how-to/theme-and-languages.md.
const theme = resolve(process.env.HOITHI_THEME ?? "theme");

export default defineConfig({
  resolve: { alias: { "@theme": theme } },
  publicDir: resolve(theme, "public"),
  esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none" },
  build: {
    target: ["es2019", "chrome74", "safari13", "firefox78"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  plugins: [themed(theme), languages(resolve("src/messages")), offline(), shared(), card(theme), compressed()],
  // The session's doors compare Origin with Host: the browser's Host must arrive.
  server: { proxy: { "/api": { target: "http://127.0.0.1:8080", changeOrigin: false } } },
});
