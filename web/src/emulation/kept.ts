// The own assessment on the device: written at once with every key, so that nothing is lost with the tab or the network.
// On a device of others it goes with the tab.
import { Drawer, device, tab } from "../device";
import { whose } from "../session";
import { ROOM } from "./forget";
import { Saving, isUnsent } from "./saving";
import type { OwnCampaign } from "./types";

export interface Kept {
  userId: string;
  /** As the server last told it: the page opens without network. */
  own: OwnCampaign;
  saving: Saving;
  /** Something of it is not at the server: then it stays when the person leaves. */
  unsent: boolean;
}

const drawer = (): Drawer => (whose.value === "own" ? device : tab);

const nameOf = (campaignId: string, userId: string) => `${ROOM}${campaignId}.${userId}`;

export function keptOf(campaignId: string, userId: string): Kept | null {
  const kept = drawer().read<Kept>(nameOf(campaignId, userId));
  return kept?.userId === userId ? kept : null;
}

/** False when the device has no room: then the page lives in memory, and says so. */
export const keep = (kept: Kept): boolean =>
  drawer().write(nameOf(kept.own.campaign_id, kept.userId), { ...kept, unsent: isUnsent(kept.saving) });

export const drop = (campaignId: string, userId: string): void => drawer().remove(nameOf(campaignId, userId));
