// Being forgotten: what that means is said first, then a word is typed and the password.
import { useState } from "preact/hooks";
import { call } from "../api";
import { ErrorSummary } from "../forms/errors";
import { PasswordField, TextField } from "../forms/field";
import { told, useSending } from "../forms/sending";
import { Key, say } from "../messages";

const CONSEQUENCES: Key[] = ["own_erase_1", "own_erase_2", "own_erase_3", "own_erase_4"];

export function Erase({ erased }: { erased: () => void }) {
  const [word, setWord] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const { errors, round, busy, sendIt } = useSending();

  const submit = (event: Event) => {
    event.preventDefault();
    const wanted = say("own_erase_word");
    return sendIt({
      missing: {
        ...(plain(word) === plain(wanted) ? {} : { word: say("own_need_word", { word: wanted }) }),
        ...(password ? {} : { erase_password: say("need_any_password") }),
      },
      doing: say("own_sending"),
      ask: () => call("POST", "/api/registration/me/erasure", { body: { password } }),
      refusal: (error) => told(error, "erase_password"),
      then: erased,
    });
  };
  return (
    <section>
      <h2>{say("own_erase")}</h2>
      <details>
        <summary>{say("own_erase_open")}</summary>
        <form onSubmit={submit} noValidate>
          <ErrorSummary errors={errors} round={round} />
          <div class="notice bad">
            <p>
              <strong>{say("own_erase_warning")}</strong>
            </p>
            <ul class="links">
              {CONSEQUENCES.map((key) => (
                <li key={key}>{say(key)}</li>
              ))}
            </ul>
          </div>
          <TextField
            name="word"
            label={say("own_type_word", { word: say("own_erase_word") })}
            value={word}
            onChange={setWord}
            wrong={errors.word}
            autoComplete="off"
            maxLength={20}
          />
          <PasswordField
            name="erase_password"
            label={say("password")}
            value={password}
            onChange={setPassword}
            wrong={errors.erase_password}
            shown={shown}
            onShow={setShown}
            autoComplete="current-password"
          />
          <p class="row">
            <button type="submit" class="danger" disabled={busy !== null}>
              {say("own_erase_send")}
            </button>
          </p>
          <p role="status">{busy}</p>
        </form>
      </details>
    </section>
  );
}

/** Without diacritics and case: not every keyboard has them. */
const plain = (text: string): string =>
  text
    .trim()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toUpperCase();
