// A helper lets others use this device, one after the other, until the helper says otherwise: also over a restart of the browser.
import { device } from "../device";
import type { Joining } from "../forms/joining";
import { Observable } from "../observable";

export interface Helping {
  /** What most people of the village put down; the helper's own choice, nothing of a person. */
  prefilled: Partial<Pick<Joining, "unit" | "division">>;
}

export const ROOM = "helping";

export const helping = new Observable<Helping | null>(device.read<Helping>(ROOM));

export function setHelping(mode: Helping | null): void {
  helping.value = mode;
  if (mode) device.write(ROOM, mode);
  else device.remove(ROOM);
}
