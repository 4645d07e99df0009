// Import: a file is handed in, looked at by the server, shown with what is wrong in it, and kept when a person says so.
import "./banks.css";
import { useEffect, useState } from "preact/hooks";
import { ErrorSummary } from "../../forms/errors";
import { TextField } from "../../forms/field";
import { Route, link } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import { useDoing } from "../base/doing";
import { SelectField } from "../base/fields";
import { slug } from "../base/fold";
import { Job, useJob } from "../base/job";
import { say, sayIf } from "../say";
import { DropZone } from "./drop";
import { Looked } from "./outcome";
import { fetchVersions } from "./page";
import { LEVELS, levelName } from "./said";
import { Following, keep, look, nameOf, sendFile } from "./sending";
import type { Version } from "./types";

const NEW = "";
/** For a file whose name has neither letters nor digits. */
const NAMELESS = "ngan-hang";

export default function UploadPage({ parts: [bankId] }: { parts: Route }) {
  const job = useJob<Following>("bank", look);
  return (
    <div class="page">
      <p class="quiet">
        <a href={link("banks")}>{say("menu_banks")}</a>
      </p>
      <h1>{say("qb_import")}</h1>
      {job.id ? <Followed job={job} name={job.id} /> : <Import first={bankId ?? NEW} onSent={job.begin} />}
    </div>
  );
}

function Import({ first, onSent }: Pick<ChooseProps, "first" | "onSent">) {
  const found = useLoaded(fetchVersions, []);
  return <Show loaded={found}>{(versions) => <Choose versions={versions} first={first} onSent={onSent} />}</Show>;
}

interface ChooseProps {
  versions: Version[];
  first: string;
  onSent: (name: string) => void;
}

function Choose({ versions, first, onSent }: ChooseProps) {
  const [bank, setBank] = useState(first);
  const [own, setOwn] = useState("");
  const [told, setTold] = useState({ topic: "", level: "" });
  const { busy, errors, round, run } = useDoing();
  const titles = new Map(versions.map(({ bank_id, title }) => [bank_id, title]));
  const send = (file: File) =>
    run(async () => {
      const id = bank || own || slug(file.name.replace(/\..*$/, "")) || NAMELESS;
      onSent(nameOf(await sendFile(id, file, { ...told, topic: told.topic.trim() })));
    });
  return (
    <>
      <p class="lead">{say("qb_import_lead")}</p>
      <ErrorSummary errors={errors} round={round} />
      <SelectField
        name="bank"
        label={say("qb_into")}
        hint={say("qb_into_hint")}
        value={bank}
        onChange={setBank}
        choices={[
          { value: NEW, label: say("qb_new") },
          ...[...titles].map(([value, title]) => ({ value, label: `${title} (${value})` })),
        ]}
      />
      {!bank && (
        <TextField
          name="own"
          label={say("qb_id")}
          hint={say("qb_id_hint")}
          value={own}
          maxLength={60}
          onChange={(text) => setOwn(slug(text))}
        />
      )}
      <details class="field">
        <summary>{say("qb_told")}</summary>
        <p class="hint">{say("qb_told_hint")}</p>
        <TextField
          name="topic"
          label={say("topic")}
          value={told.topic}
          maxLength={120}
          onChange={(topic) => setTold({ ...told, topic })}
        />
        <SelectField
          name="level"
          label={say("level")}
          value={told.level}
          onChange={(level) => setTold({ ...told, level })}
          choices={[
            { value: "", label: say("qb_as_in_file") },
            ...LEVELS.map((value) => ({ value, label: levelName(value) })),
          ]}
        />
      </details>
      <DropZone busy={busy} onFile={(file) => void send(file)} />
    </>
  );
}

function Followed({ job, name }: { job: Job<Following>; name: string }) {
  const { found } = job;
  const { busy, errors, round, run } = useDoing();
  const again = (
    <button type="button" class="second" onClick={job.forget}>
      {say("qb_other_file")}
    </button>
  );
  useEffect(() => window.scrollTo(0, 0), [found?.state]);
  if (!found || found.state !== "done") return <Reading found={found} again={again} />;
  if ("gone" in found)
    return (
      <>
        <p class="notice">{say("qb_gone")}</p>
        {again}
      </>
    );
  const keepIt = () =>
    run(async () => {
      await keep(name);
      job.begin(name);
    });
  return (
    <>
      <ErrorSummary errors={errors} round={round} />
      <Looked upload={found} name={name} busy={busy} onKeep={() => void keepIt()}>
        {again}
      </Looked>
    </>
  );
}

/** How far it is. The page can be left: the file is read by the server. */
function Reading({ found, again }: { found: Following | null; again: preact.ComponentChildren }) {
  const { done = 0, total = 0 } = found ?? {};
  const step = found && "step" in found ? found.step : "waiting";
  const name = found && "name" in found ? found.name : "";
  return (
    <>
      <div class="card" role="status">
        <p>
          <strong>{sayIf(`qb_step_${step}`, step)}</strong> {name}
        </p>
        <progress max={total || undefined} value={total ? done : undefined} aria-label={say("qb_import")} />
        <p class="quiet">{say("qb_leave")}</p>
      </div>
      {again}
    </>
  );
}
