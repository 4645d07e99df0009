// The paper on the device: written at once with every touch, so that nothing is lost with the tab, the battery or the network.
import { device } from "../device";
import type { Paper, Round } from "../types";
import type { Said } from "./sheet";
import { Saving, joined, pending, saving } from "./saving";

const ROOM = "paper.";
type KeptRound = Pick<Round, "title" | "grace_seconds" | "closes_at">;
const MOST_AGE_MS = 3 * 86400_000;

export interface Kept {
  userId: string;
  /** Device time, only to clear away old papers. */
  touched: number;
  title: string;
  graceS: number;
  /** The round's close, as last heard. */
  closesAt: string;
  paper: Paper;
  saving: Saving;
  /** The question that is shown; all on one page when `all`. */
  place: number;
  all: boolean;
  said?: Said;
  /** As typed. */
  prediction: string;
}

/** A paper that was fetched: new on this device, or joined with what is kept here. Gives the questions that changed. */
export function keepPaper(paper: Paper, userId: string, round: KeptRound): { kept: Kept; changed: number[] } {
  const before = keptPaper(paper.attempt_id, userId);
  const seq = paper.seq ?? 0;
  const { now, changed } = before ? joined(before.saving, paper.answers, seq) : { now: saving(paper.answers, seq), changed: [] };
  const fresh = { place: 1, all: false, prediction: "", ...before };
  const kept = {
    ...fresh,
    userId,
    touched: Date.now(),
    title: round.title,
    graceS: round.grace_seconds,
    closesAt: round.closes_at,
    paper,
    saving: now,
  };
  write(kept);
  return { kept, changed };
}

const fresh = new Set<string>();

/** The paper was fetched this moment: opening it need not ask again. */
export function arrived(attemptId: string): void {
  fresh.add(attemptId);
}

/** Whether the paper has just arrived; true once. */
export const justArrived = (attemptId: string): boolean => fresh.delete(attemptId);

/** The paper of this person on this device. */
export function keptPaper(attemptId: string, userId: string): Kept | null {
  const kept = device.read<Kept>(ROOM + attemptId);
  return kept && kept.userId === userId ? kept : null;
}

export function write(kept: Kept): boolean {
  return device.write(ROOM + kept.paper.attempt_id, kept);
}

/** After the receipt is here, and for papers nobody came back to. */
export function dropPaper(attemptId: string): void {
  device.remove(ROOM + attemptId);
}

/** The person leaves this device. What was not sent yet stays: it is all there is of it. */
export function forgetPapers(userId: string): void {
  for (const name of device.names(ROOM)) {
    const kept = device.read<Kept>(name);
    if (kept?.userId === userId && !Object.keys(pending(kept.saving)).length) device.remove(name);
  }
}

/** All papers on this device, whoever's. */
export function keptPapers(): Kept[] {
  return device.names(ROOM).flatMap((name) => device.read<Kept>(name) ?? []);
}

export function dropOldPapers(): void {
  for (const name of device.names(ROOM)) {
    const kept = device.read<Kept>(name);
    if (!kept || Date.now() - kept.touched > MOST_AGE_MS) device.remove(name);
  }
}
