// Before the first word: who writes, in which position, about what.
import { useState } from "preact/hooks";
import { at, call } from "../api";
import { ErrorSummary } from "../forms/errors";
import { TextField } from "../forms/field";
import { told, useSending } from "../forms/sending";
import { useValue } from "../observable";
import { person } from "../session";
import { Heading } from "./criterion";
import { BASE, OwnCampaign } from "./types";
import { number, word } from "./words";

export function Begin({ own, begun }: { own: OwnCampaign; begun: () => void }) {
  const who = useValue(person);
  const [position, setPosition] = useState("");
  const { errors, round, busy, sendIt } = useSending();
  const begin = (event: Event) => {
    event.preventDefault();
    const body = { kind: "individual", own: true, name: who?.name ?? "", position: position.trim() };
    return sendIt({
      doing: word("beginning"),
      ask: () => call("POST", at(`${BASE}/campaigns`, own.campaign_id, "assessments"), { body }),
      refusal: (error) => told(error),
      then: begun,
    });
  };
  return (
    <>
      <p class="lead">{word("begin_lead")}</p>
      <form onSubmit={begin} noValidate>
        <ErrorSummary errors={errors} round={round} />
        <p>
          {word("writes")}: <strong>{who?.name}</strong>
        </p>
        <TextField
          name="position"
          label={word("position")}
          hint={word("position_hint")}
          value={position}
          wrong={errors.position}
          maxLength={200}
          onChange={setPosition}
        />
        <button type="submit" disabled={busy !== null}>
          {word("begin")}
        </button>
        <p role="status">{busy}</p>
      </form>
      <h2>{word("criteria", { most: number(own.most) })}</h2>
      {own.criteria.map((criterion) => (
        <section class="card" key={criterion.code}>
          <Heading criterion={criterion} fields={own.fields} />
        </section>
      ))}
    </>
  );
}
