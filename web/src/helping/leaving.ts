// A person leaves a device of others: answers are sent first, then nothing of the person is here any more.
import { clock } from "../clock";
import { device, tab } from "../device";
import { unsentOfOthers } from "../emulation/forget";
import { Kept, keptPapers } from "../paper/kept";
import { pending } from "../paper/saving";
import { Work } from "../paper/work";
import { Person, signOut } from "../session";
import { ROOM as HELPING } from "./mode";

/** Settings of the device and what it owes the server; not about a person. */
const STAYS = ["language", "clock", HELPING, "sign-out-owed", "turn"];

/** False while answers that the server would still take could not be sent: then nothing has ended. */
export async function leave(who: Person): Promise<boolean> {
  const left = await Promise.all(papersInWork(who.user_id).map(stillUnsent));
  if (left.includes(true)) return false;
  sweep(who.user_id);
  await signOut();
  return true;
}

/** Papers of the person that may still be worked on. */
export const papersInWork = (userId: string): Kept[] => keptPapers().filter((kept) => kept.userId === userId && isTaken(kept));

/** Whether the server would take answers to it. */
const isTaken = ({ paper, graceS }: Kept) => Date.parse(paper.deadline_at) + graceS * 1000 > clock.now();

async function stillUnsent(kept: Kept): Promise<boolean> {
  const work = new Work(kept);
  await work.sender.flush();
  work.sender.stop();
  return work.status.value !== "over" && Object.keys(pending(work.kept.value.saving)).length > 0 && isTaken(work.kept.value);
}

/** Everything goes but the device's settings and what others could not send yet: it is all there is of it. */
export function sweep(userId?: string): void {
  const unsent = keptPapers().filter((kept) => isTaken(kept) && Object.keys(pending(kept.saving)).length > 0);
  const others = unsent.filter((kept) => kept.userId !== userId);
  const papers = others.map((kept) => `paper.${kept.paper.attempt_id}`);
  const stays = new Set([...STAYS, ...papers, ...unsentOfOthers(userId)]);
  device
    .names("")
    .filter((name) => !stays.has(name))
    .forEach(device.remove);
  tab.names("").forEach(tab.remove);
}
