import { at, call } from "../../api";
import { link } from "../../router";
import { usePolled } from "../base/polled";
import { OfContest } from "../charts/contest";
import type { ContestCharts } from "../charts/types";
import { say } from "../say";

const EVERY_MS = 30_000;

/** All rounds of a contest together. */
export function ContestPictures({ contestId }: { contestId: string }) {
  const path = at("/api/scoring/contests", contestId, "charts");
  const { value, failed } = usePolled(async () => (await call<ContestCharts>("GET", path)).body, EVERY_MS, [contestId]);
  if (!value)
    return (
      <p class="quiet" role="status">
        {say(failed ? "pic_failed" : "board_waiting")}
      </p>
    );
  return (
    <>
      <h2>{value.title}</h2>
      <OfContest charts={value} href={(roundId) => link("charts", contestId, roundId)} />
    </>
  );
}
