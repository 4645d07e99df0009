// A code for somebody without e-mail who forgot the password: made sure who asks, shown once, read out.
import { useState } from "preact/hooks";
import { call } from "../../api";
import { ErrorSummary } from "../../forms/errors";
import { TextField } from "../../forms/field";
import { shortMoment } from "../../instants";
import type { Route } from "../../router";
import { useDoing } from "../base/doing";
import { say } from "../say";

interface Given {
  name: string;
  code: string;
  expires_at: string;
}

export default function PasswordsPage(_: { parts: Route }) {
  const [identifier, setIdentifier] = useState("");
  const [reason, setReason] = useState("");
  const [given, setGiven] = useState<Given | null>(null);
  const { busy, errors, round, run } = useDoing();
  const submit = (event: Event) => {
    event.preventDefault();
    setGiven(null);
    void run(async () => {
      const body = { identifier: identifier.trim(), reason: reason.trim() };
      setGiven((await call<Given>("POST", "/api/registration/password-resets/codes", { body })).body);
      setIdentifier("");
      setReason("");
    });
  };
  return (
    <div class="page narrow">
      <h1>{say("menu_passwords")}</h1>
      <p class="lead">{say("pw_lead")}</p>
      <ErrorSummary errors={errors} round={round} />
      <div role="status">{given && <Shown {...given} />}</div>
      <form onSubmit={submit} noValidate>
        <TextField
          name="identifier"
          label={say("pw_phone")}
          value={identifier}
          wrong={errors.identifier}
          inputMode="tel"
          autoComplete="off"
          onChange={setIdentifier}
        />
        <TextField
          name="reason"
          label={say("pw_sure")}
          hint={say("pw_sure_hint")}
          value={reason}
          wrong={errors.reason}
          maxLength={500}
          onChange={setReason}
        />
        <button type="submit" disabled={busy || !identifier.trim()}>
          {say("pw_give")}
        </button>
      </form>
    </div>
  );
}

function Shown({ name, code, expires_at }: Given) {
  return (
    <div class="notice good">
      <p>{say("pw_given", { name, until: shortMoment(expires_at) })}</p>
      <p class="handed-code">
        <code>{code}</code>
      </p>
      <p>{say("pw_given_how", { address: location.host })}</p>
    </div>
  );
}
