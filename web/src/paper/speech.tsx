// Questions in other languages, and aloud: fetched only where a paper has them.
import { later } from "../shell/later";
import type { PaperLanguage, SpokenQuestion } from "../types";
import type { Sheet } from "./sheet";

export interface SpeechProps {
  sheet: Sheet;
  languages: PaperLanguage[];
  /** The questions in a language. */
  fetch: (code: string) => Promise<SpokenQuestion[]>;
}

export interface ListenProps {
  /** Reference of the audio file. */
  sound: string;
  /** What pressing does, for who does not see where the button stands. */
  what: string;
  /** With its words beside the picture. */
  wide?: boolean;
}

const Languages = later<SpeechProps>(() => import("./speaking").then((part) => part.Languages), true);

export const Listen = later<ListenProps>(() => import("./speaking").then((part) => part.ListenButton), true);

export function Speech({ languages, ...more }: Omit<SpeechProps, "languages"> & { languages?: PaperLanguage[] }) {
  return languages?.length ? <Languages languages={languages} {...more} /> : null;
}
