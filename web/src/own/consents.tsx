// What the person agreed to. The required consent ends with the account; all others are given and withdrawn here.
import { useState } from "preact/hooks";
import { call } from "../api";
import { ErrorSummary } from "../forms/errors";
import { Group } from "../forms/field";
import { told, useSending } from "../forms/sending";
import { shortMoment } from "../instants";
import { say } from "../messages";
import type { Purpose } from "../types";
import type { Me } from "./types";

type Agreed = Record<string, boolean>;

export function Consents({ me, purposes, done }: { me: Me; purposes: Purpose[]; done: () => void }) {
  const [agreed, setAgreed] = useState<Agreed>(() => current(me, purposes));
  const { errors, round, busy, sendIt } = useSending();

  const submit = (event: Event) => {
    event.preventDefault();
    const given = purposes.filter((each) => agreed[each.purpose]);
    const lacking = purposes.filter((each) => each.required && !agreed[each.purpose]);
    const consents = given.map(({ purpose, version }) => ({ purpose, version }));
    return sendIt({
      missing: Object.fromEntries(lacking.map((each) => [`consent-${each.purpose}`, say("own_need_consent")])),
      doing: say("own_sending"),
      ask: () => call("PATCH", "/api/registration/me", { body: { consents } }),
      refusal: (error) => told(error),
      then: done,
    });
  };
  return (
    <details>
      <summary>{say("own_consents")}</summary>
      <form onSubmit={submit} noValidate>
        <ErrorSummary errors={errors} round={round} />
        {purposes.map((each) => (
          <OneConsent
            key={each.purpose}
            me={me}
            purpose={each}
            agreed={agreed}
            onChange={setAgreed}
            wrong={errors[`consent-${each.purpose}`]}
          />
        ))}
        <p class="row">
          <button type="submit" disabled={busy !== null}>
            {say("own_save_consents")}
          </button>
        </p>
        <p role="status">{busy}</p>
      </form>
    </details>
  );
}

interface OneProps {
  me: Me;
  purpose: Purpose;
  agreed: Agreed;
  onChange: (agreed: Agreed) => void;
  wrong?: string;
}

function OneConsent({ me, purpose, agreed, onChange, wrong }: OneProps) {
  const given = me.consents.find((each) => each.purpose === purpose.purpose);
  const asItIs = given?.version === purpose.version;
  return (
    <Group
      name={`consent-${purpose.purpose}`}
      label={purpose.title}
      hint={say(purpose.required ? "consent_required" : "consent_optional")}
      wrong={wrong}
    >
      <p>{purpose.text}</p>
      <p class="quiet">
        {say("consent_kept", { text: purpose.retention })} {say("consent_version", { version: purpose.version })}.{" "}
        {given &&
          say(asItIs ? "own_consent_given" : "own_consent_older", { at: shortMoment(given.given_at), version: given.version })}
      </p>
      <label class="tick">
        <input
          type="checkbox"
          checked={agreed[purpose.purpose] ?? false}
          disabled={purpose.required && asItIs}
          onChange={(event) => onChange({ ...agreed, [purpose.purpose]: event.currentTarget.checked })}
        />
        {say("consent_agree")}
      </label>
      {purpose.required && asItIs && <p class="quiet">{say("own_consent_needed")}</p>}
    </Group>
  );
}

/** A consent to an older text is none to the present one. */
const current = (me: Me, purposes: Purpose[]): Agreed =>
  Object.fromEntries(
    purposes.map(({ purpose, version }) => [
      purpose,
      me.consents.some((each) => each.purpose === purpose && each.version === version),
    ]),
  );
