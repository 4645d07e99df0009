// What the desk says: its own sentences, apart from the participant's, so that those files stay small.
import { language, speak, startSpeaking } from "../messages";
import vietnamese from "./messages/vi.json";

export type Key = keyof typeof vietnamese;
type Sentences = Record<Key, string>;

const FIRST = "vi";
const others = import.meta.glob<Sentences>(["./messages/*.json", "!./messages/vi.json"], { import: "default" });
let sentences: Sentences = vietnamese;

/** The sentence of a key; {n} is replaced by the value of that name. */
export function say(key: Key, values: Record<string, string | number> = {}): string {
  const sentence = sentences[key] ?? vietnamese[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? shown(values[name]!) : whole));
}

/** A sentence whose key is made of data, as for the name of a state. */
export const sayIf = (key: string, otherwise: string): string => sentences[key as Key] ?? vietnamese[key as Key] ?? otherwise;

/** All keys that begin so, as for the names of everything the log may tell. */
export const keysWith = (start: string): Key[] => (Object.keys(vietnamese) as Key[]).filter((key) => key.startsWith(start));

/** In the person's language, both files of it. */
export async function startDeskSpeaking(): Promise<void> {
  await startSpeaking();
  await fetchSentences(language.value).catch(() => undefined);
}

export async function speakDesk(chosen: string): Promise<void> {
  await fetchSentences(chosen);
  await speak(chosen);
}

async function fetchSentences(chosen: string): Promise<void> {
  const load = others[`./messages/${chosen}.json`];
  sentences = chosen !== FIRST && load ? await load() : vietnamese;
}

export const number = (value: number): string => value.toLocaleString(language.value === "en" ? "en-GB" : "vi-VN");

const shown = (value: string | number) => (typeof value === "number" ? number(value) : value);
