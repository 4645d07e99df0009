// What the builds of the participant's page and of the desk have in common.
import { resolve } from "node:path";
import type { UserConfig } from "vite";

// A province's own folder with theme.json, theme.css and public/emblem.svg; see docs/how-to/theme-and-languages.md.
export const theme = resolve(process.env.HOITHI_THEME ?? "theme");

export const shared: UserConfig = {
  resolve: { alias: { "@theme": theme } },
  esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none" },
  build: {
    target: ["es2019", "chrome74", "safari13", "firefox78"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
};
