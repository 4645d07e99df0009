// Complaining about the own result: what about, which attempt, why.
import { useState } from "preact/hooks";
import { at, call } from "../api";
import { ErrorSummary } from "../forms/errors";
import { Group, Hints, described } from "../forms/field";
import { told, useSending } from "../forms/sending";
import { Key, say } from "../messages";
import type { Complaint } from "./types";

const KINDS = ["score", "time", "missing-attempt", "invalidation", "prize", "other"];
const [LEAST, MOST] = [10, 2000];

interface Props {
  roundId: string;
  numbers: number[];
  sent: () => void;
}

export function ComplaintForm({ roundId, numbers, sent }: Props) {
  const [kind, setKind] = useState("");
  const [number, setNumber] = useState("");
  const [text, setText] = useState("");
  const { errors, round, busy, sendIt } = useSending();

  const submit = (event: Event) => {
    event.preventDefault();
    const body = { kind, text: text.trim(), attempt_number: number ? Number(number) : null };
    return sendIt({
      missing: {
        ...(kind ? {} : { kind: say("own_need_kind") }),
        ...(body.text.length >= LEAST ? {} : { text: say("own_need_text", { n: LEAST }) }),
      },
      doing: say("own_sending"),
      ask: () => call<Complaint>("POST", at("/api/scoring/rounds", roundId, "complaints"), { body }),
      refusal: (error) => told(error),
      then: sent,
    });
  };
  return (
    <details>
      <summary>{say("own_complain")}</summary>
      <form onSubmit={submit} noValidate>
        <ErrorSummary errors={errors} round={round} />
        <Group name="kind" label={say("own_kind")} wrong={errors.kind}>
          {KINDS.map((each) => (
            <label class="tick" key={each}>
              <input type="radio" name="kind" checked={kind === each} onChange={() => setKind(each)} />
              {say(`own_kind_${each}` as Key)}
            </label>
          ))}
        </Group>
        {numbers.length > 0 && (
          <div class="field">
            <label for="attempt_number">{say("own_which_attempt")}</label>
            <select id="attempt_number" value={number} onChange={(event) => setNumber(event.currentTarget.value)}>
              <option value="">{say("own_all_attempts")}</option>
              {numbers.map((each) => (
                <option key={each} value={each}>
                  {say("attempt_n", { n: each })}
                </option>
              ))}
            </select>
          </div>
        )}
        <LongField
          name="text"
          label={say("own_text")}
          hint={say("own_text_hint")}
          value={text}
          onChange={setText}
          wrong={errors.text}
        />
        <p class="row">
          <button type="submit" disabled={busy !== null}>
            {say("own_send")}
          </button>
        </p>
        <p role="status">{busy}</p>
      </form>
    </details>
  );
}

interface LongProps {
  name: string;
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  wrong?: string;
}

export function LongField({ name, label, hint, value, onChange, wrong }: LongProps) {
  return (
    <div class={wrong ? "field is-wrong" : "field"}>
      <label for={name}>{label}</label>
      <Hints name={name} hint={hint} wrong={wrong} />
      <textarea
        id={name}
        value={value}
        maxLength={MOST}
        aria-describedby={described({ name, hint, wrong })}
        aria-invalid={wrong ? "true" : undefined}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
