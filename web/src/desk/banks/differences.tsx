// What is different in a version, and the approval of it by a second person.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api";
import { Picture } from "../../paper/picture";
import { person } from "../../session";
import { Show, useLoaded } from "../../shell/loaded";
import { Ask } from "../base/ask";
import { Asked as Wish, Page } from "../base/asked";
import { DataTable } from "../base/data-table";
import { AreaField, SelectField } from "../base/fields";
import { Key, number, say } from "../say";
import { versionPath } from "./covers";
import type { SectionProps } from "./page";
import { By, Whole, letter, levelName, pictureOf } from "./said";
import type { Asked, Change, Differences as Found, Kind, Version } from "./types";

export const KINDS: Kind[] = ["key", "changed", "added", "dropped"];

export function Differences(props: SectionProps) {
  const { version, versions } = props;
  const [against, setAgainst] = useState("");
  const query = against ? `against=${against}` : "";
  const found = useLoaded(() => fetchDifferences(version, `limit=1&${query}`), [version.version, against]);
  const others = versions.filter((each) => each.version !== version.version);
  return (
    <>
      <Approval {...props} />
      <SelectField
        name="against"
        label={say("qb_against")}
        hint={say("qb_against_hint")}
        value={against}
        onChange={setAgainst}
        choices={[
          { value: "", label: say("qb_against_approved") },
          ...others.map(({ version: n }) => ({ value: String(n), label: say("qb_version", { n }) })),
        ]}
      />
      <Show loaded={found}>
        {(first) => (
          <>
            <p>{first.against ? say("qb_compared", { n: first.against }) : say("qb_all_new")}</p>
            <Counts counts={first.counts} />
            <Renamed renamed={first.renamed} />
            <Changes key={against} version={version} query={query} />
          </>
        )}
      </Show>
    </>
  );
}

const fetchDifferences = async (version: Version, query: string): Promise<Found> =>
  (await call<Found>("GET", `${versionPath(version, "differences")}?${query}`)).body;

/** How many of each kind. */
export function Counts({ counts }: { counts: Record<Kind, number> }) {
  return (
    <dl class="figures">
      {KINDS.map((kind) => (
        <div key={kind}>
          <dt>{say(`qb_kind_${kind}`)}</dt>
          <dd>{number(counts[kind])}</dd>
        </div>
      ))}
    </dl>
  );
}

function Renamed({ renamed }: { renamed: Found["renamed"] }) {
  const lines = Object.entries(renamed);
  if (!lines.length) return null;
  return (
    <ul>
      {lines.map(([name, { before, after }]) => (
        <li key={name}>
          {name === "title" ? say("qb_title") : `${say("topic")} ${name.split(" ")[1]}`}: <Was>{before || "–"}</Was> →{" "}
          <Is>{after || "–"}</Is>
        </li>
      ))}
    </ul>
  );
}

function Changes({ version, query }: { version: Version; query: string }) {
  const source = async ({ filters, from, limit }: Wish): Promise<Page<Change>> => {
    const kind = filters.kind ? `&kind=${filters.kind}` : "";
    const { page, next } = await fetchDifferences(version, `limit=${limit}&after=${from ?? 0}${kind}&${query}`);
    return { rows: page, next: next === null ? null : String(next) };
  };
  return (
    <DataTable<Change>
      name="bank-changes"
      caption={say("qb_differences")}
      empty={say("qb_no_change")}
      keyOf={(change) => change.id}
      source={source}
      filters={[
        { name: "kind", label: say("change"), choices: KINDS.map((value) => ({ value, label: say(`qb_kind_${value}`) })) },
      ]}
      columns={[
        {
          key: "id",
          label: say("question_id"),
          cell: ({ id, kind }) => (
            <>
              {id}
              <div class={kind === "key" ? "wrong" : "quiet"}>{say(`qb_one_${kind}`)}</div>
            </>
          ),
        },
        { key: "change", label: say("change"), cell: (change) => <Changed change={change} /> },
      ]}
    />
  );
}

function Changed({ change: { before, after, fields } }: { change: Change }) {
  const shown = (after ?? before)!;
  if (!before || !after)
    return (
      <details class="asked-in">
        <summary>{shown.text}</summary>
        <Whole question={shown} />
      </details>
    );
  return (
    <>
      <details class="asked-in">
        <summary>{after.text}</summary>
        <Whole question={after} />
      </details>
      <ul class="changes">
        {fields.map((field) => (
          <li key={field}>
            <strong>{say(`qb_field_${field}` as Key)}</strong>
            <Was>{field === "picture" ? <Seen question={before} /> : shownField(before, field)}</Was>
            <Is>{field === "picture" ? <Seen question={after} /> : shownField(after, field)}</Is>
          </li>
        ))}
      </ul>
    </>
  );
}

function Seen({ question }: { question: Asked }) {
  const picture = pictureOf(question);
  return picture ? <Picture picture={picture} /> : <>–</>;
}

function shownField(question: Asked, field: keyof Asked): string {
  if (field === "options") return question.options.map((option, place) => `${letter(place)}. ${option}`).join(" · ");
  if (field === "right") return [...question.right.toUpperCase()].join(", ");
  if (field === "level") return levelName(question.level);
  if (field === "practice") return say(question.practice ? "qb_use_practice" : "qb_use_real");
  return String(question[field]) || "–";
}

/** Before and after, in words too for who does not see the marks. */
const Was = ({ children }: { children: ComponentChildren }) => (
  <del>
    <span class="hidden">{say("before")}: </span>
    {children}
  </del>
);
const Is = ({ children }: { children: ComponentChildren }) => (
  <ins>
    <span class="hidden">{say("after")}: </span>
    {children}
  </ins>
);

function Approval({ version, again }: SectionProps) {
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState("");
  if (version.state === "approved") return null;
  if (version.imported_by === person.value?.user_id) return <p class="notice">{say("qb_own")}</p>;
  const approve = async () => {
    await call("POST", versionPath(version, "approve"), { body: { note: note.trim() } });
    again();
  };
  return (
    <div class="notice">
      <p>
        {say("qb_waits")} <By id={version.imported_by} />
      </p>
      <button type="button" onClick={() => setAsking(true)}>
        {say("qb_approve", { n: version.version })}
      </button>
      {asking && (
        <Ask
          title={say("qb_approve_ask", { n: version.version })}
          confirm={say("qb_approve_yes")}
          onConfirm={approve}
          onClose={() => setAsking(false)}
        >
          <p>{say("qb_approve_text")}</p>
          <AreaField name="note" label={say("qb_note")} hint={say("qb_note_hint")} value={note} maxLength={2000} onChange={setNote} />
        </Ask>
      )}
    </div>
  );
}
