import { useState } from "preact/hooks";
import { useComingIn } from "../forms/coming-in";
import { ErrorSummary } from "../forms/errors";
import { PasswordField, TextField } from "../forms/field";
import { WhoseDevice, complete, useWhose } from "../forms/whose";
import { Problem, send } from "../http";
import { say } from "../messages";
import { useValue } from "../observable";
import { Route, link } from "../router";
import { SignedIn, ended } from "../session";

const ABOUT_CODE = ["code-needed", "wrong-code", "code-used", "too-many-codes"];
const refused = (error: unknown) => ({ identifier: (error instanceof Problem && error.message) || say("failed") });

/** `next`: where to go afterwards. */
export function SignInPage({ next }: { next: Route }) {
  const over = useValue(ended);
  const [identifier, setIdentifier] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [code, setCode] = useState<string | null>(null); // null: the account has not asked for one
  const choice = useWhose();
  const { errors, round, busy, comeIn } = useComingIn(next);

  const submit = (event: Event) => {
    event.preventDefault();
    const body = { identifier: identifier.trim(), password, device: choice.here, ...(code ? { code } : {}) };
    return comeIn({
      missing: {
        ...(body.identifier ? {} : { identifier: say("need_identifier") }),
        ...(password ? {} : { password: say("need_any_password") }),
      },
      doing: say("signing_in"),
      ask: () => send<SignedIn>("POST", "/api/registration/session/sign-in", { body, session: true }),
      refusal: (error) => {
        if (!(error instanceof Problem) || !ABOUT_CODE.includes(error.slug)) return refused(error);
        setCode("");
        return { code: error.message };
      },
    });
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
          autoComplete={complete("username")}
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
          autoComplete={complete("current-password")}
        />
        {code !== null && (
          <TextField
            name="code"
            label={say("sec_code")}
            hint={say("sec_code_hint")}
            value={code}
            onChange={setCode}
            wrong={errors.code}
            autoComplete="one-time-code"
            maxLength={40}
          />
        )}
        <WhoseDevice {...choice} />
        <p class="row">
          <button type="submit" disabled={busy !== null}>
            {say("sign_in")}
          </button>
        </p>
        <p role="status">{busy}</p>
      </form>
      <p>
        <a href="/#/forgotten">{say("forgot_title")}</a>
      </p>
      <p>
        {say("no_account")} <a href={link("join", ...next)}>{say("join")}</a>
      </p>
      <p>
        <a href={link("help")}>{say("help_title")}</a>
      </p>
    </div>
  );
}
