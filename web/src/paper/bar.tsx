// Time and saving, always in sight. Read out at a few moments only: a clock that speaks every second helps nobody.
import { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { minutes, spoken } from "../instants";
import { Key, say } from "../messages";
import { link } from "../router";
import type { Status } from "./sender";
import type { Sheet } from "./sheet";

const TOLD_S = [600, 300, 120, 60, 30];
const SHORT_S = 60;

const SAID: Record<Exclude<Status, "over">, Key> = {
  saved: "saved_all",
  sending: "saving",
  kept: "kept_here",
  "signed-out": "sign_in_to_send",
};

export function Bar({ work, left, children }: { work: Sheet; left: number; children: ComponentChildren }) {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  const { paper, saving } = work.kept.value;
  const [answered, all] = [Object.keys(saving.chosen).length, paper.questions.length];
  return (
    <div class={seconds <= SHORT_S ? "bar short" : "bar"}>
      <div>
        <span class="time">
          <span class="hidden">{say("time_left")} </span>
          <b role="timer" aria-live="off">
            {minutes(left)}
          </b>
        </span>
        <Told seconds={seconds} />
        <span class="done" title={say("answered_of", { n: answered, all })}>
          {answered}/{all}
        </span>
        {children}
      </div>
      <progress max={all} value={answered} aria-label={say("answered_of", { n: answered, all })} />
    </div>
  );
}

export function Saved({ status, attemptId }: { status: Status; attemptId: string }) {
  if (status === "over") return null;
  return (
    <span class={`saved is-${status}`} role="status">
      {status === "signed-out" ? <a href={link("sign-in", "paper", attemptId)}>{say(SAID[status])}</a> : say(SAID[status])}
    </span>
  );
}

function Told({ seconds }: { seconds: number }) {
  const [words, setWords] = useState("");
  const before = useRef(seconds);
  useEffect(() => {
    const passed = TOLD_S.find((mark) => seconds <= mark && before.current > mark);
    before.current = seconds;
    if (passed) setWords(say("time_left_spoken", { time: spoken(passed) }));
  }, [seconds]);
  return (
    <span class="hidden" role="status">
      {words}
    </span>
  );
}
