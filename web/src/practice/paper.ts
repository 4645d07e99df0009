// A practice paper in work. It lives in this tab only: nobody learns how it went.
import { clock } from "../clock";
import { tab } from "../device";
import { Observable } from "../observable";
import { Saving, choose, pressed, saving } from "../paper/saving";
import type { Said, Sheet, Shown } from "../paper/sheet";
import type { PracticePaper, PracticeQuestion, ReviewedQuestion } from "../types";

export interface Tried extends Shown {
  paper: PracticePaper;
  saving: Saving;
  /** ms, the server's clock. */
  endsAt: number;
  done: boolean;
}

const ROOM = "practice.";

export class Practice implements Sheet {
  readonly kept: Observable<Tried>;

  constructor(tried: Tried) {
    this.kept = new Observable(tried);
  }

  change(part: Partial<Tried>): void {
    this.kept.value = { ...this.kept.value, ...part };
    tab.write(ROOM + this.kept.value.paper.contest_id, this.kept.value);
  }

  press(question: number, letter: string, several: boolean): void {
    const before = this.kept.value.saving.chosen[question] ?? "";
    this.change({ saving: choose(this.kept.value.saving, question, pressed(before, letter, several)) });
  }
}

export function begin(paper: PracticePaper): Practice {
  const endsAt = clock.now() + paper.paper_seconds * 1000;
  const practice = new Practice({ paper, saving: saving({}, 0), place: 1, all: false, endsAt, done: false });
  practice.change({});
  return practice;
}

/** The one that was under way in this tab when the page was left. */
export function underWay(contestId: string): Practice | null {
  const tried = tab.read<Tried>(ROOM + contestId);
  return tried && new Practice(tried);
}

export const leave = (contestId: string): void => tab.remove(ROOM + contestId);

/** Judged here, as exam judges: right is exactly all that is right. */
export function judged({ paper, saving: { chosen }, said }: Tried): ReviewedQuestion[] {
  return paper.questions.map((question) => {
    const answer = chosen[question.n] ?? "";
    return { ...inLanguage(question, said), chosen: answer, is_right: answer === question.right, corrected: false };
  });
}

function inLanguage(question: PracticeQuestion, said?: Said): PracticeQuestion {
  const spoken = said?.questions.find(({ n }) => n === question.n);
  if (!spoken?.text) return question;
  const texts = Object.fromEntries(spoken.options.map(({ letter, text }) => [letter, text]));
  const options = question.options.map((option) => ({ ...option, text: texts[option.letter] ?? option.text }));
  return { ...question, text: spoken.text, options };
}
