// Complaints about a round: the most urgent first; asked about, then decided with a reason the person reads.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { shortMoment } from "../../instants";
import { sayIf as sayToAllIf } from "../../messages";
import { Asked, Page } from "../base/asked";
import { Ask } from "../base/ask";
import { DataTable } from "../base/data-table";
import { AreaField, RadioField } from "../base/fields";
import { say, sayIf } from "../say";
import { Section, nameOf } from "./round";
import { Complaint } from "./types";

const STATES = ["received", "questioned", "answered", "upheld", "rejected", "withdrawn"];
const OPEN = STATES.slice(0, 3);

export function Complaints({ round }: Section) {
  const [opened, setOpened] = useState<Complaint | null>(null);
  const [changes, setChanges] = useState(0);
  return (
    <section>
      <h2 class="hidden">{say("res_complaints")}</h2>
      <p class="quiet">{say("res_complaints_lead")}</p>
      <DataTable<Complaint>
        name="complaints"
        caption={say("res_complaints")}
        empty={say("res_complaints_none")}
        about={[changes]}
        keyOf={(complaint) => complaint.complaint_id}
        source={(asked) => fetchComplaints(round.contest_id, round.round_id, asked)}
        filters={[
          { name: "state", label: say("state"), choices: STATES.map((value) => ({ value, label: stateOf(value) })) },
        ]}
        columns={[
          {
            key: "who",
            label: say("res_who"),
            cell: (complaint) => (
              <button type="button" class="plain" onClick={() => setOpened(complaint)}>
                {nameOf(complaint)}
              </button>
            ),
          },
          { key: "kind", label: say("res_about"), cell: (complaint) => kindOf(complaint.kind) },
          { key: "received", label: say("res_received"), cell: (complaint) => shortMoment(complaint.received_at) },
          {
            key: "due",
            label: say("res_decide_by"),
            cell: (complaint) => (
              <>
                {shortMoment(complaint.decide_by)}
                {complaint.overdue && <strong> · {say("res_overdue")}</strong>}
              </>
            ),
          },
          { key: "state", label: say("state"), cell: (complaint) => stateOf(complaint.state) },
        ]}
      />
      {opened && (
        <OneComplaint complaint={opened} onChanged={() => setChanges(changes + 1)} onClose={() => setOpened(null)} />
      )}
    </section>
  );
}

const kindOf = (kind: string): string => sayToAllIf(`own_kind_${kind}`, kind);
const stateOf = (state: string): string => sayIf(`res_complaint_${state}`, state);

async function fetchComplaints(contestId: string, roundId: string, asked: Asked): Promise<Page<Complaint>> {
  const wish = new URLSearchParams({ round_id: roundId, limit: String(asked.limit), after: asked.from ?? "" });
  if (asked.filters.state) wish.set("state", asked.filters.state);
  const path = `${at("/api/scoring/contests", contestId, "complaints")}?${wish}`;
  const { complaints, next } = (await call<{ complaints: Complaint[]; next: string | null }>("GET", path)).body;
  return { rows: complaints, next };
}

interface Props {
  complaint: Complaint;
  onChanged: () => void;
  onClose: () => void;
}

function OneComplaint({ complaint, onChanged, onClose }: Props) {
  const [what, setWhat] = useState("question");
  const [text, setText] = useState("");
  const open = OPEN.includes(complaint.state);
  const act = async () => {
    if (!open) return;
    const [door, body] =
      what === "question" ? ["question", { text: text.trim() }] : ["decision", { outcome: what, reason: text.trim() }];
    await call("POST", at("/api/scoring/complaints", complaint.complaint_id, door as string), { body });
    onChanged();
  };
  return (
    <Ask
      title={`${kindOf(complaint.kind)} – ${nameOf(complaint)}`}
      confirm={say(open ? "res_send" : "res_close")}
      onConfirm={act}
      onClose={onClose}
    >
      <p class="quiet">
        {shortMoment(complaint.received_at)} · {stateOf(complaint.state)}
        {complaint.attempt_number !== null && ` · ${say("res_attempt_n", { n: complaint.attempt_number })}`}
      </p>
      <blockquote>{complaint.text}</blockquote>
      {complaint.said.map((word) => (
        <blockquote key={word.at}>
          <strong>{say(word.by === "organiser" ? "res_asked" : "res_answered")}</strong> {word.text}
        </blockquote>
      ))}
      {complaint.reason && (
        <p>
          <strong>{stateOf(complaint.state)}:</strong> {complaint.reason}
        </p>
      )}
      {open && (
        <>
          <RadioField
            name="what"
            label={say("res_what")}
            value={what}
            choices={["question", "upheld", "rejected"].map((value) => ({ value, label: sayIf(`res_do_${value}`, value) }))}
            onChange={setWhat}
          />
          <AreaField
            name={what === "question" ? "text" : "reason"}
            label={say(what === "question" ? "res_question" : "res_decision_reason")}
            hint={say("res_read_by_person")}
            value={text}
            maxLength={2000}
            onChange={setText}
          />
        </>
      )}
    </Ask>
  );
}
