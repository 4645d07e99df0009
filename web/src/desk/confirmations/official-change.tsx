// What official results would give away: figures, prizes, what is still open, and what the first person wrote.
import { at, call } from "../../api";
import { Show, useLoaded } from "../../shell/loaded";
import { counted } from "../base/data-table";
import type { ResultRound, Winners } from "../results/types";
import { say } from "../say";
import type { Proposal } from "../waiting";

export function OfficialChange({ proposal }: { proposal: Proposal }) {
  const found = useLoaded(() => fetchChange(proposal.subject), [proposal.proposal_id]);
  return <Show loaded={found}>{(change) => <Figures {...change} proposal={proposal} />}</Show>;
}

interface Change {
  round: ResultRound;
  winners: Winners;
}

async function fetchChange(roundId: string): Promise<Change> {
  const path = at("/api/scoring/rounds", roundId);
  const [round, winners] = await Promise.all([call<ResultRound>("GET", path), call<Winners>("GET", `${path}/winners`)]);
  return { round: round.body, winners: winners.body };
}

function Figures({ round, winners, proposal }: Change & { proposal: Proposal }) {
  const { note, despite_complaints: despite } = proposal.body;
  return (
    <>
      <p>{say("cf_official_text")}</p>
      <dl class="figures">
        {(
          [
            ["live_participants", round.counts?.participants],
            ["res_valid", round.results?.valid_attempts],
            ["cf_prizes", winners.total],
            ["cf_unverified", winners.unverified],
          ] as const
        ).map(([name, value]) => (
          <div key={name}>
            <dt>{say(name)}</dt>
            <dd>{counted(value)}</dd>
          </div>
        ))}
      </dl>
      <dl class="facts">
        <Fact name={say("res_note")} value={note || "–"} />
        {despite && <Fact name={say("cf_despite")} value={despite} />}
        {round.results && <Fact name={say("cf_digest")} value={round.results.digest} />}
      </dl>
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
