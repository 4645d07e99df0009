// Time is over. What is here and not yet there is handed in while the server still takes it; then the server has the word.
import { useEffect, useState } from "preact/hooks";
import { pause } from "../backoff";
import { clock } from "../clock";
import { Problem, isPassing } from "../http";
import { say } from "../messages";
import { useValue } from "../observable";
import { go } from "../router";
import { wrongPrediction } from "./check";
import { finish, finishByServer } from "./finish";
import { fetchPaper, submit } from "./handing-in";
import { pending } from "./saving";
import { Work } from "./work";

// The server submits one second after the grace; a village shares that second, so not all look at once.
const SETTLED_MS = 2500;
const SPREAD_MS = 4000;

export function Over({ work }: { work: Work }) {
  const { saving, paper } = useValue(work.kept);
  const [reached, setReached] = useState(true);
  useEffect(() => {
    let here = true;
    void end(work, () => here, setReached);
    return () => {
      here = false;
    };
  }, [work]);
  const there = Object.keys(saving.known).length;
  return (
    <div class="page narrow launch">
      <h1>{say("time_over")}</h1>
      <p role="status">
        {reached ? say("time_over_waiting") : say("time_over_offline", { n: there, all: paper.questions.length })}
      </p>
    </div>
  );
}

async function end(work: Work, here: () => boolean, reach: (reached: boolean) => void): Promise<void> {
  work.sender.rest();
  if (await handedIn(work, here, reach)) return;
  await sleep(Math.max(0, settledAt(work) - clock.now()) + Math.random() * SPREAD_MS);
  for (let failures = 1; here(); failures += 1) {
    let retryAfterS: number | null = null;
    try {
      const paper = await fetchPaper(work.attemptId);
      reach(true);
      if (paper.state === "void") return go([], true);
      // The round was extended at the last moment: back to work.
      if (paper.state === "open" && Date.parse(paper.deadline_at) > clock.now()) return await work.goOn();
      if (paper.submission) return finishByServer(work, paper.submission, paper.answers);
    } catch (error) {
      reach(!isPassing(error));
      if (error instanceof Problem) retryAfterS = error.retryAfterS;
    }
    await sleep(pause(Math.min(failures, 4), retryAfterS, Math.random()) * 1000);
  }
}

/** Within the grace: answers that are not there yet, and a typed prediction. Nothing of that: the server does it. */
async function handedIn(work: Work, here: () => boolean, reach: (reached: boolean) => void): Promise<boolean> {
  const { paper, prediction, saving } = work.kept.value;
  const typed =
    paper.prediction.sealed === null && paper.prediction.kind !== "none" && !wrongPrediction(prediction, paper.prediction.kind);
  const last = Date.parse(paper.deadline_at) + work.kept.value.graceS * 1000;
  if (!typed && !Object.keys(pending(saving)).length) return false;
  for (let failures = 1; here() && clock.now() < last; failures += 1) {
    try {
      const submission = await submit(work.attemptId, pending(work.kept.value.saving), typed ? Number(prediction) : null);
      if (submission) finish(work, submission);
      return submission !== null;
    } catch (error) {
      reach(false);
      if (!isPassing(error)) return false;
      await sleep(pause(failures, error instanceof Problem ? error.retryAfterS : null, Math.random()) * 1000);
    }
  }
  return false;
}

const settledAt = ({ kept: { value } }: Work) => Date.parse(value.paper.deadline_at) + value.graceS * 1000 + SETTLED_MS;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
