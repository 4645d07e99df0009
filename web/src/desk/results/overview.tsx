// Where a round stands: figures, the signed digest, and the act that makes results official.
import { useState } from "preact/hooks";
import { call } from "../../api";
import { Problem } from "../../http";
import { shortMoment } from "../../instants";
import { person } from "../../session";
import { useLoaded } from "../../shell/loaded";
import { ErrorSummary } from "../../forms/errors";
import { Ask } from "../base/ask";
import { counted } from "../base/data-table";
import { useDoing } from "../base/doing";
import { AreaField, FlagField } from "../base/fields";
import { link } from "../../router";
import { Key, say } from "../say";
import { Section, pathOf } from "./round";
import { Flags, Proposal, Signed, Winners } from "./types";

const FILES = ["results.csv", "results.json", "attempts.csv", "rules.json", "units.csv"];

export function Overview({ round, again }: Section) {
  const { counts, results } = round;
  const figures: [Key, number | null | undefined][] = [
    ["live_participants", counts?.participants],
    ["res_attempts", counts?.attempts],
    ["res_valid", results?.valid_attempts],
    ["res_perfect", counts?.perfect],
  ];
  return (
    <>
      <dl class="figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{say(name)}</dt>
            <dd>{counted(value)}</dd>
          </div>
        ))}
      </dl>
      {counts && counts.unscored !== 0 && <p class="notice bad">{say("res_unscored", { n: counts.unscored })}</p>}
      {!results && <p>{say("res_none_yet")}</p>}
      {round.state === "provisional" && <ToOfficial round={round} again={again} />}
      {round.state === "official" && results?.official_at && (
        <p class="notice">{say("res_official_since", { at: shortMoment(results.official_at) })}</p>
      )}
      {results && ["provisional", "official"].includes(round.state) && <Proof round={round} />}
    </>
  );
}

/** What is still to be done, then the act; where the platform wants four eyes, a second person confirms. */
function ToOfficial({ round, again }: Section) {
  const [asking, setAsking] = useState(false);
  const [tries, setTries] = useState(0);
  const waiting = useLoaded(() => fetchProposals(round.round_id), [round.round_id, round.results?.digest, tries]);
  const open = waiting.state === "there" ? waiting.value.filter(({ state, act }) => state === "open" && act === "official") : [];
  const changed = () => {
    setTries(tries + 1);
    again();
  };
  return (
    <section>
      <h2>{say("res_to_official")}</h2>
      <Open round={round} />
      {open.map((proposal) => (
        <Waiting key={proposal.proposal_id} roundId={round.round_id} proposal={proposal} onChanged={changed} />
      ))}
      {!open.length && (
        <p>
          <button type="button" onClick={() => setAsking(true)}>
            {say("res_make_official")}
          </button>
        </p>
      )}
      {asking && <MakeOfficial round={round} onChanged={changed} onClose={() => setAsking(false)} />}
    </section>
  );
}

/** What is open in the other sections, with the way there. */
function Open({ round }: Pick<Section, "round">) {
  const found = useLoaded(() => fetchOpen(round.round_id, round.contest_id), [round.round_id, round.results?.revision]);
  if (found.state !== "there") return null;
  const { complaints, flags, winners } = found.value;
  const left: [string, string][] = [
    ["complaints", say("res_open_complaints", { n: complaints })],
    ["flags", say("res_open_flags", { n: flags?.open ?? 0 })],
    ["winners", say("res_open_winners", { n: winners.unverified, all: winners.total })],
  ];
  return (
    <>
      <ul>
        {left.map(([section, sentence]) => (
          <li key={section}>
            <a href={link("results", round.round_id, section)}>{sentence}</a>
          </li>
        ))}
      </ul>
      {winners.must_be_verified && <p class="quiet">{say("res_must_be_verified")}</p>}
    </>
  );
}

const OPEN_STATES = ["received", "questioned", "answered"];

async function fetchOpen(roundId: string, contestId: string) {
  const [counts, flags, winners] = await Promise.all([
    Promise.all(OPEN_STATES.map((state) => countComplaints(contestId, roundId, state))),
    call<Flags>("GET", `${pathOf(roundId, "flags")}?limit=1`).then(
      ({ body }) => body,
      () => null,
    ),
    call<Winners>("GET", pathOf(roundId, "winners")),
  ]);
  return { complaints: counts.reduce((sum, count) => sum + count, 0), flags, winners: winners.body };
}

async function countComplaints(contestId: string, roundId: string, state: string): Promise<number> {
  const wish = new URLSearchParams({ round_id: roundId, state, limit: "200" });
  const path = `/api/scoring/contests/${encodeURIComponent(contestId)}/complaints?${wish}`;
  return (await call<{ complaints: unknown[] }>("GET", path)).body.complaints.length;
}

interface Acting {
  round: Section["round"];
  onChanged: () => void;
  onClose: () => void;
}

function MakeOfficial({ round, onChanged, onClose }: Acting) {
  const [note, setNote] = useState("");
  const [waits, setWaits] = useState(false);
  const [despite, setDespite] = useState("");
  const act = async () => {
    const body = { note: note.trim(), despite_complaints: waits ? despite.trim() : "" };
    await call("POST", pathOf(round.round_id, "official"), { body });
    onChanged();
  };
  return (
    <Ask title={say("res_official_ask", { round: round.title })} confirm={say("res_make_official")} onConfirm={act} onClose={onClose}>
      <p>{say("res_official_text")}</p>
      <AreaField name="note" label={say("res_note")} hint={say("res_note_hint")} value={note} maxLength={2000} onChange={setNote} />
      <FlagField name="waits" label={say("res_despite")} hint={say("res_despite_hint")} value={waits} onChange={setWaits} />
      {waits && (
        <AreaField
          name="despite_complaints"
          label={say("res_despite_reason")}
          value={despite}
          maxLength={2000}
          onChange={setDespite}
        />
      )}
    </Ask>
  );
}

function Waiting({ roundId, proposal, onChanged }: { roundId: string; proposal: Proposal; onChanged: () => void }) {
  const { busy, errors, round, run } = useDoing();
  const [refusing, setRefusing] = useState(false);
  const own = proposal.by === person.value?.user_id;
  const act = async (what: string, body?: unknown) => {
    await call("POST", pathOf(roundId, "proposals", proposal.proposal_id, what), { body });
    onChanged();
  };
  const withdraw = (reason: string) => act("withdrawal", { reason });
  return (
    <div class="notice">
      <ErrorSummary errors={errors} round={round} />
      <p>{say(own ? "res_waits_own" : "res_waits", { at: shortMoment(proposal.at) })}</p>
      <p class="row">
        {!own && (
          <button type="button" disabled={busy} onClick={() => void run(() => act("confirmation"))}>
            {say("res_confirm")}
          </button>
        )}
        <button type="button" class="second" disabled={busy} onClick={() => (own ? void run(() => withdraw("")) : setRefusing(true))}>
          {say(own ? "res_withdraw" : "res_refuse_proposal")}
        </button>
      </p>
      {refusing && (
        <Ask
          title={say("cf_refuse_ask")}
          confirm={say("cf_refuse")}
          reason
          onConfirm={({ reason }) => withdraw(reason)}
          onClose={() => setRefusing(false)}
        >
          <p>{say("cf_refuse_text")}</p>
        </Ask>
      )}
    </div>
  );
}

/** A platform that wants no second person has no proposals. */
async function fetchProposals(roundId: string): Promise<Proposal[]> {
  try {
    return (await call<{ proposals: Proposal[] }>("GET", pathOf(roundId, "proposals"))).body.proposals;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return [];
    throw error;
  }
}

/** The digest, its signature, and the files with which anybody can compute the results again. */
function Proof({ round }: Pick<Section, "round">) {
  const { digest, revision } = round.results!;
  const signed = useLoaded(
    async () => (await call<Signed>("GET", pathOf(round.round_id, "signature"))).body,
    [round.round_id, digest, round.state],
  );
  return (
    <section>
      <h2>{say("res_proof")}</h2>
      <p>{say("res_proof_text", { revision })}</p>
      <dl class="facts">
        <div>
          <dt>SHA-256</dt>
          <dd>
            <code>{digest}</code>
          </dd>
        </div>
        {signed.state === "there" && (
          <div>
            <dt>{say("res_signature")}</dt>
            <dd>
              <code>{signed.value.signature}</code>
            </dd>
          </div>
        )}
      </dl>
      <p class="row">
        {FILES.map((file) => (
          <a key={file} class="button second small" href={pathOf(round.round_id, file)} download="">
            {file}
          </a>
        ))}
      </p>
    </section>
  );
}
