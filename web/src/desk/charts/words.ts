// What charts say. They stand at the desk and on the participant's page, so their sentences come along with them.
import { locale } from "../../messages";
import { number, saying } from "../../sentences";
import english from "./messages/en.json";
import vietnamese from "./messages/vi.json";

export { number };
export type Word = keyof typeof vietnamese;
export const word = saying<Word>(vietnamese, english);

/** A figure; null is one of a small group that is not shown. */
export const counted = (value: number | null): string => (value === null ? word("few") : number(value));

/** "12,34" of "12.34", as the language writes it. */
export const decimal = (text: string): string => Number(text).toLocaleString(locale(), { maximumFractionDigits: 2 });

/** "07/09" of "2026-09-07". */
export const dayName = (day: string): string => `${day.slice(8)}/${day.slice(5, 7)}`;

export const share = (part: number, whole: number): string =>
  whole ? `${((100 * part) / whole).toLocaleString(locale(), { maximumFractionDigits: 1 })} %` : "–";
