import { shortMoment } from "../instants";
import { Key, say } from "../messages";
import { roundState } from "../phase";
import { link } from "../router";
import { useNow } from "../shell/tick";
import type { RoundPlan, Scored, ScoredRound } from "../types";

/** There are results for everybody. */
export const isDecided = (round?: ScoredRound): round is ScoredRound =>
  round?.state === "provisional" || round?.state === "official";

/** The calendar, with what scoring tells of the rounds. */
export function RoundList({ rounds, scored }: { rounds: RoundPlan[]; scored: Scored }) {
  const now = useNow(5000);
  return (
    <ol class="rounds">
      {rounds.map((round) => (
        <Line key={round.round_id} round={round} found={scored[round.round_id]} now={now} />
      ))}
    </ol>
  );
}

function Line({ round, found, now }: { round: RoundPlan; found: ScoredRound | undefined; now: number }) {
  const decided = isDecided(found);
  const state = decided ? found.state : roundState(round, now);
  return (
    <li class={state}>
      <strong>{round.title}</strong>
      <span class="when">{say("from_to", { from: shortMoment(round.opens_at), to: shortMoment(round.closes_at) })}</span>
      <span class={`state ${state}`}>{say(state as Key)}</span>
      {decided && (
        <a href={link("rounds", round.round_id)} aria-label={`${say("see_results")}: ${round.title}`}>
          {say("see_results")}
        </a>
      )}
    </li>
  );
}
