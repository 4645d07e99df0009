// What the organiser decides for all units of a contest: when reports go out, how many points participation is worth.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { ErrorSummary } from "../../forms/errors";
import { TextField } from "../../forms/field";
import { useValue } from "../../observable";
import type { Route } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import { useDoing } from "../base/doing";
import { NumberField, SelectField, Standing } from "../base/fields";
import { Line, fetchContests } from "../contests/lines";
import { organises, rights } from "../rights";
import { say } from "../say";
import { get } from "./chosen";
import { WEEKDAYS, weekday } from "./times";
import type { Evaluation, Times } from "./types";

export default function SettingsPage(_: { parts: Route }) {
  const held = useValue(rights) ?? [];
  const found = useLoaded(fetchContests, []);
  return (
    <div class="page">
      <h1>{say("menu_of_settings")}</h1>
      <p class="lead">{say("of_settings_lead")}</p>
      <Show loaded={found}>
        {(contests) => (
          <Choosing contests={contests.filter((each) => each.state === "published" && organises(held, each.contest_id))} />
        )}
      </Show>
    </div>
  );
}

function Choosing({ contests }: { contests: Line[] }) {
  const [contestId, setContestId] = useState(contests[0]?.contest_id ?? "");
  if (!contestId) return <p role="status">{say("contests_none")}</p>;
  return (
    <>
      <SelectField
        name="of-contest"
        label={say("contest")}
        value={contestId}
        choices={contests.map(({ contest_id, title }) => ({ value: contest_id, label: title }))}
        onChange={setContestId}
      />
      <Loaded key={contestId} contestId={contestId} />
    </>
  );
}

function Loaded({ contestId }: { contestId: string }) {
  const base = at("/api/scoring/contests", contestId);
  const found = useLoaded(() => Promise.all([get<Times>(`${base}/report-times`), get<Evaluation>(`${base}/evaluation`)]), [base]);
  return (
    <Show loaded={found}>
      {([times, evaluation]) => (
        <>
          <TimesForm path={`${base}/report-times`} before={times} />
          <EvaluationForm path={`${base}/evaluation`} before={evaluation} />
        </>
      )}
    </Show>
  );
}

/** A form whose whole is sent; what is said when it is kept. */
function useKept<T>(path: string) {
  const doing = useDoing();
  const [done, setDone] = useState<string | null>(null);
  const keep = (event: Event, body: T) => {
    event.preventDefault();
    setDone(null);
    void doing.run(async () => {
      await call("PUT", path, { body });
      setDone(say("saved"));
    });
  };
  return { ...doing, done, keep };
}

function TimesForm({ path, before }: { path: string; before: Times }) {
  const [times, setTimes] = useState(before);
  const { busy, errors, round, done, keep } = useKept<Times>(path);
  const change = (part: Partial<Times>) => setTimes({ ...times, ...part });
  return (
    <form onSubmit={(event) => keep(event, times)} noValidate>
      <h2>{say("of_settings_times")}</h2>
      <ErrorSummary errors={errors} round={round} />
      <TextField
        name="daily_at"
        type="time"
        label={say("of_daily_at")}
        hint={say("of_at_hint")}
        value={times.daily_at ?? ""}
        wrong={errors.daily_at}
        onChange={(text) => change({ daily_at: text || null })}
      />
      <SelectField
        name="weekly_on"
        label={say("of_weekly_on")}
        value={String(times.weekly_on)}
        choices={WEEKDAYS.map((day) => ({ value: String(day), label: weekday(day) }))}
        onChange={(day) => change({ weekly_on: Number(day) })}
      />
      <TextField
        name="weekly_at"
        type="time"
        label={say("of_weekly_at")}
        hint={say("of_at_hint")}
        value={times.weekly_at ?? ""}
        wrong={errors.weekly_at}
        onChange={(text) => change({ weekly_at: text || null })}
      />
      <p class="row">
        <button type="submit" disabled={busy}>
          {say("of_settings_keep_times")}
        </button>
        <Standing busy={busy} done={done} />
      </p>
    </form>
  );
}

function EvaluationForm({ path, before }: { path: string; before: Evaluation }) {
  const [table, setTable] = useState(before);
  const { busy, errors, round, done, keep } = useKept<Evaluation>(path);
  const change = (place: number, part: Partial<Evaluation["steps"][number]>) =>
    setTable({ ...table, steps: table.steps.map((step, at) => (at === place ? { ...step, ...part } : step)) });
  return (
    <form onSubmit={(event) => keep(event, table)} noValidate>
      <h2>{say("of_settings_evaluation")}</h2>
      <p>{say("of_settings_evaluation_text")}</p>
      <ErrorSummary errors={errors} round={round} />
      <TextField
        name="criterion"
        label={say("of_criterion")}
        value={table.criterion}
        wrong={errors.criterion}
        maxLength={300}
        onChange={(criterion) => setTable({ ...table, criterion })}
      />
      {table.steps.map((step, place) => (
        <div class="line" key={place}>
          <NumberField
            name={`steps.${place}.least_rate`}
            label={say("of_least_rate", { n: place + 1 })}
            value={step.least_rate}
            least={0}
            most={100}
            wrong={errors[`steps.${place}.least_rate`]}
            onChange={(rate) => change(place, { least_rate: rate ?? 0 })}
          />
          <NumberField
            name={`steps.${place}.points`}
            label={say("of_points", { n: place + 1 })}
            value={step.points}
            least={0}
            most={1000}
            wrong={errors[`steps.${place}.points`]}
            onChange={(count) => change(place, { points: count ?? 0 })}
          />
          <button
            type="button"
            class="second small"
            disabled={table.steps.length === 1}
            onClick={() => setTable({ ...table, steps: table.steps.filter((_, at) => at !== place) })}
          >
            {say("of_drop_step", { n: place + 1 })}
          </button>
        </div>
      ))}
      <p class="row">
        <button
          type="button"
          class="second"
          onClick={() => setTable({ ...table, steps: [...table.steps, { least_rate: 0, points: 0 }] })}
        >
          {say("add_line")}
        </button>
        <button type="submit" disabled={busy}>
          {say("of_settings_keep_evaluation")}
        </button>
        <Standing busy={busy} done={done} />
      </p>
    </form>
  );
}
