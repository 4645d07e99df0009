import { useState } from "preact/hooks";
import { ErrorSummary, Errors } from "../forms/errors";
import { PasswordField, TextField } from "../forms/field";
import { patiently } from "../forms/patient";
import { Problem, send } from "../http";
import { say } from "../messages";
import { useValue } from "../observable";
import { Route, go, link } from "../router";
import { SignedIn, ended, signedIn } from "../session";

/** `next`: where to go afterwards. */
export function SignInPage({ next }: { next: Route }) {
  const over = useValue(ended);
  const [identifier, setIdentifier] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [errors, setErrors] = useState<Errors>({});
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState<string | null>(null);

  const refuse = (found: Errors) => {
    setErrors(found);
    setRound((count) => count + 1);
    setBusy(null);
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    const missing = {
      ...(identifier.trim() ? {} : { identifier: say("need_identifier") }),
      ...(password ? {} : { password: say("need_any_password") }),
    };
    if (Object.keys(missing).length) return refuse(missing);
    setErrors({});
    setBusy(say("signing_in"));
    try {
      const ask = () =>
        send<SignedIn>("POST", "/api/registration/sign-in", { body: { identifier: identifier.trim(), password } });
      signedIn((await patiently(ask, (s) => setBusy(say("busy_waiting", { s })))).body);
      go([...next], true);
    } catch (error) {
      refuse({ identifier: error instanceof Problem ? error.message || say("failed") : say("failed") });
    }
  };
  return (
    <div class="page narrow">
      <h1>{say("sign_in")}</h1>
      {over && <p class="notice">{say("session_over")}</p>}
      <ErrorSummary errors={errors} round={round} />
      <form onSubmit={submit} noValidate>
        <TextField
          name="identifier"
          label={say("identifier")}
          value={identifier}
          onChange={setIdentifier}
          wrong={errors.identifier}
          autoComplete="username"
          maxLength={254}
        />
        <PasswordField
          name="password"
          label={say("password")}
          value={password}
          onChange={setPassword}
          wrong={errors.password}
          shown={shown}
          onShow={setShown}
          autoComplete="current-password"
        />
        <p class="row">
          <button type="submit" disabled={busy !== null}>
            {say("sign_in")}
          </button>
        </p>
        <p role="status">{busy}</p>
      </form>
      <p>
        {say("no_account")} <a href={link("join", ...next)}>{say("join")}</a>
      </p>
    </div>
  );
}
