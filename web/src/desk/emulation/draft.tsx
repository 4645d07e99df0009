// The draft of a campaign as a form: dates, leagues and fields, criteria with their tables, awards, what decides between equals.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { ErrorSummary } from "../../forms/errors";
import { TextField } from "../../forms/field";
import { useLoaded } from "../../shell/loaded";
import { useDoing } from "../base/doing";
import { DayField, InstantField, NumberField, SelectField, Standing } from "../base/fields";
import { named } from "../base/named";
import { Line, fetchContests } from "../contests/lines";
import { say, sayIf } from "../say";
import { FieldsForm, LeaguesForm, TieBreakForm } from "./competing";
import { DecimalField } from "./decimal";
import { Opening, pathInWords } from "./opening";
import { BASE, KINDS, Section, ZONE } from "./section";
import type { Award, Campaign, Criterion, Kind, Named, Rules, Step } from "./types";

const HOWS = ["yes-no", "points", "scaled", "index", "contest"] as const;
const EVIDENCE = ["none", "optional", "required"] as const;
const WITH_STEPS = ["scaled", "index", "contest"];

export function Draft({ campaign, onSaved }: Pick<Section, "campaign" | "onSaved">) {
  const [draft, setDraft] = useState(campaign);
  const { busy, errors, round, run } = useDoing();
  const contests = useLoaded(fetchContests, []);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(campaign);
  const change = (part: Partial<Campaign>) => setDraft({ ...draft, ...part });
  const changeRules = (part: Partial<Rules>) => change({ rules: { ...draft.rules, ...part } });
  const save = (event: Event) => {
    event.preventDefault();
    const { title, from_day, to_day, assess_until, review_until, revision, rules } = draft;
    const body = { title, from_day, to_day, assess_until, review_until, revision, rules };
    void run(async () => onSaved((await call<Campaign>("PUT", at(`${BASE}/campaigns`, draft.campaign_id), { body })).body));
  };
  return (
    <>
      <form onSubmit={save} noValidate>
        <ErrorSummary errors={named(errors, (path) => pathInWords(draft.rules, path))} round={round} />
        <TextField
          name="title"
          label={say("em_title")}
          value={draft.title}
          wrong={errors.title}
          maxLength={200}
          onChange={(title) => change({ title })}
        />
        <div class="line">
          {(["from_day", "to_day"] as const).map((name) => (
            <DayField
              key={name}
              name={name}
              label={say(`em_${name}`)}
              value={draft[name]}
              wrong={errors[name]}
              onChange={(day) => change({ [name]: day })}
            />
          ))}
          {(["assess_until", "review_until"] as const).map((name) => (
            <InstantField
              key={name}
              name={name}
              label={say(`em_${name}`)}
              value={draft[name]}
              zone={ZONE}
              wrong={errors[name]}
              onChange={(instant) => change({ [name]: instant })}
            />
          ))}
        </div>
        <LeaguesForm rules={draft.rules} errors={errors} onChange={changeRules} />
        <FieldsForm rules={draft.rules} errors={errors} onChange={changeRules} />
        {KINDS.map((kind) => (
          <CriteriaForm
            key={kind}
            kind={kind}
            criteria={draft.rules[kind]}
            fields={draft.rules.fields}
            contests={contests.state === "there" ? contests.value : []}
            errors={errors}
            onChange={(criteria) => changeRules(withCriteria(draft.rules, kind, criteria))}
          />
        ))}
        <AwardsForm awards={draft.rules.awards} errors={errors} onChange={(awards) => changeRules({ awards })} />
        <TieBreakForm rules={draft.rules} errors={errors} onChange={changeRules} />
        <p class="save-bar">
          <button type="submit" disabled={busy || !isChanged}>
            {say("em_save_draft")}
          </button>
          <Standing busy={busy} done={isChanged ? say("em_unsaved") : null} />
        </p>
      </form>
      {!isChanged && <Opening campaign={campaign} onSaved={onSaved} />}
    </>
  );
}

/** What decides between equals names only criteria that are there. */
function withCriteria(rules: Rules, kind: Kind, criteria: Criterion[]): Partial<Rules> {
  const next = { ...rules, [kind]: criteria };
  const codes = new Set(KINDS.flatMap((each) => next[each].map(({ code }) => code)));
  return { [kind]: criteria, tie_break: rules.tie_break.filter((code) => codes.has(code)) };
}

interface CriteriaProps {
  kind: Kind;
  criteria: Criterion[];
  fields: Named[];
  contests: Line[];
  errors: Record<string, string>;
  onChange: (criteria: Criterion[]) => void;
}

function CriteriaForm({ kind, criteria, fields, contests, errors, onChange }: CriteriaProps) {
  const change = (place: number, part: Partial<Criterion>) =>
    onChange(criteria.map((each, at) => (at === place ? { ...each, ...part } : each)));
  return (
    <section>
      <h2>{say(kind === "collective" ? "em_of_collectives" : "em_of_individuals")}</h2>
      {criteria.map((each, place) => (
        <details key={each.code} open={Object.keys(errors).some((path) => path.startsWith(`rules.${kind}.${place}.`))}>
          <summary>
            {each.code} – {each.text}
          </summary>
          <CriterionForm
            path={`rules.${kind}.${place}`}
            criterion={each}
            fields={fields}
            contests={contests}
            errors={errors}
            onChange={(part) => change(place, part)}
          />
          <button type="button" class="second small" onClick={() => onChange(criteria.filter((_, at) => at !== place))}>
            {say("em_drop_criterion", { code: each.code })}
          </button>
        </details>
      ))}
      <p>
        <button type="button" class="second" onClick={() => onChange([...criteria, blank(kind, criteria)])}>
          {say("em_add_criterion")}
        </button>
      </p>
    </section>
  );
}

/** A code that is not there yet. */
function blank(kind: Kind, criteria: Criterion[]): Criterion {
  let place = criteria.length + 1;
  const code = () => `${kind === "collective" ? "N" : "M"}${place}`;
  while (criteria.some((each) => each.code === code())) place += 1;
  const bare = { group: "", field: "", hint: "", steps: [], measure: "rate", contest_id: "", rounds: [] } as const;
  return { ...bare, steps: [], rounds: [], code: code(), text: say("em_new_criterion"), most: 5, how: "points", evidence: "optional" };
}

interface CriterionProps {
  path: string;
  criterion: Criterion;
  fields: Named[];
  contests: Line[];
  errors: Record<string, string>;
  onChange: (part: Partial<Criterion>) => void;
}

function CriterionForm({ path, criterion, fields, contests, errors, onChange }: CriterionProps) {
  const field = (name: string) => ({ name: `${path}.${name}`, wrong: errors[`${path}.${name}`] });
  const choices = (prefix: string, words: readonly string[]) => words.map((value) => ({ value, label: sayIf(`${prefix}${value}`, value) }));
  return (
    <>
      <TextField {...field("text")} label={say("em_text")} value={criterion.text} maxLength={600} onChange={(text) => onChange({ text })} />
      <div class="line">
        <DecimalField {...field("most")} label={say("em_most")} value={criterion.most} onChange={(most) => onChange({ most: most ?? 0 })} />
        <SelectField
          {...field("how")}
          label={say("em_how")}
          value={criterion.how}
          choices={choices("em_how_", HOWS)}
          onChange={(how) => onChange({ how: how as Criterion["how"], steps: startingSteps(how, criterion) })}
        />
        <SelectField
          {...field("evidence")}
          label={say("em_evidence")}
          value={criterion.evidence}
          choices={choices("em_evidence_", EVIDENCE)}
          onChange={(evidence) => onChange({ evidence: evidence as Criterion["evidence"] })}
        />
        {fields.length > 0 && (
          <SelectField
            {...field("field")}
            label={say("em_field")}
            value={criterion.field}
            choices={[{ value: "", label: say("em_field_none") }, ...fields.map(({ code, name }) => ({ value: code, label: name }))]}
            onChange={(chosen) => onChange({ field: chosen })}
          />
        )}
        {criterion.how === "contest" && (
          <>
            <SelectField
              {...field("contest_id")}
              label={say("em_contest_id")}
              value={criterion.contest_id}
              choices={[
                { value: "", label: say("em_choose_contest") },
                ...contests.map(({ contest_id, title }) => ({ value: contest_id, label: title })),
              ]}
              onChange={(contest_id) => onChange({ contest_id })}
            />
            <SelectField
              {...field("measure")}
              label={say("em_measure")}
              value={criterion.measure}
              choices={choices("em_how_contest_", ["rate", "place"])}
              onChange={(measure) => onChange({ measure: measure as Criterion["measure"] })}
            />
          </>
        )}
      </div>
      {WITH_STEPS.includes(criterion.how) && (
        <Steps path={`${path}.steps`} steps={criterion.steps} errors={errors} onChange={(steps) => onChange({ steps })} />
      )}
    </>
  );
}

const startingSteps = (how: string, { steps, most }: Criterion): Step[] =>
  WITH_STEPS.includes(how) ? (steps.length ? steps : [{ bound: 80, points: most }]) : [];

interface StepsProps {
  path: string;
  steps: Step[];
  errors: Record<string, string>;
  onChange: (steps: Step[]) => void;
}

function Steps({ path, steps, errors, onChange }: StepsProps) {
  const change = (place: number, part: Partial<Step>) => onChange(steps.map((each, at) => (at === place ? { ...each, ...part } : each)));
  return (
    <>
      {errors[path] && <p class="wrong">{errors[path]}</p>}
      {steps.map((step, place) => (
        <div class="line" key={place}>
          <DecimalField
            name={`${path}.${place}.bound`}
            label={say("em_bound", { n: place + 1 })}
            value={step.bound}
            wrong={errors[`${path}.${place}.bound`]}
            onChange={(bound) => change(place, { bound: bound ?? 0 })}
          />
          <DecimalField
            name={`${path}.${place}.points`}
            label={say("em_step_points", { n: place + 1 })}
            value={step.points}
            wrong={errors[`${path}.${place}.points`]}
            onChange={(worth) => change(place, { points: worth ?? 0 })}
          />
          <button type="button" class="second small" onClick={() => onChange(steps.filter((_, at) => at !== place))}>
            {say("em_drop_step", { n: place + 1 })}
          </button>
        </div>
      ))}
      <p>
        <button type="button" class="second small" onClick={() => onChange([...steps, { bound: 0, points: 0 }])}>
          {say("em_add_step")}
        </button>
      </p>
    </>
  );
}

interface AwardsProps {
  awards: Award[];
  errors: Record<string, string>;
  onChange: (awards: Award[]) => void;
}

function AwardsForm({ awards, errors, onChange }: AwardsProps) {
  const change = (place: number, part: Partial<Award>) => onChange(awards.map((each, at) => (at === place ? { ...each, ...part } : each)));
  return (
    <section>
      <h2>{say("em_awards")}</h2>
      {awards.map((award, place) => {
        const field = (name: string) => ({ name: `rules.awards.${place}.${name}`, wrong: errors[`rules.awards.${place}.${name}`] });
        return (
          <details key={award.code}>
            <summary>
              {award.name} – {sayIf(`em_kind_${award.subject}`, award.subject)}
            </summary>
            <div class="line">
              <TextField {...field("name")} label={say("em_award_name")} value={award.name} onChange={(name) => change(place, { name })} />
              <TextField
                {...field("given_by")}
                label={say("em_given_by")}
                value={award.given_by}
                onChange={(given_by) => change(place, { given_by })}
              />
              <DecimalField
                {...field("least_points")}
                label={say("em_least_points")}
                value={award.least_points}
                onChange={(least) => change(place, { least_points: least ?? 0 })}
              />
              <NumberField
                {...field("quota")}
                label={say("em_quota")}
                value={award.quota}
                least={0}
                none={say("em_no_limit")}
                onChange={(quota) => change(place, { quota })}
              />
              <NumberField
                {...field("quota_percent")}
                label={say("em_quota_percent")}
                value={award.quota_percent}
                least={1}
                most={100}
                none={say("em_no_limit")}
                onChange={(quota_percent) => change(place, { quota_percent })}
              />
              <SelectField
                {...field("within")}
                label={say("em_within")}
                value={award.within}
                choices={["all", "league", "unit"].map((value) => ({ value, label: sayIf(`em_within_${value}`, value) }))}
                onChange={(within) => change(place, { within: within as Award["within"] })}
              />
            </div>
          </details>
        );
      })}
    </section>
  );
}
