// What the server found in a file: figures, errors by their places, doubles side by side, the questions as they will be asked.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { QuestionCard } from "../../paper/question";
import { link } from "../../router";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { FileButton } from "../base/file";
import { Key, number, say } from "../say";
import { Counts } from "./differences";
import { Matrix } from "./matrix";
import { Options, letter, levelName, pictureOf } from "./said";
import { pathOf } from "./sending";
import type { Asked, Found, Outcome, Upload } from "./types";

interface Props {
  upload: Upload;
  /** Under which it is found again. */
  name: string;
  busy: boolean;
  onKeep: () => void;
  /** The way to another file. */
  children: ComponentChildren;
}

export function Looked({ upload, name, busy, onKeep, children }: Props) {
  const outcome = upload.outcome!;
  const errors = outcome.findings.filter(({ severity }) => severity === "error").length;
  const pairs = outcome.findings.filter(({ pair }) => pair);
  return (
    <>
      <p class="lead">{say("qb_read", { name: upload.name, format: formatName(outcome.format) })}</p>
      <Standing upload={upload} errors={errors} />
      <p class="row">
        {!errors && outcome.version === null && (
          <button type="button" disabled={busy} onClick={onKeep}>
            {say("qb_keep", { n: outcome.questions })}
          </button>
        )}
        {outcome.version !== null && (
          <a class="button" href={link("banks", upload.bank_id, String(outcome.version), "differences")}>
            {say("qb_to_version")}
          </a>
        )}
        {children}
      </p>
      {outcome.against !== null && outcome.version === null && <Against outcome={outcome} />}
      {outcome.findings.length > 0 && <Findings outcome={outcome} upload={upload} name={name} />}
      {pairs.length > 0 && <Doubles found={pairs} />}
      {outcome.topics.length > 0 && (
        <section>
          <h2>{say("qb_matrix")}</h2>
          <Matrix topics={outcome.topics} />
        </section>
      )}
      {outcome.preview.length > 0 && <Preview questions={outcome.preview} all={outcome.questions} />}
    </>
  );
}

const formatName = (format: string | null): string => (format ? say(`qb_format_${format}` as Key) : say("qb_format_unknown"));

function Standing({ upload: { outcome, bank_id }, errors }: { upload: Upload; errors: number }) {
  const { version, version_state, questions } = outcome!;
  if (version !== null)
    return (
      <p class="notice good" role="status">
        {say(version_state === "draft" ? "qb_kept_draft" : "qb_kept", { n: version, bank: bank_id })}
      </p>
    );
  if (errors)
    return (
      <p class="notice bad" role="status">
        {say("qb_refused", { n: errors })}
      </p>
    );
  return (
    <p class="notice good" role="status">
      {say("qb_sound", { n: questions })}
    </p>
  );
}

function Against({ outcome: { against, counts } }: { outcome: Outcome }) {
  return (
    <section>
      <h2>{say("qb_against_newest", { n: against! })}</h2>
      <Counts counts={counts!} />
    </section>
  );
}

function Findings({ outcome, upload, name }: { outcome: Outcome; upload: Upload; name: string }) {
  return (
    <section>
      <h2>{say("qb_findings", { n: outcome.findings.length })}</h2>
      {outcome.format === "xlsx" && (
        <p class="row">
          <FileButton label={say("qb_mended")} path={pathOf(name, "mended")} name={`${upload.bank_id}-can-sua.xlsx`} />
        </p>
      )}
      <DataTable<Found>
        name="bank-findings"
        caption={say("qb_findings", { n: outcome.findings.length })}
        searchable
        keyOf={(found) => `${found.where} ${found.code} ${found.message}`}
        filters={[
          {
            name: "severity",
            label: say("qb_severity"),
            choices: (["error", "warning"] as const).map((value) => ({ value, label: say(`qb_${value}`) })),
          },
        ]}
        source={ofList({
          rows: outcome.findings,
          text: (found) => `${found.place} ${found.message}`,
          has: { severity: (found, chosen) => found.severity === chosen },
        })}
        columns={[
          {
            key: "severity",
            label: say("qb_severity"),
            cell: ({ severity }) => (
              <strong class={severity === "error" ? "wrong" : undefined}>{say(`qb_${severity}`)}</strong>
            ),
          },
          { key: "place", label: say("qb_place"), cell: (found) => found.place },
          { key: "message", label: say("qb_to_do"), cell: (found) => found.message },
        ]}
      />
    </section>
  );
}

const MOST_PAIRS = 20;

function Doubles({ found }: { found: Found[] }) {
  return (
    <section>
      <h2>{say("qb_doubles", { n: found.length })}</h2>
      {found.slice(0, MOST_PAIRS).map(({ pair, place, message }) => (
        <div class="card" key={`${place} ${message}`}>
          <p>
            <strong>{place}</strong>: {message}
          </p>
          <div class="halves">
            {pair!.map((question) => (
              <div key={question.id}>
                <p class="quiet">{question.id}</p>
                <p class="asked-of">{question.text}</p>
                <Options question={question} />
              </div>
            ))}
          </div>
        </div>
      ))}
      {found.length > MOST_PAIRS && <p class="quiet">{say("qb_doubles_more", { n: number(found.length - MOST_PAIRS) })}</p>}
    </section>
  );
}

/** The first questions, one at a time, as participants will see them; what is right is told underneath. */
function Preview({ questions, all }: { questions: Asked[]; all: number }) {
  const [place, setPlace] = useState(0);
  const question = questions[place]!;
  return (
    <section>
      <h2>{say("qb_preview")}</h2>
      <p class="hint">{say("qb_preview_hint", { n: questions.length, all })}</p>
      <div class="previewed">
        <AsAsked key={question.id} question={question} place={place} all={questions.length} />
        <p class="quiet">
          {question.id} · {levelName(question.level)} · {say("key_bank")}: {[...question.right.toUpperCase()].join(", ")}
          {question.practice && ` · ${say("qb_use_practice")}`}
        </p>
        {question.why && (
          <p class="quiet">
            {say("qb_why")}: {question.why}
          </p>
        )}
      </div>
      <p class="row">
        <button type="button" class="second" disabled={place === 0} onClick={() => setPlace(place - 1)}>
          {say("qb_question_before")}
        </button>
        <button type="button" class="second" disabled={place === questions.length - 1} onClick={() => setPlace(place + 1)}>
          {say("qb_question_next")}
        </button>
      </p>
    </section>
  );
}

/** Choosing is tried here and sent nowhere. */
function AsAsked({ question, place, all }: { question: Asked; place: number; all: number }) {
  const [chosen, setChosen] = useState("");
  const n = place + 1;
  const options = question.options.map((text, at) => ({ letter: letter(at), text }));
  const several = question.right.length > 1;
  const press = (_: number, pressed: string) => {
    const other = chosen.includes(pressed) ? chosen.replace(pressed, "") : chosen + pressed;
    setChosen(several ? other : pressed);
  };
  const kept = { value: { saving: { chosen: { [n]: chosen } }, paper: { questions: { length: all } } } };
  return <QuestionCard work={{ kept, press }} question={{ n, text: question.text, several, options, picture: pictureOf(question) }} />;
}
