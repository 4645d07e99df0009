// The paper in work: the bar with time and saving, the questions, the check, the end.
import { useEffect, useRef, useState } from "preact/hooks";
import { say } from "../messages";
import { useValue } from "../observable";
import { useNow } from "../shell/tick";
import { Bar, Saved } from "./bar";
import { Check } from "./check";
import { fetchInLanguage } from "./handing-in";
import { Over } from "./over";
import { Speech } from "./speech";
import { Questions } from "./turning";
import { Work } from "./work";

const LAST_CALL_MS = 1000;
// When each page asks, before its end, whether the round was extended: spread, because a round ends for everybody at once.
const MORE_TIME_MS = [20_000, 50_000] as const;

export function Desk({ work }: { work: Work }) {
  const kept = useValue(work.kept);
  const status = useValue(work.status);
  const elsewhere = useValue(work.elsewhere);
  const [checking, setChecking] = useState(false);
  const left = Date.parse(kept.paper.deadline_at) - useNow();
  useSending(work);
  useMoreTime(work, left);
  const lastCall = left <= LAST_CALL_MS;
  useEffect(() => {
    // What was chosen in the last seconds goes now, in time.
    if (lastCall) void work.sender.flush();
  }, [lastCall]);

  if (left <= 0 || status === "over") return <Over work={work} />;
  if (checking)
    return (
      <Check
        work={work}
        status={status}
        back={(question) => {
          setChecking(false);
          if (question) work.change({ place: question, all: false });
        }}
      />
    );
  return (
    <>
      <Bar work={work} left={left}>
        <Saved status={status} attemptId={work.attemptId} />
      </Bar>
      <div class="page narrow paper">
        <h1 class="hidden">{kept.title}</h1>
        {elsewhere.length > 0 && (
          <p class="notice" role="alert">
            {say("elsewhere")}
          </p>
        )}
        {status === "kept" && (
          <p class="notice" role="status">
            {say("kept_here_more")}
          </p>
        )}
        <Questions sheet={work} check={() => setChecking(true)} end={say("to_check")}>
          <Speech sheet={work} languages={kept.paper.languages} fetch={(code) => fetchInLanguage(work.attemptId, code)} />
        </Questions>
      </div>
    </>
  );
}

/** Once for every end: also for one that was moved. */
function useMoreTime(work: Work, left: number) {
  const mark = useRef(MORE_TIME_MS[0] + Math.random() * (MORE_TIME_MS[1] - MORE_TIME_MS[0]));
  const near = left < mark.current;
  useEffect(() => {
    if (near) work.lookForMoreTime().catch(() => undefined);
  }, [near, work]);
}

/** The network comes and goes; the page is hidden, perhaps for good. */
function useSending(work: Work) {
  useEffect(() => {
    const online = () => work.sender.online();
    const hidden = () => document.visibilityState === "hidden" && void work.sender.flush();
    addEventListener("online", online);
    addEventListener("pagehide", hidden);
    document.addEventListener("visibilitychange", hidden);
    return () => {
      removeEventListener("online", online);
      removeEventListener("pagehide", hidden);
      document.removeEventListener("visibilitychange", hidden);
      work.sender.stop();
    };
  }, [work]);
}
