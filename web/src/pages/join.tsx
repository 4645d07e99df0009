import { useState } from "preact/hooks";
import { load } from "../api";
import { joined } from "../channel";
import { clock } from "../clock";
import { useComingIn } from "../forms/coming-in";
import { ErrorSummary, Errors } from "../forms/errors";
import { Group, PasswordField } from "../forms/field";
import { birthDate, isChild } from "../forms/birth";
import { EMPTY, Joining, joinBody, missing, placed } from "../forms/joining";
import { Guardian, PartProps, PartyField, WhereFields, WhoFields } from "../forms/person-fields";
import { WhoseDevice, complete, useWhose } from "../forms/whose";
import { helping } from "../helping/mode";
import { Answer, Problem, send } from "../http";
import { language, say } from "../messages";
import { Route, link } from "../router";
import type { SignedIn, Whose } from "../session";
import { Show, useLoaded } from "../shell/loaded";
import type { Purpose } from "../types";

export function JoinPage({ next }: { next: Route }) {
  const purposes = useLoaded(() => load<{ purposes: Purpose[] }>("/api/registration/consents"), []);
  return <Show loaded={purposes}>{({ purposes: found }) => <JoinForm purposes={found} next={next} />}</Show>;
}

function JoinForm({ purposes, next }: { purposes: Purpose[]; next: Route }) {
  const [form, setForm] = useState<Joining>({ ...EMPTY, ...helping.value?.prefilled });
  const choice = useWhose();
  const { errors, round, busy, comeIn } = useComingIn(next);
  const [shown, setShown] = useState(false);
  const set = (change: Partial<Joining>) => setForm((before) => ({ ...before, ...change }));
  const text = (name: keyof Joining) => ({ value: form[name] as string, onChange: (value: string) => set({ [name]: value }) });

  const submit = (event: Event) => {
    event.preventDefault();
    const ask = joining(form, purposes, choice.here);
    return comeIn({
      missing: missing(form, purposes, clock.now()),
      doing: say("joining"),
      ask: () => ask().then(joined),
      refusal: (error) => refusal(error, purposes),
    });
  };
  return (
    <div class="page narrow">
      <h1>{say("join")}</h1>
      <p class="lead">
        {say("join_lead")} <a href={link("sign-in", ...next)}>{say("have_account")}</a>
      </p>
      <ErrorSummary errors={errors} round={round} />
      <form onSubmit={submit} noValidate>
        <WhoFields form={form} set={set} errors={errors} />
        <PasswordField
          name="password"
          label={say("new_password")}
          hint={say("password_hint")}
          {...text("password")}
          wrong={errors.password}
          shown={shown}
          onShow={setShown}
          autoComplete={complete("new-password")}
        />
        <WhereFields form={form} set={set} errors={errors} />
        <details>
          <summary>{say("party_unit_ask")}</summary>
          <PartyField form={form} set={set} errors={errors} />
        </details>
        {isChild(birthDate(form), clock.now()) && <Guardian form={form} set={set} errors={errors} />}
        <Consents purposes={purposes} form={form} set={set} errors={errors} />
        <WhoseDevice {...choice} />
        <p class="row">
          <button type="submit" disabled={busy !== null}>
            {say("join_send")}
          </button>
        </p>
        <p role="status">{busy}</p>
      </form>
    </div>
  );
}

/** Joins, repeatedly if need be: when the answer to an earlier try was lost, the account is there and is signed in to. */
function joining(form: Joining, purposes: Purpose[], device: Whose): () => Promise<Answer<SignedIn>> {
  const body = { ...joinBody(form, purposes, language.value, clock.now()), device };
  let tries = 0;
  return async () => {
    tries += 1;
    try {
      return await send<SignedIn>("POST", "/api/registration/session/join", { body, session: true });
    } catch (error) {
      if (tries === 1 || !(error instanceof Problem) || error.slug !== "identifier-taken") throw error;
      return send<SignedIn>("POST", "/api/registration/session/sign-in", {
        body: { identifier: form.phone.trim() || form.email.trim(), password: form.password, device },
        session: true,
      });
    }
  };
}

/** The person's mistakes by field; anything else as one sentence on top. */
function refusal(error: unknown, purposes: Purpose[]): Errors {
  if (!(error instanceof Problem)) return { "": say("failed") };
  if (error.slug === "identifier-taken") return { phone: error.message };
  return Object.keys(error.fields).length ? placed(error.fields, purposes) : { "": error.message || say("failed") };
}

/** Nothing is ticked beforehand; the text, its version and how long data are kept stand beside each. */
function Consents({ purposes, form, set, errors }: PartProps & { purposes: Purpose[] }) {
  return (
    <section>
      <h2>{say("consent")}</h2>
      {purposes.map((each) => (
        <Group
          key={each.purpose}
          name={`consent-${each.purpose}`}
          label={each.title}
          hint={say(each.required ? "consent_required" : "consent_optional")}
          wrong={errors[`consent-${each.purpose}`]}
        >
          <p>{each.text}</p>
          <p class="quiet">
            {say("consent_kept", { text: each.retention })} {say("consent_version", { version: each.version })}.
          </p>
          <label class="tick">
            <input
              type="checkbox"
              checked={form.agreed[each.purpose] ?? false}
              onChange={(event) => set({ agreed: { ...form.agreed, [each.purpose]: event.currentTarget.checked } })}
            />
            {say("consent_agree")}
          </label>
        </Group>
      ))}
    </section>
  );
}
