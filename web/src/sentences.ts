// Sentences that come along with a part of the page, so that they cost nobody else a byte.
import { language, locale } from "./messages";

export type Saying<Word extends string> = (key: Word, values?: Record<string, string | number>) => string;

/** The sentence of a key; {n} is replaced by the value of that name. Other languages than English read Vietnamese. */
export function saying<Word extends string>(vietnamese: Record<Word, string>, english: Record<Word, string>): Saying<Word> {
  return (key, values = {}) => {
    const sentence = (language.value === "en" ? english : vietnamese)[key];
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? shown(values[name]!) : whole));
  };
}

export const number = (value: number): string => value.toLocaleString(locale());

const shown = (value: string | number) => (typeof value === "number" ? number(value) : value);
