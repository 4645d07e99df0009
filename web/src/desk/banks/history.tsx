// The versions of a bank, and who did what with it.
import { at, call } from "../../api";
import { moment, shortMoment } from "../../instants";
import { link } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { say, sayIf } from "../say";
import type { SectionProps } from "./page";
import { By, StateOf } from "./said";
import type { Version } from "./types";

interface Entry {
  entry_id: string;
  at: string;
  by: string;
  what: string;
  reason: string;
  after: { version?: number };
}

export function History({ version, versions }: SectionProps) {
  const found = useLoaded(() => fetchLog(version.bank_id), [version.bank_id, versions.length]);
  return (
    <>
      <h2>{say("qb_versions")}</h2>
      <DataTable<Version>
        name="bank-versions"
        caption={say("qb_versions")}
        keyOf={(each) => String(each.version)}
        source={ofList({ rows: versions, text: (each) => String(each.version) })}
        columns={[
          {
            key: "version",
            label: say("qb_one_version"),
            cell: (each) => (
              <a href={link("banks", each.bank_id, String(each.version), "differences")}>
                {say("qb_version", { n: each.version })}
              </a>
            ),
          },
          { key: "state", label: say("state"), cell: (each) => <StateOf version={each} /> },
          { key: "questions", label: say("qb_questions"), isNumber: true, cell: (each) => each.questions },
          { key: "at", label: say("qb_imported_at"), cell: (each) => shortMoment(each.imported_at) },
          { key: "by", label: say("who"), cell: (each) => <By id={each.imported_by} /> },
          {
            key: "approved",
            label: say("qb_approval"),
            cell: (each) =>
              each.approved_at ? (
                <>
                  {shortMoment(each.approved_at)} <By id={each.approved_by} />
                </>
              ) : (
                "–"
              ),
          },
        ]}
      />
      <h2>{say("menu_audit")}</h2>
      <Show loaded={found}>{(entries) => <Log entries={entries} />}</Show>
    </>
  );
}

/** The newest first. */
const fetchLog = async (bankId: string): Promise<Entry[]> =>
  (await call<{ entries: Entry[] }>("GET", at("/api/exam/banks", bankId, "audit"))).body.entries.reverse();

function Log({ entries }: { entries: Entry[] }) {
  return (
    <DataTable<Entry>
      name="bank-log"
      caption={say("menu_audit")}
      keyOf={(entry) => entry.entry_id}
      source={ofList({ rows: entries, text: (entry) => entry.what })}
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
        { key: "version", label: say("qb_one_version"), isNumber: true, cell: (entry) => entry.after.version ?? "–" },
        { key: "reason", label: say("reason"), cell: (entry) => entry.reason || "–" },
        { key: "by", label: say("who"), cell: (entry) => <By id={entry.by} /> },
      ]}
    />
  );
}
