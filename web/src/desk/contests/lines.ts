import { call } from "../../api";
import type { Contest } from "../types";

/** A contest as a line of the list. */
export type Line = Pick<Contest, "contest_id" | "title" | "state" | "rounds">;

/** The published ones, and the own drafts. */
export const fetchContests = async (): Promise<Line[]> =>
  (await call<{ contests: Line[] }>("GET", "/api/exam/contests")).body.contests;
