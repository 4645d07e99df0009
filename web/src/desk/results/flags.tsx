// What looks wrong, with the figures that say why; a person dismisses it or declares attempts invalid.
import { useState } from "preact/hooks";
import { call } from "../../api";
import { clockTime, precise, shortMoment } from "../../instants";
import { Ask, Told } from "../base/ask";
import { Asked, Page } from "../base/asked";
import { DataTable } from "../base/data-table";
import { FlagField } from "../base/fields";
import { say, sayIf } from "../say";
import { Section, nameOf, pathOf } from "./round";
import { Flag, Flags as Found } from "./types";

const KINDS = ["impossible-speed", "same-answers", "perfect-together", "same-name"];

export function Flags({ round, again }: Section) {
  const [asked, setAsked] = useState<{ flag: Flag; outcome: string } | null>(null);
  const [changes, setChanges] = useState(0);
  const changed = () => {
    setChanges(changes + 1);
    again();
  };
  return (
    <section>
      <h2 class="hidden">{say("res_flags")}</h2>
      <p class="quiet">{say("res_flags_lead")}</p>
      <DataTable<Flag>
        name="flags"
        caption={say("res_flags")}
        empty={say("res_flags_none")}
        about={[changes, round.results?.revision]}
        keyOf={(flag) => flag.flag_id}
        source={(wish) => fetchFlags(round.round_id, wish)}
        filters={[
          {
            name: "state",
            label: say("state"),
            choices: ["open", "decided"].map((value) => ({ value, label: sayIf(`res_flag_${value}`, value) })),
          },
          { name: "kind", label: say("res_flag_kind"), choices: KINDS.map((value) => ({ value, label: kindOf(value) })) },
        ]}
        columns={[
          { key: "kind", label: say("res_flag_kind"), cell: (flag) => <strong>{kindOf(flag.kind)}</strong> },
          { key: "why", label: say("reason"), cell: (flag) => why(flag) },
          { key: "who", label: say("res_who"), cell: (flag) => <People flag={flag} /> },
          { key: "unit", label: say("unit"), cell: (flag) => flag.unit ?? "–" },
          { key: "decision", label: say("res_decision"), cell: (flag) => <Decision flag={flag} decide={setAsked} /> },
        ]}
      />
      {asked && <Decide round={round} {...asked} onChanged={changed} onClose={() => setAsked(null)} />}
    </section>
  );
}

const kindOf = (kind: string): string => sayIf(`res_flag_${kind}`, kind);

/** The figures as a sentence. */
function why({ kind, facts }: Flag): string {
  const values: Record<string, string | number> = { ...facts };
  if (facts.submitted_ms) values.at = clockTime(new Date(facts.submitted_ms).toISOString(), true);
  if (facts.duration_ms) values.time = precise(facts.duration_ms);
  return say(`res_why_${kind}` as Parameters<typeof say>[0], values);
}

function People({ flag }: { flag: Flag }) {
  const [first, ...others] = flag.people.map(nameOf);
  if (!others.length) return <>{first}</>;
  return (
    <details>
      <summary>{say("res_people", { n: flag.people.length })}</summary>
      <ul>
        {[first, ...others].map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </details>
  );
}

function Decision({ flag, decide }: { flag: Flag; decide: (asked: { flag: Flag; outcome: string }) => void }) {
  if (flag.decision)
    return (
      <>
        <strong>{sayIf(`res_flag_${flag.decision.outcome}`, flag.decision.outcome)}</strong>
        <br />
        {flag.decision.reason} <span class="quiet">({shortMoment(flag.decision.at)})</span>
      </>
    );
  return (
    <span class="row">
      <button type="button" class="second small" onClick={() => decide({ flag, outcome: "dismissed" })}>
        {say("res_dismiss")}
      </button>
      <button type="button" class="second small" onClick={() => decide({ flag, outcome: "invalidated" })}>
        {say("res_invalidate")}
      </button>
    </span>
  );
}

async function fetchFlags(roundId: string, asked: Asked): Promise<Page<Flag>> {
  const wish = new URLSearchParams({ limit: String(asked.limit), after: asked.from ?? "" });
  for (const name of ["state", "kind"]) if (asked.filters[name]) wish.set(name, asked.filters[name]!);
  const { flags, next, total } = (await call<Found>("GET", `${pathOf(roundId, "flags")}?${wish}`)).body;
  return { rows: flags, next, total };
}

interface Props {
  round: Section["round"];
  flag: Flag;
  outcome: string;
  onChanged: () => void;
  onClose: () => void;
}

function Decide({ round, flag, outcome, onChanged, onClose }: Props) {
  const [chosen, setChosen] = useState<readonly string[]>(flag.attempts);
  const grave = outcome === "invalidated";
  const act = async ({ reason }: Told) => {
    const body = { outcome, reason, attempt_ids: grave ? chosen : [] };
    await call("POST", pathOf(round.round_id, "flags", flag.flag_id, "decision"), { body });
    onChanged();
  };
  const tick = (id: string, on: boolean) => setChosen(on ? [...chosen, id] : chosen.filter((each) => each !== id));
  return (
    <Ask
      title={say(grave ? "res_invalidate_ask" : "res_dismiss_ask")}
      confirm={say(grave ? "res_invalidate" : "res_dismiss")}
      grave={grave}
      reason
      onConfirm={act}
      onClose={onClose}
    >
      <p>
        <strong>{kindOf(flag.kind)}.</strong> {why(flag)}
      </p>
      <p class="quiet">{say(grave ? "res_invalidate_text" : "res_dismiss_text")}</p>
      {grave &&
        flag.attempts.length > 1 &&
        flag.attempts.map((id) => (
          <FlagField key={id} name={id} label={id} value={chosen.includes(id)} onChange={(on) => tick(id, on)} />
        ))}
    </Ask>
  );
}
