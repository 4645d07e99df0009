// Ready to start, and then in by itself.
import { useEffect, useState } from "preact/hooks";
import { at, call, load } from "../api";
import { tab } from "../device";
import { Problem } from "../http";
import { moment, spoken } from "../instants";
import { say } from "../messages";
import { useValue } from "../observable";
import { roundState } from "../phase";
import { go, link } from "../router";
import { ended, person } from "../session";
import { Show, useLoaded } from "../shell/loaded";
import { useNow } from "../shell/tick";
import { SignInPage } from "../pages/sign-in";
import { attempts } from "../pages/rules";
import { arrived, keepPaper } from "../paper/kept";
import type { OwnAttempts, Round } from "../types";
import { refreshEarly, stayAwake } from "./awake";
import { Step, enter } from "./entering";
import { PracticeLink, StepView } from "./steps";
import { worldOf } from "./world";

interface Data {
  round: Round;
  own: OwnAttempts | null;
}

export function StartPage({ roundId }: { roundId: string }) {
  const who = useValue(person);
  const over = useValue(ended);
  const data = useLoaded(() => fetchAll(roundId, who !== null), [roundId, who?.user_id]);
  if (!who) return over ? <SignInPage next={["start", roundId]} /> : <Door roundId={roundId} />;
  return <Show loaded={data}>{(found) => <Ready {...found} userId={who.user_id} />}</Show>;
}

/** The own attempts are good to know, not needed: a start must not hang on them. */
async function fetchAll(roundId: string, signedIn: boolean): Promise<Data> {
  const own = signedIn
    ? call<OwnAttempts>("GET", at("/api/exam/rounds", roundId, "attempts")).then(
        (answer) => answer.body,
        () => null,
      )
    : null;
  const [round, mine] = await Promise.all([load<Round>(at("/api/exam/rounds", roundId)), own]);
  return { round, own: mine };
}

function Door({ roundId }: { roundId: string }) {
  return (
    <div class="page narrow">
      <h1>{say("take_part")}</h1>
      <p class="lead">{say("to_sign_in")}</p>
      <p class="row">
        <a class="button" href={link("join", "start", roundId)}>
          {say("join_first")}
        </a>
        <a class="button second" href={link("sign-in", "start", roundId)}>
          {say("have_account")}
        </a>
      </p>
    </div>
  );
}

function Ready({ round, own, userId }: Data & { userId: string }) {
  const room = `armed.${round.round_id}`;
  // Who was on the way in when the page was reloaded goes on by itself.
  const [armed, setArmed] = useState(tab.read<string>(room) === userId);
  const [step, setStep] = useState<Step | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  useEffect(() => {
    if (!armed) return;
    const left = new AbortController();
    const stop = (sentence: string | null) => {
      tab.remove(room);
      setArmed(false);
      setStep(null);
      setRefused(sentence);
    };
    enter(planOf(round), worldOf(round.round_id, setStep, left.signal)).then(
      (paper) => {
        if (!paper) return;
        tab.remove(room);
        keepPaper(paper, userId, round);
        arrived(paper.attempt_id);
        go(["paper", paper.attempt_id], true);
      },
      (error) => !left.signal.aborted && stop(error instanceof Problem && error.message ? error.message : say("failed")),
    );
    const sleep = stayAwake();
    const rest = refreshEarly(Date.parse(round.opens_at));
    return () => {
      sleep();
      rest();
      left.abort();
    };
  }, [armed, round.round_id]);

  const arm = () => {
    tab.write(room, userId);
    setRefused(null);
    setArmed(true);
  };
  if (armed && step) return <StepView step={step} round={round} />;
  return <Invitation round={round} own={own} refused={refused} arm={arm} />;
}

const planOf = (round: Round) => ({
  opensAt: Date.parse(round.opens_at),
  closesAt: Date.parse(round.closes_at),
  windowS: round.start_window_seconds ?? 0,
});

function Invitation({ round, own, refused, arm }: Data & { refused: string | null; arm: () => void }) {
  const state = roundState(round, useNow());
  const spent = Object.values(own?.left ?? {}).includes(0);
  const running = own?.attempts.some((attempt) => attempt.state === "open");
  return (
    <div class="page narrow">
      <h1>{round.title}</h1>
      <p class="lead">{say("facts", { questions: round.paper_size, time: spoken(round.paper_seconds) })}</p>
      <Left round={round} own={own} />
      {refused && (
        <div class="notice bad" role="alert">
          <p>
            <strong>{say("not_started")}</strong>
          </p>
          <p>{refused}</p>
        </div>
      )}
      {state !== "closed" && <BeforeStart round={round} />}
      {state === "planned" && <p>{say("round_opens", { round: round.title, at: moment(round.opens_at) })}.</p>}
      {state === "closed" ? (
        <p>
          {say("round_over", { round: round.title, at: moment(round.closes_at) })}{" "}
          <a href={link("rounds", round.round_id)}>{say("see_results")}</a>
        </p>
      ) : spent && !running ? (
        <p class="notice">
          {say("none_left")} <a href={link("me")}>{say("my_attempts")}</a>
        </p>
      ) : (
        <p class="row">
          <button type="button" onClick={arm}>
            {say(state === "planned" ? "start_at_opening" : running ? "resume" : "start")}
          </button>
        </p>
      )}
      <Notices round={round} />
    </div>
  );
}

function Left({ round, own }: Data) {
  const left = own?.left;
  const told = [
    left?.today != null && say("left_today", { n: left.today }),
    left?.round != null && say("left_round", { n: left.round }),
  ].filter(Boolean);
  return <p class="quiet">{told.length ? `${told.join(", ")}.` : attempts({ ...round, attempts_in_all: null })}</p>;
}

function BeforeStart({ round }: { round: Round }) {
  return (
    <section class="card">
      <h2>{say("before_start")}</h2>
      <ul class="links">
        <li>{say("before_1")}</li>
        <li>{say("before_2")}</li>
        <li>{say("before_3")}</li>
      </ul>
      <PracticeLink round={round} />
    </section>
  );
}

function Notices({ round }: { round: Round }) {
  const halt = round.halts?.find((each) => !each.resumed_at);
  return (
    <>
      {halt && (
        <section class="notice bad">
          <h2>{say("halted")}</h2>
          <p>{halt.notice}</p>
        </section>
      )}
      {round.notices.map((each) => (
        <section class="notice" key={each.announced_at}>
          <h2>{say("notice")}</h2>
          <p>{each.notice}</p>
          <p class="quiet">{moment(each.closes_at)}</p>
        </section>
      ))}
    </>
  );
}
