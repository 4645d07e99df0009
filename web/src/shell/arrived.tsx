import { useEffect } from "preact/hooks";
import { arrived } from "../channel";

/** On a page of a contest: a visit that came by a channel's link is counted there, once. */
export function Arrived({ contestId }: { contestId: string | undefined }) {
  useEffect(() => (contestId ? arrived(contestId) : undefined), [contestId]);
  return null;
}
