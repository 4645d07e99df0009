// Giving a role: by a letter with a link, or at once to an account that exists - most village officials have no e-mail address.
import { useState } from "preact/hooks";
import { call } from "../../api";
import { ErrorSummary } from "../../forms/errors";
import { TextField } from "../../forms/field";
import { UnitFinder } from "../../forms/unit-finder";
import { shortMoment } from "../../instants";
import { useValue } from "../../observable";
import type { Unit } from "../../types";
import { useDoing } from "../base/doing";
import { RadioField, SelectField } from "../base/fields";
import { Right, Role, holds, organises, rights } from "../rights";
import { say } from "../say";
import type { Section } from "./page";
import { Holding, Invitation, roleName } from "./types";

type Tree = "administrative" | "party";
type Way = "letter" | "account";

const KINDS: Record<Role, string> = { officer: "unit", organiser: "contest", operator: "platform" };

interface Form {
  role: Role;
  tree: Tree;
  unit: Unit | null;
  contest: string;
  way: Way;
  email: string;
  identifier: string;
  language: string;
  reason: string;
}

const EMPTY: Form = {
  role: "officer",
  tree: "administrative",
  unit: null,
  contest: "",
  way: "letter",
  email: "",
  identifier: "",
  language: "vi",
  reason: "",
};

export function Give({ contests }: Section) {
  const own = useValue(rights) ?? [];
  const [form, setForm] = useState(EMPTY);
  const [done, setDone] = useState("");
  const { busy, errors, round, run } = useDoing();
  const change = (part: Partial<Form>) => setForm({ ...form, ...part });
  const choices = contestChoices(contests, own);
  const id = boundTo(form, choices[0]?.value ?? "");
  const send = (event: Event) => {
    event.preventDefault();
    setDone("");
    void run(async () => {
      setDone(await given(form, id));
      setForm({ ...form, email: "", identifier: "", reason: "" });
    });
  };
  return (
    <form onSubmit={send} noValidate class="narrow" aria-label={say("pp_give")}>
      <ErrorSummary errors={errors} round={round} />
      <SelectField
        name="role"
        label={say("pp_role")}
        hint={say(`pp_may_${form.role}`)}
        value={form.role}
        onChange={(role) => change({ role: role as Role })}
        choices={rolesToGive(own).map((value) => ({ value, label: roleName(value) }))}
      />
      {form.role === "officer" && <UnitPart form={form} wrong={errors.id} change={change} />}
      {form.role === "organiser" && (
        <SelectField
          name="id"
          label={say("contest")}
          wrong={errors.id}
          value={id}
          onChange={(contest) => change({ contest })}
          choices={choices}
        />
      )}
      {holds(own, "operator", "organiser") && (
        <RadioField
          name="way"
          label={say("pp_way")}
          value={form.way}
          onChange={(way) => change({ way: way as Way })}
          choices={(["letter", "account"] as const).map((value) => ({ value, label: say(`pp_way_${value}`) }))}
        />
      )}
      {/* With keys: else one input is made of the other when the way changes, and what is typed at that moment is lost. */}
      {form.way === "letter" ? (
        <LetterPart form={form} wrong={errors.email} change={change} />
      ) : (
        <TextField
          key="identifier"
          name="identifier"
          label={say("pp_identifier")}
          hint={say("pp_identifier_hint")}
          value={form.identifier}
          wrong={errors.identifier}
          autoComplete="off"
          onChange={(identifier) => change({ identifier })}
        />
      )}
      <TextField
        key="reason"
        name="reason"
        label={say("reason")}
        hint={say("pp_reason_hint")}
        value={form.reason}
        wrong={errors.reason}
        maxLength={500}
        onChange={(reason) => change({ reason })}
      />
      <button type="submit" disabled={busy || !id}>
        {say(form.way === "letter" ? "pp_send" : "pp_give_now")}
      </button>
      <p role="status" class={done ? "notice good" : ""}>
        {done}
      </p>
    </form>
  );
}

interface PartProps {
  form: Form;
  wrong?: string;
  change: (part: Partial<Form>) => void;
}

function UnitPart({ form, wrong, change }: PartProps) {
  return (
    <>
      <RadioField
        name="tree"
        label={say("pp_tree")}
        value={form.tree}
        onChange={(tree) => change({ tree: tree as Tree, unit: null })}
        choices={(["administrative", "party"] as const).map((value) => ({ value, label: say(`pp_tree_${value}`) }))}
      />
      <UnitFinder
        key={form.tree}
        name="id"
        label={say("unit")}
        hint={say("pp_unit_hint")}
        wrong={wrong}
        tree={form.tree}
        chosen={form.unit}
        onChoose={(unit) => change({ unit })}
      />
    </>
  );
}

function LetterPart({ form, wrong, change }: PartProps) {
  return (
    <>
      <TextField
        name="email"
        label={say("pp_email")}
        hint={say("pp_email_hint")}
        value={form.email}
        wrong={wrong}
        type="email"
        inputMode="email"
        autoComplete="off"
        onChange={(email) => change({ email })}
      />
      <SelectField
        name="language"
        label={say("pp_language")}
        value={form.language}
        onChange={(language) => change({ language })}
        choices={["vi", "en"].map((value) => ({ value, label: value === "vi" ? "Tiếng Việt" : "English" }))}
      />
    </>
  );
}

const rolesToGive = (own: readonly Right[]): Role[] =>
  holds(own, "operator") ? ["officer", "organiser", "operator"] : holds(own, "organiser") ? ["officer", "organiser"] : ["officer"];

/** Published contests and drafts one may give away; an operator also all of them at once. */
function contestChoices(contests: Section["contests"], own: readonly Right[]): { value: string; label: string }[] {
  const operates = holds(own, "operator");
  const named = contests.filter(({ contest_id }) => operates || organises(own, contest_id));
  const choices = named.map(({ contest_id, title }) => ({ value: contest_id, label: title }));
  return operates ? [...choices, { value: "*", label: say("pp_every_contest") }] : choices;
}

const boundTo = ({ role, unit, contest }: Form, firstContest: string): string =>
  role === "operator" ? "*" : role === "officer" ? (unit?.id ?? "") : contest || firstContest;

/** The sentence that says what was done. */
async function given(form: Form, id: string): Promise<string> {
  const role = { role: form.role, kind: KINDS[form.role], id, reason: form.reason.trim() };
  if (form.way === "letter") {
    const body = { ...role, email: form.email.trim(), language: form.language };
    const sent = (await call<Invitation>("POST", "/api/registration/invitations", { body })).body;
    return say("pp_sent", { email: sent.email, until: shortMoment(sent.expires_at) });
  }
  const body = { ...role, identifier: form.identifier.trim() };
  const held = (await call<Holding>("POST", "/api/registration/roles", { body })).body;
  return say("pp_given", { name: held.name, role: roleName(held.role) });
}
