// The real world of entering.ts: the server, its clock, this tab's memory.
import { at, call } from "../api";
import { channelHeader } from "../channel";
import { clock } from "../clock";
import { tab } from "../device";
import { Problem, isPassing } from "../http";
import type { Paper } from "../types";
import type { Memory, StartAnswer, Step, Waiting, World } from "./entering";

const SLICE_MS = 500;

export function worldOf(roundId: string, tell: (step: Step) => void, left: AbortSignal): World {
  const room = `start.${roundId}`;
  return {
    now: () => clock.now(),
    random: Math.random,
    sleepUntil: (instant) => sleepUntil(instant, left),
    ask: (ticket) => start(roundId, ticket),
    passing: (error) => (isPassing(error) ? { retryAfterS: error instanceof Problem ? error.retryAfterS : null } : undefined),
    tooEarly: (error) => error instanceof Problem && error.slug === "round-not-open",
    read: () => tab.read<Memory>(room) ?? {},
    keep: (memory) => void tab.write(room, memory),
    tell,
  };
}

async function start(roundId: string, ticket: string | undefined): Promise<StartAnswer> {
  const headers: Record<string, string> = { ...(ticket && { "X-Waiting-Ticket": ticket }), ...channelHeader() };
  const answer = await call<Paper | { waiting: Waiting }>("POST", at("/api/exam/rounds", roundId, "attempts"), { headers });
  return answer.status === 202 ? (answer.body as { waiting: Waiting }) : { paper: answer.body as Paper };
}

/** In slices, because the device may sleep and the clock may be corrected meanwhile. */
async function sleepUntil(instant: number, left: AbortSignal): Promise<boolean> {
  while (!left.aborted && clock.now() < instant) {
    clock.noticeSleep();
    await new Promise((resolve) => setTimeout(resolve, Math.min(SLICE_MS, Math.max(1, instant - clock.now()))));
  }
  return !left.aborted;
}
