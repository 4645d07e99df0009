// What another key would change: the question with both keys, then who gains and loses. Seen before it is confirmed.
import { useEffect } from "preact/hooks";
import { at, call } from "../../api";
import { Show, useLoaded } from "../../shell/loaded";
import { useDoing } from "../base/doing";
import { JobProgress, useJob } from "../base/job";
import { Found, Preview, fetchQuestions } from "../rounds/keys";
import { say } from "../say";
import type { BankQuestion } from "../types";
import type { Proposal } from "../waiting";

export function KeyChange({ proposal, onSeen }: { proposal: Proposal; onSeen: () => void }) {
  const { question_id = "", right = "", reason = "" } = proposal.body;
  // Banks are for their own organisers: who may not read this one sees the question's id, and who gains all the same.
  const questions = useLoaded(() => fetchQuestions(proposal.subject).catch(() => []), [proposal.subject]);
  return (
    <>
      <Show loaded={questions}>
        {(all) => <Keys question={all.find(({ id }) => id === question_id)} id={question_id} right={right} />}
      </Show>
      <p>{say("cf_reason", { reason })}</p>
      <WhoGains roundId={proposal.subject} questionId={question_id} right={right} onSeen={onSeen} />
    </>
  );
}

function Keys({ question, id, right }: { question: BankQuestion | undefined; id: string; right: string }) {
  if (!question) return <p>{say("cf_key", { question: id, right: right.toUpperCase() })}</p>;
  return (
    <>
      <p>
        <strong>{question.text}</strong> <span class="quiet">{question.id}</span>
      </p>
      <dl class="facts">
        <div>
          <dt>{say("key_bank")}</dt>
          <dd>{written(question, question.right)}</dd>
        </div>
        <div>
          <dt>{say("cf_new_key")}</dt>
          <dd>{written(question, right)}</dd>
        </div>
      </dl>
    </>
  );
}

/** "B. Two" for each letter of a key. */
const written = ({ options }: BankQuestion, right: string): string =>
  [...right].map((letter) => `${letter.toUpperCase()}. ${options[letter.charCodeAt(0) - 97] ?? ""}`).join("; ");

interface Asking {
  roundId: string;
  questionId: string;
  right: string;
  onSeen: () => void;
}

function WhoGains({ roundId, questionId, right, onSeen }: Asking) {
  const { busy, errors, run } = useDoing();
  const path = at("/api/scoring/rounds", roundId, "key-previews");
  const job = useJob<Preview>(
    `confirm.${roundId}.${questionId}.${right}`,
    async (id) => (await call<Preview>("GET", at(path, id))).body,
  );
  const found = job.found?.state === "done" && !job.found.outdated ? job.found : null;
  useEffect(() => {
    if (found) onSeen();
  }, [found !== null]);
  const look = () =>
    run(async () => job.begin((await call<Preview>("POST", path, { body: { question_id: questionId, right } })).body.preview_id));
  return (
    <>
      {Object.values(errors).map((sentence) => (
        <p class="wrong" role="alert" key={sentence}>
          {sentence}
        </p>
      ))}
      {!found && (
        <p>
          <button type="button" class="second" disabled={busy} onClick={() => void look()}>
            {say("key_preview")}
          </button>{" "}
          <span class="quiet">{say("cf_look_first")}</span>
        </p>
      )}
      <JobProgress job={job}>{found && <Found preview={found} />}</JobProgress>
    </>
  );
}
