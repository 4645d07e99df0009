// The questions of a version, searched at the server: a bank may have thousands.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api";
import { Show, useLoaded } from "../../shell/loaded";
import { Asked as Wish, Page } from "../base/asked";
import { DataTable } from "../base/data-table";
import { say } from "../say";
import { fetchOverview, versionPath } from "./covers";
import type { SectionProps } from "./page";
import { Chosen, Pending, PendingBar, PictureForm } from "./pictures";
import { LEVELS, Whole, levelName } from "./said";
import type { Asked, Overview, Version } from "./types";

export function Questions({ version, versions, again }: SectionProps) {
  const found = useLoaded(() => fetchOverview(version), [version.bank_id, version.version]);
  const [pending, setPending] = useState<Pending>({});
  const isNewest = version === versions[0];
  return (
    <Show loaded={found}>
      {(overview) => (
        <>
          <Table
            overview={overview}
            pending={pending}
            change={isNewest ? (id, picture) => setPending({ ...pending, [id]: picture }) : undefined}
          />
          {isNewest && <PendingBar version={version} pending={pending} drop={() => setPending({})} again={again} />}
        </>
      )}
    </Show>
  );
}

interface TableProps {
  overview: Overview;
  pending: Pending;
  /** Missing where nothing can be changed. */
  change?: (id: string, picture: Chosen) => void;
}

function Table({ overview, pending, change }: TableProps) {
  const topics = new Map(overview.topics.map(({ topic, name }) => [topic, name]));
  const choices = {
    topic: overview.topics.map(({ topic, name }) => ({ value: topic, label: name })),
    level: LEVELS.map((value) => ({ value, label: levelName(value) })),
    use: (["real", "practice"] as const).map((value) => ({ value, label: say(`qb_use_${value}`) })),
    lacks: overview.languages.map(({ code, name }) => ({ value: code, label: name })),
  };
  const filters = [
    { name: "topic", label: say("topic"), choices: choices.topic },
    { name: "level", label: say("level"), choices: choices.level },
    { name: "use", label: say("qb_use"), choices: choices.use },
    ...(choices.lacks.length ? [{ name: "lacks", label: say("qb_lacks"), choices: choices.lacks }] : []),
  ];
  const unfolding = (question: Asked) => (
    <Unfolding question={{ ...question, ...pending[question.id] }}>
      {change && (
        <PictureForm bankId={overview.bank_id} question={question} change={(picture) => change(question.id, picture)} />
      )}
    </Unfolding>
  );
  return (
    <DataTable<Asked>
      name="bank-questions"
      caption={say("qb_questions")}
      searchable
      filters={filters}
      keyOf={(question) => question.id}
      source={(wish) => search(overview, wish)}
      columns={[
        { key: "id", label: say("question_id"), cell: (question) => question.id },
        { key: "text", label: say("question"), cell: unfolding },
        { key: "right", label: say("key_bank"), cell: (question) => question.right.toUpperCase() },
        { key: "topic", label: say("topic"), cell: (question) => topics.get(question.topic) ?? question.topic },
        {
          key: "level",
          label: say("level"),
          cell: (question) => (
            <>
              {levelName(question.level)}
              {question.practice && <div class="quiet">{say("qb_use_practice")}</div>}
            </>
          ),
        },
      ]}
    />
  );
}

function Unfolding({ question, children }: { question: Asked; children: ComponentChildren }) {
  return (
    <details class="asked-in">
      <summary>{question.text}</summary>
      <Whole question={question}>{children}</Whole>
    </details>
  );
}

async function search(version: Version, { q, filters, from, limit }: Wish): Promise<Page<Asked>> {
  const wish = new URLSearchParams({ limit: String(limit), ...(q ? { q } : {}), ...(from ? { after: from } : {}) });
  for (const [name, chosen] of Object.entries(filters)) if (chosen) wish.set(name, chosen);
  const { page, next, found } = (
    await call<{ page: Asked[]; next: string | null; found: number }>("GET", `${versionPath(version)}?${wish}`)
  ).body;
  return { rows: page, next, total: found };
}
