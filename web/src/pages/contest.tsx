// A contest: what, when, rules in plain words, prizes, and the one button that matters now.
import { at, load } from "../api";
import { Problem } from "../http";
import { shortMoment } from "../instants";
import { say, themed } from "../messages";
import { useValue } from "../observable";
import { Phase, phase } from "../phase";
import { link } from "../router";
import { person } from "../session";
import { Countdown } from "../shell/countdown";
import { Show, useLoaded } from "../shell/loaded";
import { Ridges } from "../shell/ridges";
import { useNow } from "../shell/tick";
import type { Contest } from "../types";
import { HowTo, PrizeList, RulesInShort } from "./rules";
import { RoundList } from "./rounds";

export function ContestPage({ contestId }: { contestId: string }) {
  const found = useLoaded(() => withResults(contestId), [contestId]);
  return (
    <Show loaded={found}>
      {({ contest, states }) => (
        <>
          <Hero contest={contest} />
          <div class="page columns">
            <div>
              <section>
                <h2>{say("rounds")}</h2>
                <RoundList rounds={contest.rounds} states={states} />
              </section>
              <section>
                <h2>{say("how")}</h2>
                <HowTo rules={contest.rules} />
              </section>
              <section>
                <h2>{say("prizes")}</h2>
                <PrizeList rules={contest.rules} />
              </section>
            </div>
            <section class="aside">
              <h2>{say("rules")}</h2>
              <RulesInShort rules={contest.rules} />
            </section>
          </div>
        </>
      )}
    </Show>
  );
}

async function withResults(contestId: string) {
  const [contest, states] = await Promise.all([load<Contest>(at("/api/exam/contests", contestId)), resultStates(contestId)]);
  return { contest, states };
}

/** Round -> state of its results. Scoring may be away or not know the contest yet: then the calendar alone is shown. */
async function resultStates(contestId: string): Promise<Record<string, string>> {
  try {
    const { rounds } = await load<{ rounds: { round_id: string; state: string }[] }>(
      at("/api/scoring/contests", contestId, "rounds"),
    );
    return Object.fromEntries(rounds.map((round) => [round.round_id, round.state]));
  } catch (error) {
    if (!(error instanceof Problem)) console.info("results are not reachable", error);
    return {};
  }
}

function Hero({ contest }: { contest: Contest }) {
  const here = phase(contest, useNow());
  const rounds = contest.rounds;
  const [first, last] = [rounds[0], rounds[rounds.length - 1]];
  return (
    <section class="hero">
      <Ridges />
      <div class="page">
        <p class="eyebrow">{themed("host")}</p>
        <h1>{contest.title}</h1>
        {first && last && (
          <p class="span">
            {say("contest_span", { n: rounds.length, from: shortMoment(first.opens_at), to: shortMoment(last.closes_at) })}
          </p>
        )}
        <Standing phase={here} />
        <Doors phase={here} />
        {here.kind !== "over" && Boolean(contest.practice_papers) && (
          <p class="try">
            <a href={link("practice", contest.contest_id)}>{say("practice_link")}</a>
          </p>
        )}
      </div>
    </section>
  );
}

function Standing({ phase: here }: { phase: Phase }) {
  if (here.kind === "over") return <p class="standing">{say("contest_over")}</p>;
  return (
    <div class="standing">
      <p>{say(here.kind === "open" ? "closes_in" : "opens_in", { round: here.round.title })}</p>
      <Countdown until={here.until} />
    </div>
  );
}

/** To the start for who is signed in, else to registration. */
function Doors({ phase: here }: { phase: Phase }) {
  const who = useValue(person);
  if (here.kind === "over")
    return (
      here.round && (
        <p class="doors">
          <a class="button" href={link("rounds", here.round.round_id)}>
            {say("see_results")}
          </a>
        </p>
      )
    );
  const next = ["start", here.round.round_id];
  if (who)
    return (
      <p class="doors">
        <a class="button" href={link(...next)}>
          {say(here.kind === "open" ? "take_part" : "prepare")}
        </a>
      </p>
    );
  return (
    <p class="doors">
      <a class="button" href={link("join", ...next)}>
        {say("join_first")}
      </a>
      <a class="button second" href={link("sign-in", ...next)}>
        {say("have_account")}
      </a>
    </p>
  );
}
