// Puts the theme's name, description and colour into index.html.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const UNSAFE = /[&<>"]/g;
const CODES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function themed(folder: string): Plugin {
  const theme = JSON.parse(readFileSync(join(folder, "theme.json"), "utf8"));
  const values: Record<string, string> = { name: theme.name.vi, about: theme.about.vi, colour: theme.colour };
  return {
    name: "hoithi-themed",
    transformIndexHtml: (html) => html.replace(/\{\{(\w+)\}\}/g, (_, key) => escaped(values[key] ?? "")),
  };
}

const escaped = (text: string) => text.replace(UNSAFE, (sign) => CODES[sign] ?? sign);
