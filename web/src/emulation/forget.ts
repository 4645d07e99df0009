// Its own small file: the page of the account needs no more of this.
import { device } from "../device";

export const ROOM = "assessment.";

interface Room {
  userId: string;
  unsent: boolean;
}

/** Names of what others wrote on this device and could not send yet. */
export const unsentOfOthers = (userId?: string): string[] =>
  device.names(ROOM).filter((name) => {
    const kept = device.read<Room>(name);
    return kept?.unsent && kept.userId !== userId;
  });

/** The person leaves this device. What was not sent yet stays: it is all there is of it. */
export function forgetAssessments(userId: string): void {
  for (const name of device.names(ROOM)) {
    const kept = device.read<Room>(name);
    if (kept?.userId === userId && !kept.unsent) device.remove(name);
  }
}
