// The kinds of units of each tree, as registration knows them.
import { sayIf } from "../say";

export const KINDS: Record<string, string[]> = {
  administrative: ["commune", "ward", "town", "district", "agency", "school", "village"],
  party: ["party-committee", "party-cell"],
};

export const TREES = ["administrative", "party"] as const;

export const kindInWords = (kind: string): string => sayIf(`pz_kind_${kind}`, kind);
