import { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { say } from "../messages";
import type { Question, SpokenQuestion } from "../types";
import type { Said, Sheet } from "./sheet";
import { Picture } from "./picture";
import { Listen } from "./speech";

/** What a question needs of a person's work: also what a preview of it can play. */
export interface Answering {
  kept: { value: { saving: { chosen: Record<string, string> }; paper: { questions: { length: number } }; said?: Said } };
  press: (question: number, letter: string, several: boolean) => void;
}

interface Props {
  work: Answering;
  question: Question;
  /** The heading gets the focus when the question appears: one question per screen. */
  focused?: boolean;
}

interface RowProps {
  letter: string;
  sound?: string;
  children: JSX.Element;
}

let first = true;

export function QuestionCard({ work, question, focused }: Props) {
  const { saving, said } = work.kept.value;
  const { chosen } = saving;
  const spoken = said?.questions.find(({ n }) => n === question.n);
  const lang = spoken?.text ? said!.code : undefined;
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
        <span class="asked" lang={lang}>
          {spoken?.text ?? question.text}
        </span>
      </legend>
      {question.picture && <Picture picture={question.picture} />}
      {spoken?.sound && <Listen sound={spoken.sound} what={say("listen_question", { n: question.n })} wide />}
      {question.options.map((option) => (
        <Row key={option.letter} letter={option.letter} sound={told(spoken, option.letter)?.sound}>
          <label class="option">
            <input
              type={question.several ? "checkbox" : "radio"}
              name={name}
              checked={(chosen[question.n] ?? "").includes(option.letter)}
              onChange={() => work.press(question.n, option.letter, question.several)}
            />
            <span class="letter" aria-hidden="true">
              {option.letter}
            </span>
            <span lang={lang}>{told(spoken, option.letter)?.text ?? option.text}</span>
          </label>
        </Row>
      ))}
    </fieldset>
  );
}

const told = (spoken: SpokenQuestion | undefined, letter: string) =>
  spoken?.options.find((option) => option.letter === letter);

/** An option, and the button beside it where it can be heard: a button inside a label would be part of its name. */
function Row({ letter, sound, children }: RowProps) {
  if (!sound) return children;
  return (
    <div class="heard">
      {children}
      <Listen sound={sound} what={say("listen_option", { letter })} />
    </div>
  );
}

/** All questions as numbers: where one is, what is answered, a way to each. */
export function Overview({ work }: { work: Sheet }) {
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
