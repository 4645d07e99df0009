// One question per screen or all on one: as the person likes it.
import { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { say } from "../messages";
import { fetchAhead } from "./picture";
import { Overview, QuestionCard } from "./question";
import type { Sheet } from "./sheet";

interface Props {
  sheet: Sheet;
  check: () => void;
  /** What the way to the end is called. */
  end: string;
  /** Beside the questions: languages. */
  children?: ComponentChildren;
}

export function Questions({ sheet, check, end, children }: Props) {
  const { all, paper } = sheet.kept.value;
  useEffect(() => fetchAhead(paper.questions), [paper.questions]);
  return (
    <>
      {children}
      {all ? <AllQuestions sheet={sheet} /> : <OneQuestion sheet={sheet} check={check} end={end} />}
      <Overview work={sheet} />
      <p class="row spread">
        <button type="button" class="plain" onClick={() => sheet.change({ all: !all })}>
          {say(all ? "one_by_one" : "all_on_one")}
        </button>
        <button type="button" class={all ? "" : "second"} onClick={check}>
          {end}
        </button>
      </p>
    </>
  );
}

function OneQuestion({ sheet, check, end }: Props) {
  const { paper, place } = sheet.kept.value;
  const question = paper.questions[place - 1] ?? paper.questions[0]!;
  const all = paper.questions.length;
  const to = (next: number) => sheet.change({ place: next });
  return (
    <>
      <QuestionCard key={question.n} work={sheet} question={question} focused />
      <p class="row steps-row">
        <button type="button" class="second" disabled={place <= 1} onClick={() => to(place - 1)}>
          {say("previous")}
        </button>
        {place < all ? (
          <button type="button" onClick={() => to(place + 1)}>
            {say("next")}
          </button>
        ) : (
          <button type="button" onClick={check}>
            {end}
          </button>
        )}
      </p>
    </>
  );
}

function AllQuestions({ sheet }: { sheet: Sheet }) {
  return (
    <>
      {sheet.kept.value.paper.questions.map((question) => (
        <QuestionCard key={question.n} work={sheet} question={question} />
      ))}
    </>
  );
}
