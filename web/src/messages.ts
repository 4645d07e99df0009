// What the page says. A language is one file in messages/: a translator adds a file, nothing else changes.
import theme from "@theme/theme.json";
import names from "virtual:languages";
import { device } from "./device";
import vietnamese from "./messages/vi.json";
import { Observable } from "./observable";

export type Key = keyof typeof vietnamese;
type Sentences = Record<Key, string>;

const FIRST = "vi";
const others = import.meta.glob<Sentences>(["./messages/*.json", "!./messages/vi.json"], { import: "default" });

/** Code and own name of every language there is, the first language first. */
export const languages = Object.entries(names).sort(([one], [other]) => Number(other === FIRST) - Number(one === FIRST));
export const language = new Observable(FIRST);
let sentences: Sentences = vietnamese;

/** The sentence of a key; {n} is replaced by the value of that name. Numbers are written as the language does. */
export function say(key: Key, values: Record<string, string | number> = {}): string {
  const sentence = sentences[key] ?? vietnamese[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? shown(values[name]!) : whole));
}

/** A sentence that may be missing, as for the name of a prize nobody foresaw. */
export function sayIf(key: string, otherwise: string): string {
  return sentences[key as Key] ?? vietnamese[key as Key] ?? otherwise;
}

/** Vietnamese first, unless the person chose otherwise before. */
export async function startSpeaking(): Promise<void> {
  await speak(device.read<string>("language") ?? FIRST).catch(() => undefined);
}

/** Change the language; stays as it is when its file cannot be loaded. */
export async function speak(chosen: string): Promise<void> {
  const load = others[`./messages/${chosen}.json`];
  sentences = load ? await load() : vietnamese;
  const spoken = load ? chosen : FIRST;
  document.documentElement.lang = spoken;
  device.write("language", spoken);
  language.value = spoken;
}

/** A text of the theme in the language of the page. */
export function themed(name: "name" | "about" | "host" | "help"): string {
  const texts: Record<string, string> = theme[name];
  return texts[language.value] ?? texts[FIRST] ?? "";
}

const shown = (value: string | number) => (typeof value === "number" ? value.toLocaleString(locale()) : value);

export const locale = () => (language.value === "en" ? "en-GB" : "vi-VN");
