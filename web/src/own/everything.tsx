// Everything that is kept, from each service's own door; put together here, because no service knows the others' data.
import { ComponentChildren } from "preact";
import { call } from "../api";
import { clock } from "../clock";
import { shortMoment } from "../instants";
import { Key, say, sayIf } from "../messages";
import { link } from "../router";
import type { Emulation, Exam, Notify, Registration, Scoring } from "./types";

export interface Whole {
  registration: Registration;
  exam: Exam;
  scoring: Scoring;
  notify: Notify;
  emulation: Emulation;
}

/** All or nothing: a file with a part missing would look complete. */
export async function fetchEverything(): Promise<Whole> {
  const part = async <T,>(service: string) => (await call<T>("GET", `/api/${service}/me/export`)).body;
  const [registration, exam, scoring, notify, emulation] = await Promise.all([
    part<Registration>("registration"),
    part<Exam>("exam"),
    part<Scoring>("scoring"),
    part<Notify>("notify"),
    part<Emulation>("emulation"),
  ]);
  return { registration, exam, scoring, notify, emulation };
}

export function Everything({ whole }: { whole: Whole }) {
  return (
    <section>
      <h2>{say("own_everything")}</h2>
      <p>{say("own_everything_lead")}</p>
      <p class="row">
        <button type="button" onClick={() => takeHome(whole)}>
          {say("own_download")}
        </button>
      </p>
      <Attempts whole={whole} />
      <Complaints whole={whole} />
      <Messages whole={whole} />
      <History whole={whole} />
    </section>
  );
}

function takeHome(whole: Whole) {
  const file = { format: "hoithi-own-data/1", exported_at: new Date(clock.now()).toISOString(), ...whole };
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 2)], { type: "application/json" }));
  anchor.download = "du-lieu-cua-toi.json";
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
}

type Part = { whole: Whole };

function Listed({ title, lines }: { title: string; lines: ComponentChildren[] }) {
  return (
    <details>
      <summary>{title}</summary>
      {lines.length ? (
        <ul class="links">
          {lines.map((line, place) => (
            <li key={place}>{line}</li>
          ))}
        </ul>
      ) : (
        <p>{say("own_nothing")}</p>
      )}
    </details>
  );
}

function Attempts({ whole: { exam, scoring } }: Part) {
  const scored = new Map(scoring.rounds.flatMap((round) => round.attempts).map((each) => [each.attempt_id, each]));
  const titles = new Map(scoring.rounds.map((round) => [round.round_id, `${round.contest_title ?? ""} – ${round.title}`]));
  const lines = exam.attempts.map((each) => (
    <>
      {titles.get(each.round_id) ?? each.round_id} · {say("attempt_n", { n: each.number })} · {shortMoment(each.started_at)} ·{" "}
      {say("own_answers", { n: Object.keys(each.answers).length })}
      {scored.get(each.attempt_id)?.right != null && ` · ${say("right")} ${scored.get(each.attempt_id)!.right}`} ·{" "}
      <a href={link("own", each.round_id)}>{say("own_result_link")}</a>
    </>
  ));
  return <Listed title={say("own_n_attempts", { n: lines.length })} lines={lines} />;
}

function Complaints({ whole: { scoring } }: Part) {
  const lines = scoring.complaints.map((each) => (
    <>
      <a href={link("own", each.round_id)}>{say(`own_kind_${each.kind}` as Key)}</a> · {shortMoment(each.received_at)} ·{" "}
      {say(`own_state_${each.state}` as Key)}
    </>
  ));
  return <Listed title={say("own_n_complaints", { n: lines.length })} lines={lines} />;
}

function Messages({ whole: { notify } }: Part) {
  const lines = notify.messages.map((each) => `${shortMoment(each.at)} · ${each.subject}`);
  return <Listed title={say("own_n_messages", { n: lines.length })} lines={lines} />;
}

/** Sessions, roles and what happened to the account: names of fields, never their former values. */
function History({ whole: { registration } }: Part) {
  const { sessions, roles, history } = registration;
  const lines = [
    ...sessions.map((each) => say("own_session", { at: shortMoment(each.created_at), used: shortMoment(each.used_at) })),
    ...roles.map((each) => say("own_role", { role: `${each.role} – ${each.kind} ${each.id}` })),
    ...history.map((each) => `${shortMoment(each.at)} · ${sayIf(`own_history_${each.what}`, each.what)}`),
  ];
  return <Listed title={say("own_n_history", { n: lines.length })} lines={lines} />;
}
