import { shortMoment } from "../instants";
import { Key, say } from "../messages";
import { roundState } from "../phase";
import { link } from "../router";
import { useNow } from "../shell/tick";
import type { RoundPlan, Scored } from "../types";

/** The calendar, with what scoring tells of the rounds. */
export function RoundList({ rounds, scored }: { rounds: RoundPlan[]; scored: Scored }) {
  const now = useNow(5000);
  return (
    <ol class="rounds">
      {rounds.map((round) => (
        <Line key={round.round_id} round={round} results={scored[round.round_id]?.state} now={now} />
      ))}
    </ol>
  );
}

function Line({ round, results, now }: { round: RoundPlan; results: string | undefined; now: number }) {
  const decided = results === "provisional" || results === "official";
  const state = decided ? results : roundState(round, now);
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
