// One own complaint: its state in plain words, what was said, what can be done now.
import { useState } from "preact/hooks";
import { at, call } from "../api";
import { ErrorSummary } from "../forms/errors";
import { told, useSending } from "../forms/sending";
import { shortMoment } from "../instants";
import { Key, say } from "../messages";
import { LongField } from "./complaint-form";
import { lastDay } from "./days";
import type { Complaint } from "./types";

const OPEN = ["received", "questioned", "answered"];

export function ComplaintCard({ complaint, changed }: { complaint: Complaint; changed: () => void }) {
  const open = OPEN.includes(complaint.state);
  return (
    <section class="card complaint">
      <h3>{say(`own_kind_${complaint.kind}` as Key)}</h3>
      <p class={`state ${complaint.state}`}>{say(`own_state_${complaint.state}` as Key)}</p>
      <p class="quiet">
        {say("own_received", { at: shortMoment(complaint.received_at) })}{" "}
        {open && say(complaint.overdue ? "own_overdue" : "own_decide_by", { day: lastDay(complaint.decide_by) })}
      </p>
      <blockquote>{complaint.text}</blockquote>
      {complaint.said.map((word, place) => (
        <blockquote key={place} class={word.by}>
          {word.text}
          <footer>
            {say(word.by === "organiser" ? "own_organiser" : "own_you")}, {shortMoment(word.at)}
          </footer>
        </blockquote>
      ))}
      {complaint.reason && (
        <>
          <p>
            <strong>{say("own_reason")}</strong>
          </p>
          <blockquote class="organiser">{complaint.reason}</blockquote>
        </>
      )}
      {complaint.state === "questioned" && <Answer complaint={complaint} changed={changed} />}
      {open && <Withdraw complaint={complaint} changed={changed} />}
    </section>
  );
}

type Props = { complaint: Complaint; changed: () => void };

const path = (complaint: Complaint, what: string) => at("/api/scoring/complaints", complaint.complaint_id, what);

function Answer({ complaint, changed }: Props) {
  const [text, setText] = useState("");
  const { errors, round, busy, sendIt } = useSending();
  const name = `answer-${complaint.kind}`;
  const submit = (event: Event) => {
    event.preventDefault();
    return sendIt({
      missing: text.trim().length >= 2 ? {} : { [name]: say("own_need_answer") },
      doing: say("own_sending"),
      ask: () => call("POST", path(complaint, "answer"), { body: { text: text.trim() } }),
      refusal: (error) => told(error),
      then: changed,
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary errors={errors} round={round} />
      <LongField name={name} label={say("own_answer")} value={text} onChange={setText} wrong={errors[name] ?? errors.text} />
      <p class="row">
        <button type="submit" disabled={busy !== null}>
          {say("own_send_answer")}
        </button>
      </p>
      <p role="status">{busy}</p>
    </form>
  );
}

/** Asked twice: what is withdrawn is not decided. */
function Withdraw({ complaint, changed }: Props) {
  const [sure, setSure] = useState(false);
  const { errors, round, busy, sendIt } = useSending();
  const withdraw = () =>
    sendIt({
      doing: say("own_sending"),
      ask: () => call("POST", path(complaint, "withdrawal")),
      refusal: (error) => told(error),
      then: changed,
    });
  return (
    <>
      <ErrorSummary errors={errors} round={round} />
      <p class="row">
        <button
          type="button"
          class={sure ? "second" : "plain"}
          disabled={busy !== null}
          onClick={sure ? withdraw : () => setSure(true)}
        >
          {say(sure ? "own_withdraw_sure" : "own_withdraw")}
        </button>
      </p>
    </>
  );
}
