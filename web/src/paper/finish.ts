import { go } from "../router";
import type { Submission } from "../types";
import { keepReceipt } from "./receipts";
import { dropPaper } from "./kept";
import { notCounted } from "./saving";
import { Work } from "./work";

/**
 * The paper is done. With a receipt in hand it is kept and shown; without one the server has the paper or takes it, and the
 * page of the receipt waits for it.
 */
export function finish(work: Work, submission: Submission | null): void {
  work.sender.stop();
  if (!submission) {
    work.status.value = "over";
    return;
  }
  keepReceipt(work.kept.value, submission, []);
  dropPaper(work.attemptId);
  go(["receipt", work.attemptId], true);
}

/** The server submitted it: what of the answers on this device did not count. */
export function finishByServer(work: Work, submission: Submission, accepted: Record<string, string>): void {
  work.sender.stop();
  keepReceipt(work.kept.value, submission, notCounted(work.kept.value.saving.chosen, accepted));
  dropPaper(work.attemptId);
  go(["receipt", work.attemptId], true);
}
