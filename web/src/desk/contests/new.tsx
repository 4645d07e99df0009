// A new contest: from a template, or from an earlier contest with its calendar moved.
import { useState } from "preact/hooks";
import { call, load } from "../../api";
import { ErrorSummary } from "../../forms/errors";
import { TextField } from "../../forms/field";
import { go } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import { useDoing } from "../base/doing";
import { DayField, InstantField, NumberField, RadioField, SelectField } from "../base/fields";
import { slug } from "../base/fold";
import { named } from "../base/named";
import { say } from "../say";
import { BankVersion, Contest } from "../types";
import { fetchContests } from "./lines";

interface Template {
  id: string;
  title: string;
  about: string;
}

const ZONE = "Asia/Ho_Chi_Minh";
const COPY = "copy:";
/** Its rounds last seconds: it wants an instant, not a day. */
const REHEARSAL = "compressed";

export default function NewContestPage() {
  const found = useLoaded(async () => {
    const [{ templates }, contests, { body }] = await Promise.all([
      load<{ templates: Template[] }>("/api/exam/templates"),
      fetchContests(),
      call<{ banks: BankVersion[] }>("GET", "/api/exam/banks"),
    ]);
    return { templates, contests, banks: [...new Set(body.banks.map((bank) => bank.bank_id))] };
  }, []);
  return (
    <div class="page narrow">
      <h1>{say("menu_new")}</h1>
      <p class="lead">{say("new_lead")}</p>
      <Show loaded={found}>{(given) => <Form {...given} />}</Show>
    </div>
  );
}

interface Given {
  templates: Template[];
  contests: Pick<Contest, "contest_id" | "title">[];
  banks: string[];
}

function Form({ templates, contests, banks }: Given) {
  const [from, setFrom] = useState(templates.some(({ id }) => id === "neutral") ? "neutral" : (templates[0]?.id ?? ""));
  const [title, setTitle] = useState("");
  const [ownId, setOwnId] = useState<string | null>(null);
  const [day, setDay] = useState("");
  const [startsAt, setStartsAt] = useState("");
  const [seconds, setSeconds] = useState(120);
  const [bank, setBank] = useState(banks[0] ?? "");
  const { busy, errors, round, run } = useDoing();
  const id = ownId ?? slug(title);
  const copied = from.startsWith(COPY) ? from.slice(COPY.length) : null;
  const send = (event: Event) => {
    event.preventDefault();
    const banksOf = bank ? { banks: Object.fromEntries(["officials", "citizens", "pupils"].map((each) => [each, bank])) } : {};
    const body = {
      contest_id: id,
      title: title.trim(),
      ...(copied ? { copy_of: copied } : { template: from, ...banksOf }),
      ...(from === REHEARSAL ? { starts_at: startsAt || undefined, round_seconds: seconds } : { first_day: day || undefined }),
    };
    void run(async () => {
      const made = await call<Contest>("POST", "/api/exam/contests", { body });
      go(["contests", made.body.contest_id]);
    });
  };
  return (
    <form onSubmit={send} noValidate>
      <ErrorSummary errors={named(errors)} round={round} />
      <RadioField
        name="template"
        label={say("new_from")}
        wrong={errors.template}
        value={copied ? COPY : from}
        onChange={(value) => setFrom(value === COPY ? COPY + (contests[0]?.contest_id ?? "") : value)}
        choices={[
          ...templates.map((template) => ({ value: template.id, label: `${template.title}. ${template.about}` })),
          ...(contests.length ? [{ value: COPY, label: say("new_copy") }] : []),
        ]}
      />
      {copied !== null && (
        <SelectField
          name="copy_of"
          label={say("new_copy_of")}
          wrong={errors.copy_of}
          value={copied}
          onChange={(value) => setFrom(COPY + value)}
          choices={contests.map((contest) => ({ value: contest.contest_id, label: contest.title }))}
        />
      )}
      <TextField
        name="title"
        label={say("title")}
        hint={say("title_hint")}
        value={title}
        wrong={errors.title}
        maxLength={200}
        onChange={setTitle}
      />
      <TextField
        name="contest_id"
        label={say("contest_id")}
        hint={say("contest_id_hint")}
        value={id}
        wrong={errors.contest_id}
        maxLength={60}
        onChange={setOwnId}
      />
      {from === REHEARSAL ? (
        <>
          <InstantField
            name="starts_at"
            label={say("starts_at")}
            hint={say("zone_hint")}
            value={startsAt}
            zone={ZONE}
            wrong={errors.starts_at}
            onChange={setStartsAt}
          />
          <NumberField
            name="round_seconds"
            label={say("round_seconds")}
            value={seconds}
            least={5}
            most={86400}
            wrong={errors.round_seconds}
            onChange={(value) => setSeconds(value ?? 5)}
          />
        </>
      ) : (
        <DayField
          name="first_day"
          label={say("first_day")}
          hint={say("first_day_hint")}
          value={day}
          wrong={errors.first_day}
          onChange={setDay}
        />
      )}
      {!copied && banks.length > 0 && (
        <SelectField
          name="bank"
          label={say("bank")}
          hint={say("bank_later")}
          value={bank}
          onChange={setBank}
          choices={banks.map((each) => ({ value: each, label: each }))}
        />
      )}
      <p>
        <button type="submit" disabled={busy}>
          {say("new_send")}
        </button>
      </p>
    </form>
  );
}
