// Who did what, when and why, what it was before and after; the whole as a file.
import { useState } from "preact/hooks";
import { call } from "../../api";
import { moment, shortMoment } from "../../instants";
import { Route } from "../../router";
import { Asked, Page } from "../base/asked";
import { DataTable } from "../base/data-table";
import { SelectField } from "../base/fields";
import { useLoaded } from "../../shell/loaded";
import { fetchContests } from "../contests/lines";
import { say, sayIf } from "../say";

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

export default function AuditPage({ parts: [contestId] }: { parts: Route }) {
  const [service, setService] = useState<Service>("exam");
  const contests = useLoaded(fetchContests, []);
  const known = contests.state === "there" ? contests.value : [];
  return (
    <div class="page">
      <h1>{say("menu_audit")}</h1>
      <p class="lead">{say("audit_lead")}</p>
      <SelectField
        name="service"
        label={say("log_of")}
        value={service}
        onChange={(chosen) => setService(chosen as Service)}
        choices={SERVICES.map((each) => ({ value: each, label: say(`log_${each}`) }))}
      />
      <DataTable<Entry>
        key={`${service} ${contestId}`}
        name="audit"
        caption={say("menu_audit")}
        source={(asked) => fetchEntries(service, asked, contestId)}
        keyOf={(entry) => entry.entry_id}
        filters={
          contestId
            ? []
            : [
                {
                  name: "contest",
                  label: say("contest"),
                  choices: known.map(({ contest_id, title }) => ({ value: contest_id, label: title })),
                },
              ]
        }
        file={(asked) => ({ path: `/api/${service}/audit.csv${query(asked, contestId)}`, name: `nhat-ky-${service}.csv` })}
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
          { key: "what", label: say("what"), cell: (entry) => sayIf(`act_${entry.what}`, entry.what) },
          { key: "subject", label: say("subject"), cell: (entry) => entry.subject },
          { key: "reason", label: say("reason"), cell: (entry) => entry.reason || "–" },
          { key: "change", label: say("change"), cell: (entry) => <Change entry={entry} /> },
          { key: "by", label: say("who"), cell: (entry) => <code>{entry.by}</code> },
        ]}
      />
    </div>
  );
}

const query = (asked: Asked, contestId: string | undefined, more: Record<string, string> = {}): string => {
  const contest = contestId || asked.filters.contest;
  const wish = new URLSearchParams({ ...(contest ? { contest } : {}), ...more });
  return `${wish}` ? `?${wish}` : "";
};

async function fetchEntries(service: Service, asked: Asked, contestId: string | undefined): Promise<Page<Entry>> {
  const more = { limit: String(asked.limit), ...(asked.from ? { before: asked.from } : {}) };
  const { entries, next } = (
    await call<{ entries: Entry[]; next: string | null }>("GET", `/api/${service}/audit${query(asked, contestId, more)}`)
  ).body;
  return { rows: entries, next };
}

function Change({ entry }: { entry: Entry }) {
  const names = [...new Set([...Object.keys(entry.before), ...Object.keys(entry.after)])];
  if (!names.length) return <>–</>;
  return (
    <details>
      <summary>{say("parts", { n: names.length })}</summary>
      <ul>
        {names.map((name) => (
          <li key={name}>
            {partName(name)}: {shown(entry.before[name])} → {shown(entry.after[name])}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Settings are called as in the forms; "rounds.2" as a round. */
const partName = (name: string): string =>
  name.startsWith("rounds.")
    ? say("round_n", { n: Number(name.split(".")[1]) })
    : sayIf(`part_${name}`, sayIf(`rule_${name}`, sayIf(name, sayIf(`window_${name}`, name))));

const shown = (value: unknown): string =>
  value == null ? "–" : typeof value === "object" ? JSON.stringify(value) : String(value);
