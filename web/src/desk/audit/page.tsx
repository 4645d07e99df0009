// Who did what, when and why, what it was before and after; found by who, what and when; the whole as a file.
import { useState } from "preact/hooks";
import { call } from "../../api";
import { moment, shortMoment } from "../../instants";
import { useValue } from "../../observable";
import { Route } from "../../router";
import { person } from "../../session";
import { useLoaded } from "../../shell/loaded";
import { Asked, Page } from "../base/asked";
import { DataTable } from "../base/data-table";
import { DayField, SelectField } from "../base/fields";
import { fetchContests } from "../contests/lines";
import { findNames, nameOf } from "../names";
import { Holding, wholeList } from "../people/types";
import { keysWith, say, sayIf } from "../say";
import { LogFile } from "./file";
import { partName, readable } from "./readable";
import { WholeLog } from "./whole";

interface Entry {
  entry_id: string;
  at: string;
  by: string;
  what: string;
  scope: string;
  subject: string;
  reason: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** Every service keeps the log of what is done there. */
const SERVICES = ["exam", "scoring", "registration", "emulation"] as const;
type Service = (typeof SERVICES)[number];

interface Days {
  since: string;
  until: string;
}

const ZONE = "+07:00";
const DAY_MS = 86_400_000;

export default function AuditPage({ parts: [contestId] }: { parts: Route }) {
  const [service, setService] = useState<Service>("exam");
  const [days, setDays] = useState<Days>({ since: "", until: "" });
  const filters = useFilters(contestId);
  const queryOf = (asked: Asked, more: Record<string, string> = {}) => query({ ...asked.filters, ...spanOf(days), ...more }, contestId);
  return (
    <div class="page">
      <h1>{say("menu_audit")}</h1>
      <p class="lead">{say("audit_lead")}</p>
      <div class="tools">
        <SelectField
          name="service"
          label={say("log_of")}
          value={service}
          onChange={(chosen) => setService(chosen as Service)}
          choices={SERVICES.map((each) => ({ value: each, label: say(`log_${each}`) }))}
        />
        <DayField name="since" label={say("au_since")} value={days.since} onChange={(since) => setDays({ ...days, since })} />
        <DayField name="until" label={say("au_until")} value={days.until} onChange={(until) => setDays({ ...days, until })} />
      </div>
      <WholeLog services={SERVICES} query={query(spanOf(days), contestId)} />
      <DataTable<Entry>
        key={`${service} ${contestId} ${days.since} ${days.until}`}
        name={`audit-${service}`}
        caption={say("menu_audit")}
        source={(asked) => fetchEntries(service, queryOf(asked, { limit: String(asked.limit), ...(asked.from ? { before: asked.from } : {}) }))}
        keyOf={(entry) => entry.entry_id}
        filters={filters}
        tool={(asked) => <LogFile path={`/api/${service}/audit.csv${queryOf(asked)}`} name={`nhat-ky-${service}.csv`} />}
        columns={[
          {
            key: "at",
            label: say("when"),
            cell: (entry) => (
              <time dateTime={entry.at} title={moment(entry.at)}>
                {shortMoment(entry.at)}
              </time>
            ),
          },
          { key: "by", label: say("who"), cell: (entry) => <Who id={entry.by} /> },
          { key: "what", label: say("what"), cell: (entry) => sayIf(`act_${entry.what}`, entry.what) },
          { key: "subject", label: say("subject"), cell: (entry) => <Who id={entry.subject} /> },
          { key: "reason", label: say("reason"), cell: (entry) => entry.reason || "–" },
          { key: "change", label: say("change"), cell: (entry) => <Change entry={entry} /> },
        ]}
      />
    </div>
  );
}

/** Who: people with a role, and what: every act that has a name. */
function useFilters(contestId: string | undefined) {
  const me = useValue(person);
  const contests = useLoaded(fetchContests, []);
  const people = useLoaded(() => wholeList<Holding>("/api/registration/roles", "roles"), []);
  const known = contests.state === "there" ? contests.value : [];
  // One's own name is among them: who has all contests is in nobody's list but an operator's.
  const holding = people.state === "there" ? people.value : [];
  const holders = [...new Map([...holding, ...(me ? [me] : [])].map(({ user_id, name }): [string, string] => [user_id, name]))];
  const acts = keysWith("act_").map((key) => ({ value: key.slice("act_".length), label: sayIf(key, key) }));
  const byName = (one: { label: string }, other: { label: string }) => one.label.localeCompare(other.label, "vi");
  return [
    { name: "by", label: say("who"), choices: holders.map(([value, label]) => ({ value, label })).sort(byName) },
    { name: "what", label: say("what"), choices: acts.sort(byName) },
    ...(contestId
      ? []
      : [
          {
            name: "contest",
            label: say("contest"),
            choices: known.map(({ contest_id, title }) => ({ value: contest_id, label: title })),
          },
        ]),
  ];
}

/** Whole days on the clock of the contests; the last one is included. */
function spanOf({ since, until }: Days): Record<string, string> {
  const start = (day: string) => Date.parse(`${day}T00:00:00${ZONE}`);
  return {
    ...(since ? { since: new Date(start(since)).toISOString() } : {}),
    ...(until ? { until: new Date(start(until) + DAY_MS).toISOString() } : {}),
  };
}

function query(wanted: Record<string, string>, contestId: string | undefined): string {
  const all = { ...wanted, ...(contestId ? { contest: contestId } : {}) };
  const wish = new URLSearchParams(Object.entries(all).filter(([, value]) => value));
  return `${wish}` ? `?${wish}` : "";
}

/** With the names of those who acted: a name that cannot be had stays an id. */
async function fetchEntries(service: Service, wish: string): Promise<Page<Entry>> {
  const { entries, next } = (await call<{ entries: Entry[]; next: string | null }>("GET", `/api/${service}/audit${wish}`)).body;
  await findNames(entries.flatMap(({ by, subject }) => [by, subject])).catch(() => undefined);
  return { rows: entries, next };
}

const Who = ({ id }: { id: string }) => (nameOf(id) === id ? <code>{id}</code> : <span title={id}>{nameOf(id)}</span>);

function Change({ entry }: { entry: Entry }) {
  const names = [...new Set([...Object.keys(entry.before), ...Object.keys(entry.after)])];
  if (!names.length) return <>–</>;
  return (
    <details>
      <summary>{say("parts", { n: names.length })}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{say("au_part")}</th>
            <th scope="col">{say("before")}</th>
            <th scope="col">{say("after")}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{partName(name)}</th>
              <td>{readable(name, entry.before[name], nameOf)}</td>
              <td>{readable(name, entry.after[name], nameOf)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
