// A contest: what, when, rules in plain words, prizes, and the one button that matters now.
import { at, load } from "../api";
import { Problem } from "../http";
import { shortMoment } from "../instants";
import { say, themed } from "../messages";
import { useValue } from "../observable";
import { Phase, extended, phase } from "../phase";
import { SEASON, link } from "../router";
import { person } from "../session";
import { Arrived } from "../shell/arrived";
import { Countdown } from "../shell/countdown";
import { Show, useLoaded } from "../shell/loaded";
import { later } from "../shell/later";
import { Ridges } from "../shell/ridges";
import { useNow } from "../shell/tick";
import type { Contest, Scored, ScoredRound } from "../types";
import { HowTo, PrizeList, RulesInShort } from "./rules";
import { RoundList, isDecided } from "./rounds";

const OwnPools = later<{ contestId: string }>(() => import("../prizes/own").then((found) => found.OwnPools), true);

/** Groups under ten are not shown anywhere. */
const FEW = 10;

export function ContestPage({ contestId }: { contestId: string }) {
  const found = useLoaded(() => withResults(contestId), [contestId]);
  return (
    <Show loaded={found}>
      {({ contest, scored }) => (
        <>
          <Arrived contestId={contestId} />
          <Hero contest={contest} scored={scored} />
          <div class="page columns">
            <div>
              {contest.amendments?.map((each) => (
                <section class="notice" key={each.revision}>
                  <strong>{say("amended", { at: shortMoment(each.announced_at) })}</strong>
                  <p>{each.notice}</p>
                </section>
              ))}
              <section>
                <h2>{say("rounds")}</h2>
                <RoundList rounds={contest.rounds} scored={scored} />
                {Object.values(scored).some(isDecided) && (
                  <p>
                    <a href={link("charts", SEASON, contestId)}>{say("season_link")}</a>
                  </p>
                )}
              </section>
              <section>
                <h2>{say("how")}</h2>
                <HowTo rules={contest.rules} />
              </section>
              <section>
                <h2>{say("prizes")}</h2>
                <PrizeList rules={contest.rules} />
              </section>
              <Pools contestId={contestId} />
            </div>
            <section class="aside">
              <h2>{say("rules")}</h2>
              <RulesInShort rules={contest.rules} />
              <p>
                <a href={link("embed", contestId)}>{say("ways_embed")}</a>
              </p>
            </section>
          </div>
        </>
      )}
    </Show>
  );
}

/** Asked for only by who is signed in: the units are those of the account. */
function Pools({ contestId }: { contestId: string }) {
  return useValue(person) ? <OwnPools contestId={contestId} /> : null;
}

async function withResults(contestId: string) {
  const [contest, scored] = await Promise.all([load<Contest>(at("/api/exam/contests", contestId)), scoredRounds(contestId)]);
  return { contest: { ...contest, rounds: extended(contest.rounds, scored) }, scored };
}

/** What scoring tells of the rounds. It may be away or not know the contest yet: then the calendar alone is shown. */
async function scoredRounds(contestId: string): Promise<Scored> {
  try {
    const { rounds } = await load<{ rounds: ScoredRound[] }>(at("/api/scoring/contests", contestId, "rounds"));
    return Object.fromEntries(rounds.map((round) => [round.round_id, round]));
  } catch (error) {
    if (!(error instanceof Problem)) console.info("results are not reachable", error);
    return {};
  }
}

function Hero({ contest, scored }: { contest: Contest; scored: Scored }) {
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
        <TakingPart round={here.round && scored[here.round.round_id]} />
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

/** How many took part; scoring does not tell while that is what people are asked to predict, and nobody counts a handful. */
function TakingPart({ round }: { round: ScoredRound | null | undefined }) {
  const people = round?.counts?.participants ?? 0;
  return people < FEW ? null : <p class="span">{say("ways_taking_part", { n: people, round: round!.title })}</p>;
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
