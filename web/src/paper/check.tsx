// Before handing in: what is still blank, and the prediction. Then handing in, until it is done.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { patiently } from "../forms/patient";
import { TextField } from "../forms/field";
import { ErrorSummary, Errors } from "../forms/errors";
import { say, sayIf } from "../messages";
import { useValue } from "../observable";
import { useNow } from "../shell/tick";
import { go } from "../router";
import { Bar, Saved } from "./bar";
import { finish } from "./finish";
import { isOver, sentenceOf, submit } from "./handing-in";
import { pending } from "./saving";
import type { Status } from "./sender";
import { Work } from "./work";

interface Props {
  work: Work;
  status: Status;
  back: (question?: number) => void;
}

export function Check({ work, status, back }: Props) {
  const { paper, saving, prediction } = useValue(work.kept);
  const [none, setNone] = useState(false);
  const [errors, setErrors] = useState<Errors>({});
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState<string | null>(null);
  const left = Date.parse(paper.deadline_at) - useNow();
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  const asked = paper.prediction.kind !== "none" && paper.prediction.sealed === null;
  const refuse = (found: Errors) => {
    setErrors(found);
    setRound((count) => count + 1);
    setBusy(null);
  };
  const handIn = async (event: Event) => {
    event.preventDefault();
    const wrong = asked && !none ? wrongPrediction(prediction, paper.prediction.kind) : null;
    if (wrong) return refuse({ prediction: wrong });
    setErrors({});
    setBusy(say("submitting"));
    try {
      const number = asked && !none ? Number(prediction) : null;
      const ask = () => submit(work.attemptId, pending(work.kept.value.saving), number);
      finish(work, await patiently(ask, (s) => setBusy(say("submit_waiting", { s }))));
    } catch (error) {
      if (isOver(error)) go(["receipt", work.attemptId], true);
      else refuse({ "": sentenceOf(error) ?? say("failed") });
    }
  };
  return (
    <>
      <Bar work={work} left={left}>
        <Saved status={status} attemptId={work.attemptId} />
      </Bar>
      <div class="page narrow">
        <h1 tabIndex={-1} ref={heading}>
          {say("check")}
        </h1>
        <ErrorSummary errors={errors} round={round} />
        <Blanks
          numbers={paper.questions.map(({ n }) => n).filter((n) => !saving.chosen[n])}
          all={paper.questions.length}
          back={back}
        />
        <form onSubmit={handIn} noValidate>
          {asked && <AskPrediction work={work} none={none} setNone={setNone} wrong={errors.prediction} />}
          {paper.prediction.sealed !== null && <p>{say("prediction_sealed", { n: paper.prediction.sealed })}</p>}
          <p class="quiet">{say("submit_note")}</p>
          <p class="row">
            <button type="submit" disabled={busy !== null}>
              {say("submit")}
            </button>
            <button type="button" class="second" onClick={() => back()}>
              {say("back_to_paper")}
            </button>
          </p>
          <p role="status">{busy}</p>
        </form>
      </div>
    </>
  );
}

function Blanks({ numbers, all, back }: { numbers: number[]; all: number; back: (question: number) => void }) {
  return (
    <>
      <p class="lead">{say("answered_of", { n: all - numbers.length, all })}</p>
      {numbers.length === 0 ? (
        <p class="notice good">{say("all_answered")}</p>
      ) : (
        <div class="notice">
          <p>{say("blank_questions", { list: numbers.join(", ") })}</p>
          <p class="choices">
            {numbers.slice(0, 30).map((n) => (
              <button type="button" key={n} aria-label={say("question_blank", { n })} onClick={() => back(n)}>
                {n}
              </button>
            ))}
          </p>
        </div>
      )}
    </>
  );
}

interface AskProps {
  work: Work;
  none: boolean;
  setNone: (none: boolean) => void;
  wrong?: string;
}

function AskPrediction({ work, none, setNone, wrong }: AskProps) {
  const { kind } = work.kept.value.paper.prediction;
  return (
    <section class="card">
      <h2>{say("prediction")}</h2>
      <p>{sayIf(`prediction_${kind}`, kind)}</p>
      {!none && (
        <TextField
          name="prediction"
          label={say("prediction_answer")}
          hint={say("prediction_hint")}
          value={work.kept.value.prediction}
          wrong={wrong}
          onChange={(value) => work.change({ prediction: value })}
          inputMode="numeric"
          autoComplete="off"
          maxLength={9}
        />
      )}
      <label class="tick">
        <input type="checkbox" checked={none} onChange={(event) => setNone(event.currentTarget.checked)} />
        {say("without_prediction")}
      </label>
      <p class="quiet">{say("rule_prediction_once")}</p>
    </section>
  );
}

/** What is wrong with a typed prediction, or null. */
export function wrongPrediction(typed: string, kind: string): string | null {
  const text = typed.trim();
  if (!text) return say("need_prediction");
  if (!/^\d{1,9}$/.test(text)) return say("wrong_prediction");
  if (kind === "percentage" && Number(text) > 100) return say("wrong_percentage");
  return Number(text) > 100_000_000 ? say("wrong_prediction") : null;
}
