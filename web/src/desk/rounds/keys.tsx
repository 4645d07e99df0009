// Correcting a key: find the question, choose what is right, see who gains and loses, then decide.
import { useEffect, useState } from "preact/hooks";
import { at, call } from "../../api";
import { sayIf as sayIfToAll } from "../../messages";
import { go, link } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import { Ask } from "../base/ask";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { useDoing } from "../base/doing";
import { JobProgress, Progress, useJob } from "../base/job";
import { number, say } from "../say";
import { BankQuestion, Live } from "../types";

const LETTERS = "abcdefghij";
const MOST = 500;

/** `named`: the question that an address asks for, as the statistics of questions do. */
export function Keys({ roundId, named }: { roundId: string; named?: string }) {
  const found = useLoaded(() => fetchQuestions(roundId), [roundId]);
  const [chosen, setChosen] = useState<BankQuestion | null>(null);
  const back = () => {
    setChosen(null);
    if (named) go(["rounds", roundId, "keys"]);
  };
  return (
    <div class="page">
      <p class="quiet">
        <a href={link("rounds", roundId)}>{say("round_board")}</a> · {roundId}
      </p>
      <h1>{say("keys")}</h1>
      <p class="lead">{say("keys_lead")}</p>
      <Show loaded={found}>
        {(questions) => {
          const question = chosen ?? questions.find(({ id }) => id === named);
          return question ? (
            <Correct key={question.id} roundId={roundId} question={question} onBack={back} />
          ) : (
            <Questions questions={questions} onChoose={setChosen} />
          );
        }}
      </Show>
    </div>
  );
}

/** The questions of the bank versions that the round's papers are drawn from. */
export async function fetchQuestions(roundId: string): Promise<BankQuestion[]> {
  const { banks } = (await call<Live>("GET", at("/api/exam/rounds", roundId, "live"))).body;
  return (await Promise.all([...new Set(Object.values(banks))].map((each) => wholeVersion(each, roundId)))).flat();
}

/** Named with the round, because its organisers need not be the bank's. */
async function wholeVersion(reference: string, roundId: string): Promise<BankQuestion[]> {
  const [bank, version] = reference.split(":") as [string, string];
  const found: BankQuestion[] = [];
  for (let after = ""; ; ) {
    const query = `?limit=${MOST}&round=${encodeURIComponent(roundId)}${after ? `&after=${encodeURIComponent(after)}` : ""}`;
    const { page, next } = (
      await call<{ page: BankQuestion[]; next: string | null }>(
        "GET",
        `${at("/api/exam/banks", bank, "versions", version)}${query}`,
      )
    ).body;
    found.push(...page);
    if (!next) return found;
    after = next;
  }
}

function Questions({ questions, onChoose }: { questions: BankQuestion[]; onChoose: (question: BankQuestion) => void }) {
  return (
    <DataTable<BankQuestion>
      name="keys"
      caption={say("questions")}
      searchable
      keyOf={(question) => question.id}
      source={ofList({
        rows: questions,
        text: (question) => `${question.id} ${question.text} ${question.options.join(" ")}`,
        value: { id: ({ id }) => id },
      })}
      columns={[
        { key: "id", label: say("question_id"), sortable: true, cell: (question) => question.id },
        { key: "text", label: say("question"), cell: (question) => question.text },
        { key: "right", label: say("key_bank"), cell: (question) => question.right.toUpperCase() },
        {
          key: "choose",
          label: say("act"),
          cell: (question) => (
            <button type="button" class="second small" onClick={() => onChoose(question)}>
              {say("key_choose")} <span class="hidden">{question.id}</span>
            </button>
          ),
        },
      ]}
    />
  );
}

interface Moved {
  award_id: string;
  division: string;
  prize: string;
  before: { name: string | null } | null;
  after: { name: string | null } | null;
}

export interface Preview extends Progress {
  preview_id: string;
  question_id: string;
  right: string;
  outdated: boolean;
  found: {
    attempts_up: number;
    attempts_down: number;
    people_up: number;
    people_down: number;
    participants: number;
    perfect_before: number;
    perfect_after: number;
    prizes: Moved[];
  };
}

function Correct({ roundId, question, onBack }: { roundId: string; question: BankQuestion; onBack: () => void }) {
  const [right, setRight] = useState(question.right);
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<"key_done" | "key_waits" | null>(null);
  const { busy, errors, run } = useDoing();
  const path = at("/api/scoring/rounds", roundId, "key-previews");
  const job = useJob<Preview>(`key.${roundId}.${question.id}`, async (id) => (await call<Preview>("GET", at(path, id))).body);
  const several = question.right.length > 1;
  // Left and found again: with the key that was asked about.
  const asked = job.found?.right;
  useEffect(() => {
    if (asked) setRight((now) => (now === question.right ? asked : now));
  }, [asked]);
  const press = (letter: string) => {
    if (!several) return setRight(letter);
    const chosen = right.includes(letter) ? right.replace(letter, "") : right + letter;
    setRight([...chosen].sort().join(""));
  };
  const look = () =>
    run(async () =>
      job.begin((await call<Preview>("POST", path, { body: { question_id: question.id, right } })).body.preview_id),
    );
  const correct = async ({ reason }: { reason: string }) => {
    const body = { question_id: question.id, right, reason };
    const answer = await call("POST", at("/api/exam/rounds", roundId, "keys"), { body });
    job.forget();
    setDone(answer.status === 202 ? "key_waits" : "key_done");
  };
  const found = job.found?.right === right && !job.found.outdated ? job.found : null;
  return (
    <section>
      <h2>{question.id}</h2>
      <fieldset class="field">
        <legend>{question.text}</legend>
        <p class="hint">{say("key_now", { key: question.right.toUpperCase() })}</p>
        {question.options.map((option, place) => (
          <label class="tick" key={place}>
            <input
              type={several ? "checkbox" : "radio"}
              name="right"
              checked={right.includes(LETTERS[place]!)}
              onChange={() => press(LETTERS[place]!)}
            />
            <span>
              <strong>{LETTERS[place]!.toUpperCase()}.</strong> {option}
            </span>
          </label>
        ))}
      </fieldset>
      {Object.values(errors).map((sentence) => (
        <p class="wrong" role="alert" key={sentence}>
          {sentence}
        </p>
      ))}
      {done && (
        <p class="notice good" role="status">
          {say(done)}
        </p>
      )}
      <p class="row">
        <button type="button" class="second" disabled={busy || !right} onClick={() => void look()}>
          {say("key_preview")}
        </button>
        <button type="button" disabled={!found || found.state !== "done"} onClick={() => setAsking(true)}>
          {say("key_correct")}
        </button>
        <button type="button" class="plain" onClick={onBack}>
          {say("key_other")}
        </button>
      </p>
      <JobProgress job={job}>{found && <Found preview={found} />}</JobProgress>
      {asking && found && (
        <Ask
          title={say("key_ask", { id: question.id })}
          confirm={say("key_correct")}
          grave
          reason
          onConfirm={correct}
          onClose={() => setAsking(false)}
        >
          <p>
            {say("key_text", {
              to: right.toUpperCase(),
              up: found.found.people_up,
              down: found.found.people_down,
              prizes: found.found.prizes.length,
            })}
          </p>
        </Ask>
      )}
    </section>
  );
}

export function Found({ preview: { found } }: { preview: Preview }) {
  const shown: [string, number, string][] = [
    [say("gain"), found.people_up, say("of_attempts", { n: found.attempts_up })],
    [say("lose"), found.people_down, say("of_attempts", { n: found.attempts_down })],
    [say("stay"), found.participants - found.people_up - found.people_down, say("of_people", { n: found.participants })],
    [say("prizes_moved"), found.prizes.length, ""],
  ];
  return (
    <section aria-label={say("key_found")}>
      <h3>{say("key_found")}</h3>
      <dl class="figures">
        {shown.map(([name, value, hint]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {number(value)}
              <small>{hint}</small>
            </dd>
          </div>
        ))}
      </dl>
      <p>{say("perfect_moved", { before: found.perfect_before, after: found.perfect_after })}</p>
      {found.prizes.length > 0 && <Prizes prizes={found.prizes} />}
    </section>
  );
}

function Prizes({ prizes }: { prizes: Moved[] }) {
  const name = (winner: Moved["before"]) => (winner ? (winner.name ?? say("nameless")) : say("nobody"));
  return (
    <DataTable<Moved>
      name="moved-prizes"
      caption={say("prizes_moved")}
      keyOf={(prize) => prize.award_id}
      source={ofList({ rows: prizes, text: (prize) => prize.award_id })}
      columns={[
        { key: "prize", label: say("prize"), cell: (prize) => sayIfToAll(prize.prize, prize.prize) },
        { key: "division", label: say("division"), cell: (prize) => sayIfToAll(prize.division, prize.division) },
        { key: "before", label: say("before"), cell: (prize) => name(prize.before) },
        { key: "after", label: say("after"), cell: (prize) => name(prize.after) },
      ]}
    />
  );
}
