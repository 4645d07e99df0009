// What the views of a paper need: the questions, what was chosen, what is shown. A paper that counts and practice both are one.
import type { Observable } from "../observable";
import type { Answers, Question, SpokenQuestion } from "../types";

export interface Shown {
  paper: { questions: Question[] };
  saving: { chosen: Answers };
  /** The question that is shown; all on one page when `all`. */
  place: number;
  all: boolean;
  /** How the questions are said in the chosen language, when it is another one or they can be heard. */
  said?: Said;
}

export interface Said {
  code: string;
  questions: SpokenQuestion[];
}

export interface Sheet {
  readonly kept: Observable<Shown>;
  change(part: Partial<Shown>): void;
  press(question: number, letter: string, several: boolean): void;
}
