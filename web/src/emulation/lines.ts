// Its own small file: the page of the account needs no more of this.
import { call } from "../api";
import { BASE, OwnLine } from "./types";

/** The campaigns in which the person may assess itself, or did. */
export const fetchLines = async (): Promise<OwnLine[]> =>
  (await call<{ campaigns: OwnLine[] }>("GET", `${BASE}/me/campaigns`)).body.campaigns;
