// What the pages of self-assessment say.
import { saying } from "../sentences";
import english from "./messages/en.json";
import vietnamese from "./messages/vi.json";

export { number } from "../sentences";
export type Word = keyof typeof vietnamese;
export const word = saying<Word>(vietnamese, english);
