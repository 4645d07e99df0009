// A forgotten password: a link by e-mail, or - most people here have none - a code from the unit's officer.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { PasswordField, TextField } from "../forms/field";
import { Problem, send } from "../http";
import { say } from "../messages";
import { link } from "../router";

const RESETS = "/api/registration/password-resets";

/** One try at a time; true once it was accepted. */
function useSending() {
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const run = async (path: string, body: unknown) => {
    setBusy(true);
    setWrong("");
    try {
      await send("POST", path, { body });
      setDone(true);
    } catch (error) {
      setWrong(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return { wrong, busy, done, run };
}

const sentenceOf = (error: unknown): string =>
  (error instanceof Problem && (Object.values(error.fields)[0] ?? error.message)) || say("failed");

export function ForgottenPage({ withCode }: { withCode: boolean }) {
  return (
    <div class="page narrow">
      <h1>{say("forgot_title")}</h1>
      {withCode ? <ByCode /> : <ByMail />}
    </div>
  );
}

function ByMail() {
  const [identifier, setIdentifier] = useState("");
  const { wrong, busy, done, run } = useSending();
  const submit = (event: Event) => {
    event.preventDefault();
    void run(RESETS, { identifier: identifier.trim() });
  };
  return (
    <>
      <h2>{say("forgot_mail")}</h2>
      {done ? (
        <p class="notice good" role="status">
          {say("forgot_asked")}
        </p>
      ) : (
        <form onSubmit={submit} noValidate>
          <TextField
            name="identifier"
            label={say("identifier")}
            value={identifier}
            wrong={wrong}
            onChange={setIdentifier}
            autoComplete="username"
            maxLength={254}
          />
          <button type="submit" disabled={busy || !identifier.trim()}>
            {say("forgot_send")}
          </button>
        </form>
      )}
      <h2>{say("forgot_no_mail")}</h2>
      <p>{say("forgot_officer")}</p>
      <p>
        <a class="button second" href={link("forgotten", "code")}>
          {say("forgot_have_code")}
        </a>
      </p>
    </>
  );
}

function ByCode() {
  const [identifier, setIdentifier] = useState("");
  const [code, setCode] = useState("");
  return (
    <Choose path={`${RESETS}/by-code`} body={{ identifier: identifier.trim(), code: code.trim() }} ready={Boolean(identifier && code)}>
      <TextField
        name="identifier"
        label={say("identifier")}
        value={identifier}
        onChange={setIdentifier}
        autoComplete="username"
        maxLength={254}
      />
      <TextField
        name="code"
        label={say("forgot_code")}
        hint={say("forgot_code_hint")}
        value={code}
        onChange={setCode}
        autoComplete="off"
        maxLength={40}
      />
    </Choose>
  );
}

/** The link of the letter. */
export function NewPasswordPage({ token }: { token: string }) {
  return (
    <div class="page narrow">
      <h1>{say("own_new_password")}</h1>
      <Choose path={`${RESETS}/by-link`} body={{ token }} ready />
    </div>
  );
}

interface Props {
  path: string;
  body: object;
  ready: boolean;
  children?: ComponentChildren;
}

/** The new password, seen while it is typed if the person likes. */
function Choose({ path, body, ready, children }: Props) {
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const { wrong, busy, done, run } = useSending();
  const submit = (event: Event) => {
    event.preventDefault();
    void run(path, { ...body, new_password: password });
  };
  if (done)
    return (
      <>
        <p class="notice good" role="status">
          {say("forgot_done")}
        </p>
        <p>
          <a class="button" href={link("sign-in")}>
            {say("sign_in")}
          </a>
        </p>
      </>
    );
  return (
    <form onSubmit={submit} noValidate>
      {children}
      <PasswordField
        name="new_password"
        label={say("own_new_password")}
        hint={say("password_hint")}
        value={password}
        onChange={setPassword}
        shown={shown}
        onShow={setShown}
        autoComplete="new-password"
      />
      {wrong && (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      )}
      <button type="submit" disabled={busy || !ready || password.length < 8}>
        {say("forgot_save")}
      </button>
    </form>
  );
}
