// What every section of a campaign's page is given.
import type { Route } from "../../router";
import type { Campaign, Kind } from "./types";

export const BASE = "/api/emulation";
export const ZONE = "Asia/Ho_Chi_Minh";
export const KINDS: Kind[] = ["collective", "individual"];

export interface Section {
  campaign: Campaign;
  /** The campaign as it was saved; undefined: asked again. */
  onSaved: (saved?: Campaign) => void;
  rest: Route;
}
