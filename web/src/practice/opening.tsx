// Who practises while waiting for a round is brought back in time.
import { useEffect, useRef } from "preact/hooks";
import { at, load } from "../api";
import { tab } from "../device";
import { minutes, moment } from "../instants";
import { say } from "../messages";
import { go, link } from "../router";
import { useLoaded } from "../shell/loaded";
import { useNow } from "../shell/tick";
import type { Round } from "../types";

// Spread: whoever comes back renews the token (launch/awake.ts).
const BACK_MS = [90_000, 240_000] as const;

export function Opening({ roundId }: { roundId: string }) {
  const found = useLoaded(() => load<Round>(at("/api/exam/rounds", roundId)), [roundId]);
  return found.state === "there" ? <Waiting round={found.value} /> : null;
}

const HOUR_MS = 3600_000;

function told({ title, opens_at }: Round, left: number): string {
  if (left <= 0) return say("practice_opened");
  if (left > HOUR_MS) return `${say("round_opens", { round: title, at: moment(opens_at) })}.`;
  return say("practice_opens", { round: title, time: minutes(left) });
}

function Waiting({ round }: { round: Round }) {
  const left = Date.parse(round.opens_at) - useNow();
  const mark = useRef(BACK_MS[0] + Math.random() * (BACK_MS[1] - BACK_MS[0]));
  const goesIn = tab.read<string>(`armed.${round.round_id}`) !== null;
  const back = goesIn && left < mark.current;
  useEffect(() => {
    if (back) go(["start", round.round_id], true);
  }, [back]);
  return (
    <p class="notice waiting">
      <span>{told(round, left)}</span>{" "}
      <a href={link("start", round.round_id)}>{say("practice_back")}</a>
    </p>
  );
}
