import { useLayoutEffect, useRef } from "preact/hooks";
import { say } from "../messages";
import type { Question } from "../types";
import { Work } from "./work";

/** What a question needs of a person's work: also what a preview of it can play. */
export interface Answering {
  kept: { value: { saving: { chosen: Record<string, string> }; paper: { questions: { length: number } } } };
  press: (question: number, letter: string, several: boolean) => void;
}

interface Props {
  work: Answering;
  question: Question;
  /** The heading gets the focus when the question appears: one question per screen. */
  focused?: boolean;
}

let first = true;

export function QuestionCard({ work, question, focused }: Props) {
  const { chosen } = work.kept.value.saving;
  const all = work.kept.value.paper.questions.length;
  const heading = useRef<HTMLLegendElement>(null);
  useLayoutEffect(() => {
    if (focused && !first) {
      heading.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    first = false;
  }, []);
  const name = `question-${question.n}`;
  return (
    <fieldset class="question" id={name}>
      <legend tabIndex={-1} ref={heading}>
        <span class="which">
          {say("question_of", { n: question.n, all })}
          {question.several && ` · ${say("several")}`}
        </span>
        <span class="asked">{question.text}</span>
      </legend>
      {question.options.map((option) => (
        <label class="option" key={option.letter}>
          <input
            type={question.several ? "checkbox" : "radio"}
            name={name}
            checked={(chosen[question.n] ?? "").includes(option.letter)}
            onChange={() => work.press(question.n, option.letter, question.several)}
          />
          <span class="letter" aria-hidden="true">
            {option.letter}
          </span>
          <span>{option.text}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** All questions as numbers: where one is, what is answered, a way to each. */
export function Overview({ work }: { work: Work }) {
  const { paper, saving, place, all } = work.kept.value;
  const reach = (n: number) => {
    work.change({ place: n });
    if (all) document.getElementById(`question-${n}`)?.scrollIntoView({ block: "start" });
  };
  return (
    <nav class="overview" aria-label={say("overview")}>
      {paper.questions.map(({ n }) => {
        const answered = Boolean(saving.chosen[n]);
        return (
          <button
            type="button"
            key={n}
            class={answered ? "answered" : ""}
            aria-current={!all && n === place ? "step" : undefined}
            aria-label={say(answered ? "question_answered" : "question_blank", { n })}
            onClick={() => reach(n)}
          >
            {n}
          </button>
        );
      })}
    </nav>
  );
}
