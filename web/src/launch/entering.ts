// The way into a round: countdown, a drawn delay, the start, the queue, and patience with trouble. No screen in here.
import { pause } from "../backoff";
import type { Paper } from "../types";

/** What the start door answers (see the OpenAPI document of exam): a paper, or a place in the queue. */
export type StartAnswer = { paper: Paper } | { waiting: Waiting };

export interface Waiting {
  ticket: string;
  position: number;
  wait_seconds: number;
  retry_at: string;
}

/** What a person is told. Instants are ms of the server's clock. */
export type Step =
  | { kind: "countdown"; until: number }
  | { kind: "spread"; until: number }
  | { kind: "starting" }
  | { kind: "waiting"; position: number; since: number; until: number }
  | { kind: "trouble"; until: number };

export interface Plan {
  opensAt: number;
  closesAt: number;
  windowS: number;
}

/** What survives a reload of this round's page. */
export interface Memory {
  /** Drawn once: where in the start window this person goes in, 0 to 1. */
  chance?: number;
  ticket?: string;
}

export interface World {
  now: () => number;
  random: () => number;
  /** Waits until an instant of the server's clock, looking again when the clock was corrected. False: the person left. */
  sleepUntil: (instant: number) => Promise<boolean>;
  ask: (ticket: string | undefined) => Promise<StartAnswer>;
  /** Seconds asked for by a failure that passes; undefined: it does not pass. */
  passing: (error: unknown) => { retryAfterS: number | null } | undefined;
  /** Whether the server says that the round is not open yet: the clock was a little early. */
  tooEarly: (error: unknown) => boolean;
  read: () => Memory;
  keep: (memory: Memory) => void;
  tell: (step: Step) => void;
}

const EARLY_MS = 1000;

/**
 * Goes in by itself; gives the paper, or null when the person left. Raises what the server refuses for good.
 *
 * Who sees the countdown reach zero goes in at a random instant of the start window, drawn once, so that a province does
 * not press in the same second. Who comes later goes in at once. A ticket is kept over trouble and over a reload.
 */
export async function enter(plan: Plan, world: World): Promise<Paper | null> {
  if (!(await waitForOpening(plan, world))) return null;
  let failures = 0;
  for (;;) {
    world.tell({ kind: "starting" });
    try {
      const answer = await world.ask(world.read().ticket);
      if ("paper" in answer) return admitted(answer.paper, world);
      failures = 0;
      if (!(await queue(answer.waiting, world))) return null;
    } catch (error) {
      failures += 1;
      const until = again(error, failures, world);
      world.tell({ kind: "trouble", until });
      if (!(await world.sleepUntil(until))) return null;
    }
  }
}

async function waitForOpening(plan: Plan, world: World): Promise<boolean> {
  if (world.now() < plan.opensAt) {
    const chance = world.read().chance ?? world.random();
    world.keep({ ...world.read(), chance });
    world.tell({ kind: "countdown", until: plan.opensAt });
    if (!(await world.sleepUntil(plan.opensAt))) return false;
  }
  // Also after a reload within the window: the place in it stays the drawn one.
  const turn = plan.opensAt + (world.read().chance ?? 0) * plan.windowS * 1000;
  if (world.now() >= turn) return true;
  world.tell({ kind: "spread", until: turn });
  return world.sleepUntil(turn);
}

async function queue(waiting: Waiting, world: World): Promise<boolean> {
  world.keep({ ...world.read(), ticket: waiting.ticket });
  const until = Date.parse(waiting.retry_at);
  world.tell({ kind: "waiting", position: waiting.position, since: world.now(), until });
  return world.sleepUntil(until);
}

/** When to try again after a failure; a refusal is raised and forgets the place in the queue. */
function again(error: unknown, failures: number, world: World): number {
  if (world.tooEarly(error)) return world.now() + EARLY_MS * (1 + world.random());
  const passing = world.passing(error);
  if (!passing) {
    world.keep({});
    throw error;
  }
  return world.now() + pause(failures, passing.retryAfterS, world.random()) * 1000;
}

function admitted(paper: Paper, world: World): Paper {
  world.keep({});
  return paper;
}

/** People still before this one, counted down evenly between the server's word and the turn. */
export function positionAt(step: Extract<Step, { kind: "waiting" }>, now: number): number {
  const whole = step.until - step.since;
  const left = whole > 0 ? Math.min(1, Math.max(0, (step.until - now) / whole)) : 0;
  return Math.max(1, Math.ceil(step.position * left));
}
