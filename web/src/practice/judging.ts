// What a practice paper is worth. Plain values in, plain values out.
import type { Said, Shown } from "../paper/sheet";
import type { PracticePaper, PracticeQuestion, ReviewedQuestion } from "../types";

/** Judged here, as exam judges: right is exactly all that is right. */
export function judged({ paper, saving: { chosen }, said }: Omit<Shown, "paper"> & { paper: PracticePaper }): ReviewedQuestion[] {
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
