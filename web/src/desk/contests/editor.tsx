// One contest: its draft in sections, what the check found, publication; afterwards amendments only.
import { useState } from "preact/hooks";
import { at, call, load } from "../../api";
import { ErrorSummary } from "../../forms/errors";
import { go, link } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import { useDoing } from "../base/doing";
import { Standing } from "../base/fields";
import { named } from "../base/named";
import { Key, say, sayIf } from "../say";
import { Checked, Contest, Described, Finding } from "../types";
import { Amendments } from "./amend";
import { Calendar } from "./calendar";
import { Channels } from "./channels";
import { Divisions } from "./divisions";
import { Preview } from "./preview";
import { Publish } from "./publish";
import { RuleFields, labelOf } from "./rule-field";

export type Draft = Pick<Contest, "title" | "rules" | "rounds">;

/** What every section is given. Errors: path in the body -> sentence, "rules.paper_size". */
export interface SectionProps {
  contest: Contest;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  described: Described[];
  findings: Finding[];
  errors: Record<string, string>;
  locked: boolean;
}

interface Section {
  path: string;
  name: Key;
  /** Findings whose place begins so are counted there; those of a part below stand at that part. */
  of: string[];
  /** It locks its inputs itself: what is only read stays within reach. */
  locksItself?: boolean;
  show: (props: SectionProps) => preact.JSX.Element;
}

const IN_PRIZES = ["prizes", "publication"];
const isPlain = ({ group }: Described) => group !== "divisions" && !IN_PRIZES.includes(group ?? "");

const SECTIONS: Section[] = [
  { path: "calendar", name: "section_calendar", of: ["rounds"], show: (props) => <Calendar {...props} /> },
  { path: "rules", name: "section_rules", of: [], show: (props) => <RuleFields {...props} which={isPlain} /> },
  {
    path: "divisions",
    name: "section_divisions",
    of: ["divisions"],
    locksItself: true,
    show: (props) => <Divisions {...props} />,
  },
  {
    path: "prizes",
    name: "section_prizes",
    of: [],
    show: (props) => <RuleFields {...props} which={({ group }) => IN_PRIZES.includes(group ?? "")} />,
  },
  { path: "preview", name: "section_preview", of: [], locksItself: true, show: (props) => <Preview {...props} /> },
];

export function ContestEditor({ contestId, section }: { contestId: string; section: string | undefined }) {
  const [version, setVersion] = useState(0);
  const found = useLoaded(() => fetchWhole(contestId), [contestId, version]);
  return (
    <Show loaded={found}>
      {(whole) => <Opened key={version} {...whole} section={section ?? "calendar"} reload={() => setVersion(version + 1)} />}
    </Show>
  );
}

async function fetchWhole(contestId: string) {
  const [{ body: contest }, { fields }, checked] = await Promise.all([
    call<Contest>("GET", at("/api/exam/contests", contestId)),
    load<{ fields: Described[] }>("/api/exam/rules"),
    check(contestId),
  ]);
  return { contest, described: fields, checked };
}

export const check = async (contestId: string): Promise<Checked> =>
  (await call<Checked>("POST", at("/api/exam/contests", contestId, "check"))).body;

interface Whole {
  contest: Contest;
  described: Described[];
  checked: Checked;
  section: string;
  reload: () => void;
}

function Opened({ contest, described, checked, section, reload }: Whole) {
  const [kept, setKept] = useState(contest);
  const [draft, setDraft] = useState<Draft>({ title: contest.title, rules: contest.rules, rounds: contest.rounds });
  const [{ findings }, setChecked] = useState(checked);
  const [saved, setSaved] = useState<string | null>(null);
  const { busy, errors, round, run } = useDoing();
  const locked = kept.state !== "draft";
  const changed = draft.title !== kept.title || draft.rules !== kept.rules || draft.rounds !== kept.rounds;
  const change = (part: Partial<Draft>) => {
    setSaved(null);
    setDraft({ ...draft, ...part });
  };
  const save = () =>
    run(async () => {
      const body = { title: draft.title, rules: draft.rules, rounds: draft.rounds.map(windowOf) };
      const answer = (await call<Contest>("PUT", at("/api/exam/contests", kept.contest_id), { body })).body;
      setKept(answer);
      setDraft({ title: answer.title, rules: answer.rules, rounds: answer.rounds });
      setChecked(await check(kept.contest_id));
      setSaved(say("saved"));
    });
  const props = { contest: kept, draft, change, described, errors, locked, findings: locked ? [] : findings };
  const sections = SECTIONS.map((each) => ({ ...each, found: props.findings.filter(({ where }) => isOf(where, each.of)) }));
  const here = sections.find(({ path }) => path === section);
  return (
    <div class="page">
      <p class="quiet">
        <a href={link("contests")}>{say("menu_contests")}</a> · {kept.contest_id} · {sayIf(`state_${kept.state}`, kept.state)}
      </p>
      <h1>{draft.title}</h1>
      <ul class="tabs" aria-label={say("sections")}>
        {[...sections, ...(locked ? [AMEND, CHANNELS] : [PUBLISH])].map(({ path, name, found }) => (
          <li key={path}>
            <a href={link("contests", kept.contest_id, path)} aria-current={path === section ? "page" : undefined}>
              {say(name)}
              <Count findings={path === PUBLISH.path ? props.findings : found} />
            </a>
          </li>
        ))}
      </ul>
      <ErrorSummary errors={named(errors, labelOf)} round={round} />
      {locked && here && <p class="notice">{say("locked")}</p>}
      {here && (
        <fieldset class="field" disabled={locked && !here.locksItself} aria-label={say(here.name)}>
          <Findings findings={here.found.filter(({ where }) => here.of.includes(where))} />
          {here.show(props)}
        </fieldset>
      )}
      {section === PUBLISH.path && !locked && (
        <Publish
          {...props}
          unsaved={changed}
          onPublished={() => (go(["contests", kept.contest_id, AMEND.path], true), reload())}
        />
      )}
      {section === AMEND.path && locked && <Amendments contest={kept} onAmended={reload} />}
      {section === CHANNELS.path && locked && <Channels contestId={kept.contest_id} />}
      {!locked && here && here.path !== "preview" && (
        <p class="save-bar">
          <button type="button" disabled={busy || !changed} onClick={() => void save()}>
            {say("save")}
          </button>
          <Standing busy={busy} done={changed ? say("unsaved") : saved} />
        </p>
      )}
    </div>
  );
}

const PUBLISH: { path: string; name: Key; found: Finding[] } = { path: "publish", name: "section_publish", found: [] };
const AMEND: { path: string; name: Key; found: Finding[] } = { path: "amend", name: "section_amend", found: [] };
const CHANNELS: { path: string; name: Key; found: Finding[] } = { path: "channels", name: "section_channels", found: [] };

const isOf = (where: string, places: string[]) => places.some((place) => where === place || where.startsWith(`${place}.`));

const windowOf = ({ title, opens_at, closes_at }: Draft["rounds"][number]) => ({ title, opens_at, closes_at });

function Count({ findings }: { findings: Finding[] }) {
  if (!findings.length) return null;
  const grave = findings.some(({ severity }) => severity === "error");
  return (
    <span class={grave ? "count" : "count soft"}>
      {findings.length}
      <span class="hidden"> {say("findings")}</span>
    </span>
  );
}

export function Findings({ findings }: { findings: Finding[] }) {
  return (
    <>
      {findings.map((each) => (
        <p class={`finding ${each.severity}`} key={each.where + each.message}>
          <strong>{sayIf(`severity_${each.severity}`, each.severity)}</strong> {each.message}
        </p>
      ))}
    </>
  );
}
