// Question banks: the list, and behind each line a version with what it covers, asks and changes.
import "./banks.css";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api";
import { shortMoment } from "../../instants";
import { Route, link } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { Key, number, say } from "../say";
import { Covers } from "./covers";
import { Differences } from "./differences";
import { History } from "./history";
import { Questions } from "./questions";
import { By, StateOf } from "./said";
import type { Version } from "./types";

export interface SectionProps {
  version: Version;
  /** Every version of the bank, the newest first. */
  versions: Version[];
  /** Something was changed: look again. */
  again: () => void;
}

const SECTIONS: Record<string, { name: Key; of: (props: SectionProps) => JSX.Element }> = {
  covers: { name: "qb_covers", of: Covers },
  questions: { name: "qb_questions", of: Questions },
  differences: { name: "qb_differences", of: Differences },
  history: { name: "qb_history", of: History },
};

export default function BanksPage({ parts: [bankId, version, section] }: { parts: Route }) {
  const [changes, setChanges] = useState(0);
  const found = useLoaded(fetchVersions, [bankId, changes]);
  const again = () => setChanges(changes + 1);
  return (
    <Show loaded={found}>
      {(all) =>
        bankId ? (
          <OfBank
            bankId={bankId}
            versions={all.filter(({ bank_id }) => bank_id === bankId)}
            wanted={Number(version)}
            section={section}
            again={again}
          />
        ) : (
          <Banks all={all} />
        )
      }
    </Show>
  );
}

export const fetchVersions = async (): Promise<Version[]> =>
  (await call<{ banks: Version[] }>("GET", "/api/exam/banks")).body.banks;

interface Line {
  newest: Version;
  approved: Version | null;
}

/** Versions come by bank, the newest first. */
const linesOf = (all: Version[]): Line[] =>
  [...new Set(all.map(({ bank_id }) => bank_id))].map((bank) => {
    const versions = all.filter(({ bank_id }) => bank_id === bank);
    return { newest: versions[0]!, approved: versions.find(({ state }) => state === "approved") ?? null };
  });

function Banks({ all }: { all: Version[] }) {
  return (
    <div class="page">
      <h1>{say("menu_banks")}</h1>
      <p class="lead">{say("qb_lead")}</p>
      <p>
        <a class="button small" href={link("bank-import")}>
          {say("qb_import")}
        </a>
      </p>
      <DataTable<Line>
        name="banks"
        caption={say("menu_banks")}
        searchable
        empty={say("qb_none")}
        keyOf={({ newest }) => newest.bank_id}
        filters={[
          {
            name: "state",
            label: say("state"),
            choices: (["draft", "approved"] as const).map((value) => ({ value, label: say(`qb_${value}`) })),
          },
        ]}
        source={ofList({
          rows: linesOf(all),
          text: ({ newest }) => `${newest.title} ${newest.bank_id}`,
          value: {
            title: ({ newest }) => newest.title,
            questions: ({ newest }) => newest.questions,
            at: ({ newest }) => newest.imported_at,
          },
          has: { state: ({ newest }, chosen) => newest.state === chosen },
        })}
        columns={[
          {
            key: "title",
            label: say("bank"),
            sortable: true,
            cell: ({ newest }) => (
              <>
                <a href={link("banks", newest.bank_id)}>{newest.title}</a>
                <div class="quiet">{newest.bank_id}</div>
              </>
            ),
          },
          { key: "version", label: say("qb_newest"), isNumber: true, cell: ({ newest }) => newest.version },
          { key: "state", label: say("state"), cell: ({ newest }) => <StateOf version={newest} /> },
          {
            key: "approved",
            label: say("qb_in_use"),
            cell: ({ approved }) => (approved ? say("qb_version", { n: approved.version }) : "–"),
          },
          {
            key: "questions",
            label: say("qb_questions"),
            isNumber: true,
            sortable: true,
            cell: ({ newest }) => number(newest.questions),
          },
          { key: "at", label: say("qb_imported_at"), sortable: true, cell: ({ newest }) => shortMoment(newest.imported_at) },
        ]}
      />
    </div>
  );
}

interface OfBankProps {
  bankId: string;
  versions: Version[];
  wanted: number;
  section: string | undefined;
  again: () => void;
}

function OfBank({ bankId, versions, wanted, section = "", again }: OfBankProps) {
  const version = versions.find((each) => each.version === wanted) ?? versions[0];
  if (!version)
    return (
      <div class="page narrow">
        <h1>{say("qb_unknown")}</h1>
        <a href={link("banks")}>{say("menu_banks")}</a>
      </div>
    );
  const here = section in SECTIONS ? section : "covers";
  const { of: Shown } = SECTIONS[here]!;
  return (
    <div class="page">
      <p class="quiet">
        <a href={link("banks")}>{say("menu_banks")}</a> · {bankId} · {say("qb_version", { n: version.version })} ·{" "}
        <StateOf version={version} />
      </p>
      <h1>{version.title}</h1>
      <p class="quiet">
        {say("qb_imported_by", { at: shortMoment(version.imported_at) })} <By id={version.imported_by} />
        {version.approved_at && (
          <>
            {". "}
            {say("qb_approved_by", { at: shortMoment(version.approved_at) })} <By id={version.approved_by} />
            {version.note && ` – ${version.note}`}
          </>
        )}
      </p>
      {version !== versions[0] && (
        <p class="notice">
          {say("qb_not_newest", { n: versions[0]!.version })}{" "}
          <a href={link("banks", bankId, String(versions[0]!.version), here)}>{say("qb_to_newest")}</a>
        </p>
      )}
      <ul class="tabs" aria-label={say("qb_sections")}>
        {Object.entries(SECTIONS).map(([path, { name }]) => (
          <li key={path}>
            <a href={link("banks", bankId, String(version.version), path)} aria-current={path === here ? "page" : undefined}>
              {say(name)}
            </a>
          </li>
        ))}
      </ul>
      <Shown key={version.version} version={version} versions={versions} again={again} />
    </div>
  );
}
