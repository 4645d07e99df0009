// A new password, and leaving all devices at once.
import { useState } from "preact/hooks";
import { call } from "../api";
import { ErrorSummary } from "../forms/errors";
import { PasswordField } from "../forms/field";
import { told, useSending } from "../forms/sending";
import { say } from "../messages";
import { go } from "../router";
import { signOut } from "../session";

const LEAST = 8;

export function NewPassword({ done }: { done: () => void }) {
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const [shown, setShown] = useState(false);
  const { errors, round, busy, sendIt } = useSending();

  const submit = (event: Event) => {
    event.preventDefault();
    return sendIt({
      missing: {
        ...(old ? {} : { old_password: say("need_any_password") }),
        ...(fresh.length >= LEAST ? {} : { new_password: say("need_password") }),
      },
      doing: say("own_sending"),
      ask: () => call("POST", "/api/registration/me/password", { body: { password: old, new_password: fresh } }),
      refusal: (error) => {
        const { password, ...others } = told(error, "old_password");
        return password ? { ...others, new_password: password } : others;
      },
      then: () => {
        setOld("");
        setFresh("");
        done();
      },
    });
  };
  const shared = { shown, onShow: setShown };
  return (
    <details>
      <summary>{say("own_change_password")}</summary>
      <form onSubmit={submit} noValidate>
        <ErrorSummary errors={errors} round={round} />
        <PasswordField
          name="old_password"
          label={say("own_old_password")}
          value={old}
          onChange={setOld}
          wrong={errors.old_password}
          autoComplete="current-password"
          {...shared}
        />
        <PasswordField
          name="new_password"
          label={say("own_new_password")}
          hint={say("password_hint")}
          value={fresh}
          onChange={setFresh}
          wrong={errors.new_password}
          autoComplete="new-password"
          {...shared}
        />
        <p class="quiet">{say("own_password_note")}</p>
        <p class="row">
          <button type="submit" disabled={busy !== null}>
            {say("own_change_password")}
          </button>
        </p>
        <p role="status">{busy}</p>
      </form>
    </details>
  );
}

export function Everywhere() {
  const { errors, round, busy, sendIt } = useSending();
  const leave = () =>
    sendIt({
      doing: say("own_sending"),
      ask: () => call("POST", "/api/registration/sign-out-everywhere"),
      refusal: (error) => told(error),
      then: () => {
        go([]);
        void signOut();
      },
    });
  return (
    <section>
      <ErrorSummary errors={errors} round={round} />
      <p>{say("own_everywhere_text")}</p>
      <p class="row">
        <button type="button" class="second" disabled={busy !== null} onClick={leave}>
          {say("own_everywhere")}
        </button>
      </p>
    </section>
  );
}
