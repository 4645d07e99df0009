// The last receipts on this device: shown at once, also without network.
import { device } from "../device";
import type { Submission } from "../types";
import type { Kept } from "./kept";

const ROOM = "receipts";
const MOST = 5;

export interface KeptReceipt {
  userId: string;
  title: string;
  questions: number;
  submission: Submission;
  /** Questions whose last choice came too late. */
  late: number[];
}

export function keepReceipt(kept: Pick<Kept, "userId" | "title" | "paper">, submission: Submission, late: number[]): void {
  const receipt = { userId: kept.userId, title: kept.title, questions: kept.paper.questions.length, submission, late };
  const others = all().filter((each) => each.submission.attempt_id !== submission.attempt_id);
  device.write(ROOM, [receipt, ...others].slice(0, MOST));
}

export function keptReceipt(attemptId: string, userId: string): KeptReceipt | null {
  return all().find((each) => each.submission.attempt_id === attemptId && each.userId === userId) ?? null;
}

export function forgetReceipts(userId: string): void {
  device.write(
    ROOM,
    all().filter((each) => each.userId !== userId),
  );
}

const all = (): KeptReceipt[] => device.read<KeptReceipt[]>(ROOM) ?? [];
