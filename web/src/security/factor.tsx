// Switching the second factor on and off. Secret and recovery codes are shown once and kept nowhere.
import { useState } from "preact/hooks";
import { call } from "../api";
import { PasswordField, TextField } from "../forms/field";
import { shortMoment } from "../instants";
import { say } from "../messages";
import { QrCode } from "../receipt-picture";
import { forgetAccess } from "../session";
import { Show, useLoaded } from "../shell/loaded";
import { useTry } from "./trying";

const FACTOR = "/api/registration/me/second-factor";

interface State {
  on: boolean;
  since: string | null;
  recovery_codes_left: number;
}

interface Begun {
  secret: string;
  uri: string;
}

export function Factor({ onChange }: { onChange: () => void }) {
  const [changes, setChanges] = useState(0);
  const [codes, setCodes] = useState<string[] | null>(null);
  const found = useLoaded(async () => (await call<State>("GET", FACTOR)).body, [changes]);
  const changed = (shown: string[] | null) => {
    forgetAccess(); // the next token says how this session stands
    setCodes(shown);
    onChange();
    setChanges((count) => count + 1);
  };
  return (
    <section>
      <h2>{say("sec_factor")}</h2>
      {codes && <RecoveryCodes codes={codes} />}
      <Show loaded={found}>
        {(state) => (state.on ? <On state={state} onOff={() => changed(null)} /> : <Off onOn={changed} />)}
      </Show>
    </section>
  );
}

function On({ state, onOff }: { state: State; onOff: () => void }) {
  const [code, setCode] = useState("");
  const { errors, busy, ask } = useTry();
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await ask("off-code", `${FACTOR}/removal`, { code })) onOff();
  };
  return (
    <>
      <p>{say("sec_on", { since: shortMoment(state.since!), left: state.recovery_codes_left })}</p>
      <form onSubmit={submit} noValidate>
        <CodeField name="off-code" label={say("sec_off_code")} value={code} onChange={setCode} wrong={errors["off-code"]} />
        <button type="submit" class="second" disabled={busy || code.length < 6}>
          {say("sec_switch_off")}
        </button>
      </form>
    </>
  );
}

function Off({ onOn }: { onOn: (codes: string[]) => void }) {
  const [begun, setBegun] = useState<Begun | null>(null);
  return (
    <>
      <p>{say("sec_off")}</p>
      {begun ? <Confirm begun={begun} onOn={onOn} /> : <Begin onBegun={setBegun} />}
    </>
  );
}

function Begin({ onBegun }: { onBegun: (begun: Begun) => void }) {
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const { errors, busy, ask } = useTry();
  const submit = async (event: Event) => {
    event.preventDefault();
    const begun = await ask<Begun>("password", FACTOR, { password });
    if (begun) onBegun(begun);
  };
  return (
    <form onSubmit={submit} noValidate>
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
      <button type="submit" disabled={busy || !password}>
        {say("sec_begin")}
      </button>
    </form>
  );
}

function Confirm({ begun, onOn }: { begun: Begun; onOn: (codes: string[]) => void }) {
  const [code, setCode] = useState("");
  const { errors, busy, ask } = useTry();
  const submit = async (event: Event) => {
    event.preventDefault();
    const done = await ask<{ recovery_codes: string[] }>("code", `${FACTOR}/confirmation`, { code });
    if (done) onOn(done.recovery_codes);
  };
  return (
    <form onSubmit={submit} noValidate>
      <p>{say("sec_scan")}</p>
      <QrCode text={begun.uri} label={say("sec_qr")} />
      <p>
        {say("sec_by_hand")} <code class="secret">{begun.secret.replace(/(.{4})/g, "$1 ").trim()}</code>
      </p>
      <CodeField name="code" label={say("sec_code")} value={code} onChange={setCode} wrong={errors.code} />
      <button type="submit" disabled={busy || code.length < 6}>
        {say("sec_confirm")}
      </button>
    </form>
  );
}

function RecoveryCodes({ codes }: { codes: string[] }) {
  return (
    <div class="notice" role="status">
      <p>{say("sec_recovery")}</p>
      <ul class="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <button type="button" class="second" onClick={() => print()}>
        {say("sec_print")}
      </button>
    </div>
  );
}

interface CodeProps {
  name: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  wrong?: string;
}

/** Six digits, or a recovery code: so no numeric keyboard alone. */
function CodeField(props: CodeProps) {
  return <TextField {...props} autoComplete="one-time-code" maxLength={40} />;
}
