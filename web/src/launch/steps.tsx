// What a person sees on the way in. Nothing here needs a click.
import { minutes } from "../instants";
import { say } from "../messages";
import { Countdown } from "../shell/countdown";
import { link } from "../router";
import { useNow } from "../shell/tick";
import type { Round } from "../types";
import { Step, positionAt } from "./entering";

/** Who practises is brought back at most four minutes before the opening. */
const LONG_MS = 300_000;

export function StepView({ step, round }: { step: Step; round: Round }) {
  const now = useNow();
  return (
    <div class="page narrow launch">
      <p class="quiet">{round.title}</p>
      <Told step={step} />
      {step.kind === "countdown" && step.until - now > LONG_MS && <PracticeLink round={round} />}
    </div>
  );
}

/** For who waits, or has not done this before. */
export function PracticeLink({ round }: { round: Round }) {
  if (!round.practice_papers) return null;
  return (
    <p>
      <a href={link("practice", round.contest_id, round.round_id)}>{say("practice_link")}</a>
    </p>
  );
}

function Told({ step }: { step: Step }) {
  const now = useNow(500);
  const seconds = "until" in step ? Math.max(0, Math.ceil((step.until - now) / 1000)) : 0;
  if (step.kind === "countdown") {
    return (
      <>
        <h1>{say("armed")}</h1>
        <Countdown until={step.until} />
        <p>{say("armed_text")}</p>
      </>
    );
  }
  if (step.kind === "spread") {
    return (
      <>
        <h1>{say("armed")}</h1>
        <span class="big" role="timer">
          {seconds}
        </span>
        <p role="status">{say("drawn_delay")}</p>
      </>
    );
  }
  if (step.kind === "waiting") return <InQueue step={step} now={now} />;
  if (step.kind === "trouble") {
    return (
      <>
        <h1>{say("reconnecting")}</h1>
        <p role="status">{say("reconnecting_text", { s: seconds })}</p>
      </>
    );
  }
  return <h1 role="status">{say("starting")}</h1>;
}

/** The two numbers change too often to be read out; the sentence is read once. */
function InQueue({ step, now }: { step: Extract<Step, { kind: "waiting" }>; now: number }) {
  return (
    <>
      <h1>{say("waiting")}</h1>
      <div class="pair">
        <p>
          {say("waiting_position")} <span class="big">{positionAt(step, now).toLocaleString("vi-VN")}</span>{" "}
          {say("waiting_people")}
        </p>
        <p>
          {say("waiting_left")}{" "}
          <span class="big" role="timer">
            {minutes(step.until - now)}
          </span>
        </p>
      </div>
      <p role="status">{say("waiting_text")}</p>
    </>
  );
}
