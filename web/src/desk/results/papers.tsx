// Official minutes and certificates of a round; minutes of all rounds together.
import { useState } from "preact/hooks";
import { call } from "../../api";
import { ErrorSummary } from "../../forms/errors";
import { TextField } from "../../forms/field";
import { Problem } from "../../http";
import { AreaField, InstantField, RadioField, Standing } from "../base/fields";
import { useDoing } from "../base/doing";
import { FileButton, saveFile } from "../base/file";
import { usePolled } from "../base/polled";
import { say } from "../say";
import { Section, SeasonSection, pathOf } from "./round";

const ZONE = "Asia/Ho_Chi_Minh";

export function Papers({ round }: Section) {
  return (
    <div class="halves">
      <Minutes path={pathOf(round.round_id)} id={round.round_id} official={round.state === "official"} />
      <Certificates round={round} />
    </div>
  );
}

export const SeasonPapers = ({ path, contestId, official }: SeasonSection) => (
  <Minutes path={path} id={contestId} official={official} />
);

const NOTHING = { number: "", place: "", chair: "", secretary: "" };
const LABELS = { number: "res_number", place: "res_place_of", chair: "res_chair", secretary: "res_secretary" } as const;
const LISTS = { present: "", bases: "", receivers: "" };

function Minutes({ path, id, official }: { path: string; id: string; official: boolean }) {
  const [told, setTold] = useState(NOTHING);
  const [lists, setLists] = useState(LISTS);
  const [began, setBegan] = useState("");
  const [format, setFormat] = useState("pdf");
  const [done, setDone] = useState<string | null>(null);
  const { busy, errors, round: tries, run } = useDoing();
  const send = (event: Event) => {
    event.preventDefault();
    setDone(null);
    void run(async () => {
      const texts = Object.entries(told).filter(([, text]) => text.trim());
      const lines = Object.entries(lists).map(([name, text]) => [name, text.split("\n").filter((line) => line.trim())]);
      const body = { format, ...Object.fromEntries(texts), ...Object.fromEntries(lines), began_at: began || null };
      await saveFile(`${path}/minutes`, `bien-ban-${id}.${format}`, body);
      setDone(say("res_saved"));
    });
  };
  return (
    <section>
      <h2>{say("res_minutes")}</h2>
      <p class="quiet">{say(official ? "res_minutes_text" : "res_minutes_draft")}</p>
      <ErrorSummary errors={errors} round={tries} />
      <form onSubmit={send} noValidate>
        {(Object.keys(NOTHING) as (keyof typeof NOTHING)[]).map((name) => (
          <TextField
            key={name}
            name={name}
            label={say(LABELS[name])}
            value={told[name]}
            wrong={errors[name]}
            maxLength={200}
            onChange={(text) => setTold({ ...told, [name]: text })}
          />
        ))}
        <InstantField name="began_at" label={say("res_began_at")} hint={say("zone_hint")} value={began} zone={ZONE} onChange={setBegan} />
        {(Object.keys(LISTS) as (keyof typeof LISTS)[]).map((name) => (
          <AreaField
            key={name}
            name={name}
            label={say(`res_${name}`)}
            hint={say("res_one_a_line")}
            value={lists[name]}
            wrong={errors[name]}
            onChange={(text) => setLists({ ...lists, [name]: text })}
          />
        ))}
        <RadioField
          name="format"
          label={say("res_format")}
          value={format}
          choices={[
            { value: "pdf", label: say("res_pdf") },
            { value: "docx", label: say("res_docx") },
          ]}
          onChange={setFormat}
        />
        <p class="row">
          <button type="submit" disabled={busy}>
            {say("res_minutes_save")}
          </button>
          <Standing busy={busy} done={done} />
        </p>
      </form>
    </section>
  );
}

interface Printing {
  people: number;
  pieces: number;
  made: number;
}

const EVERY_MS = 2000;

function Certificates({ round }: Pick<Section, "round">) {
  return (
    <section>
      <h2>{say("res_certificates")}</h2>
      {round.state !== "official" && <p class="quiet">{say("res_certificates_later")}</p>}
      {round.state === "official" &&
        (["winners", "everybody"] as const).map((which) => <Print key={which} roundId={round.round_id} which={which} />)}
    </section>
  );
}

function Print({ roundId, which }: { roundId: string; which: "winners" | "everybody" }) {
  const path = pathOf(roundId, "certificates");
  const { value, again } = usePolled(() => fetchPrinting(`${path}?which=${which}`), EVERY_MS, [path, which]);
  const { busy, errors, round, run } = useDoing();
  const order = () =>
    void run(async () => {
      await call("POST", path, { body: { which } });
      again();
    });
  const job = value?.job;
  return (
    <div class="card">
      <h3>{say(`res_print_${which}`)}</h3>
      <ErrorSummary errors={errors} round={round} />
      {value && !job && (
        <button type="button" class="second" disabled={busy} onClick={order}>
          {say("res_print")}
        </button>
      )}
      {job && job.made < job.pieces && (
        <>
          <progress max={job.pieces} value={job.made} aria-label={say("job_running")} />
          <p class="quiet" role="status">
            {say("job_of", { done: job.made, total: job.pieces })}
          </p>
        </>
      )}
      {job && job.made >= job.pieces && (
        <p class="row">
          <span>{say("res_printed", { n: job.people })}</span>
          <FileButton
            path={`${path}.zip?which=${which}`}
            name={`giay-chung-nhan-${roundId}-${which}.zip`}
            label={say("res_download")}
          />
        </p>
      )}
    </div>
  );
}

async function fetchPrinting(path: string): Promise<{ job: Printing | null }> {
  try {
    return { job: (await call<Printing>("GET", path)).body };
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return { job: null };
    throw error;
  }
}
