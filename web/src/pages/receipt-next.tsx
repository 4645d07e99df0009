// What happens next, below a receipt: when right answers and results come, and where they will be found.
import { at, load } from "../api";
import { clock } from "../clock";
import { shortMoment } from "../instants";
import { say } from "../messages";
import { link } from "../router";
import { useLoaded } from "../shell/loaded";
import type { Contest, Round } from "../types";

interface Props {
  attemptId: string;
  /** "<round>:<user>:<number>": the attempt's id begins with its round. */
  roundId?: string;
}

export function WhatNext({ attemptId, roundId = attemptId.split(":")[0]! }: Props) {
  const found = useLoaded(() => about(roundId), [roundId]);
  if (found.state !== "there") return null;
  const { round, hours } = found.value;
  const closed = Date.parse(round.closes_at) <= clock.now();
  const closes = shortMoment(round.closes_at);
  return (
    <section class="next" aria-labelledby="next-title">
      <h2 id="next-title">{say("next_title")}</h2>
      <ol>
        {round.answers_shown === "after-close" && !closed && <li>{say("next_answers", { at: closes })}</li>}
        <li>{say(closed ? "next_results_soon" : "next_results", { at: closes, hours })}</li>
        <li>
          {say("next_account")} <a href={link("me")}>{say("account")}</a>
        </li>
      </ol>
      {(closed || round.answers_shown === "at-once") && round.answers_shown !== "never" && (
        <p>
          <a href={link("review", attemptId)}>{say("review")}</a>
        </p>
      )}
    </section>
  );
}

async function about(roundId: string) {
  const round = await load<Round>(at("/api/exam/rounds", roundId));
  const { rules } = await load<Contest>(at("/api/exam/contests", round.contest_id));
  return { round, hours: rules.publication.provisional_within_hours };
}
