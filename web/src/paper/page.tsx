// Finds the paper - on the device at once, from the server when it can - and shows the state it is in.
import { useEffect, useState } from "preact/hooks";
import { at, load } from "../api";
import { Problem, isPassing } from "../http";
import { say } from "../messages";
import { useValue } from "../observable";
import { go } from "../router";
import { person } from "../session";
import { SignInPage } from "../pages/sign-in";
import type { Round } from "../types";
import { Desk } from "./desk";
import { fetchPaper } from "./handing-in";
import { dropOldPapers, justArrived, keepPaper, keptPaper } from "./kept";
import { takePaper } from "./lock";
import { Work } from "./work";

type Found =
  { state: "looking" } | { state: "there"; work: Work } | { state: "elsewhere" } | { state: "failed"; sentence: string };

const SECOND_LOOK_MS = 400;

export function PaperPage({ attemptId }: { attemptId: string }) {
  const who = useValue(person);
  const [steal, setSteal] = useState(0);
  const [tries, setTries] = useState(0);
  const [found, setFound] = useState<Found>({ state: "looking" });
  const userId = who?.user_id;
  useEffect(() => {
    if (!userId) return;
    let here = true;
    const show = (next: Found) => here && setFound(next);
    const begin = () =>
      void open(attemptId, userId).then(
        (work) => work && show({ state: "there", work }),
        (error) => show(failure(error)),
      );
    // After a reload the lock of the page before may be free only a moment later.
    const refused = () =>
      setTimeout(
        () => here && letGo.push(takePaper(attemptId, false, begin, () => show({ state: "elsewhere" }))),
        SECOND_LOOK_MS,
      );
    const lost = () => show({ state: "elsewhere" });
    const letGo = [takePaper(attemptId, steal > 0, begin, steal > 0 ? lost : refused)];
    return () => {
      here = false;
      letGo.forEach((release) => release());
    };
  }, [attemptId, userId, steal, tries]);

  // A session that ended in the middle of a paper does not take the paper from the screen.
  if (found.state === "there") return <Desk key={steal} work={found.work} />;
  if (!who) return <SignInPage next={["paper", attemptId]} />;
  if (found.state === "elsewhere") return <OtherTab take={() => setSteal(steal + 1)} />;
  if (found.state === "looking")
    return (
      <p class="page quiet" role="status">
        {say("loading")}
      </p>
    );
  return (
    <div class="page narrow">
      <p role="alert">{found.sentence}</p>
      <button type="button" onClick={() => setTries(tries + 1)}>
        {say("again")}
      </button>
    </div>
  );
}

/** The paper as a piece of work; null when it was submitted and the receipt is shown instead. */
async function open(attemptId: string, userId: string): Promise<Work | null> {
  dropOldPapers();
  const kept = keptPaper(attemptId, userId);
  if (kept) {
    const work = new Work(kept);
    // What another device or the clock did meanwhile; without network the kept paper is good enough.
    if (!justArrived(attemptId))
      void work.join().then(
        () => work.sender.flush(),
        () => work.sender.flush(),
      );
    return work;
  }
  const paper = await fetchPaper(attemptId);
  if (paper.state !== "open") {
    go(["receipt", attemptId], true);
    return null;
  }
  const round = await load<Round>(at("/api/exam/rounds", paper.round_id));
  return new Work(keepPaper(paper, userId, round).kept);
}

function failure(error: unknown): Found {
  if (error instanceof Problem && error.slug === "not-your-attempt") return { state: "failed", sentence: say("other_person") };
  return {
    state: "failed",
    sentence: isPassing(error) ? say("not_on_device") : error instanceof Problem && error.message ? error.message : say("failed"),
  };
}

function OtherTab({ take }: { take: () => void }) {
  return (
    <div class="page narrow">
      <h1>{say("other_tab")}</h1>
      <p class="lead">{say("other_tab_text")}</p>
      <button type="button" onClick={take}>
        {say("use_this_tab")}
      </button>
    </div>
  );
}
