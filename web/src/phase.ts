// Where a contest stands at an instant (ms, the server's clock).
import type { ContestLine, RoundPlan } from "./types";

export type Phase =
  | { kind: "before"; round: RoundPlan; until: number }
  | { kind: "open"; round: RoundPlan; until: number }
  | { kind: "over"; round: RoundPlan | null };

/** The round that is open, else the next one, else that all are over. */
export function phase(contest: ContestLine, now: number): Phase {
  const rounds = [...contest.rounds].sort((one, other) => Date.parse(one.opens_at) - Date.parse(other.opens_at));
  const round = rounds.find((each) => now < Date.parse(each.closes_at));
  if (!round) return { kind: "over", round: rounds[rounds.length - 1] ?? null };
  const opens = Date.parse(round.opens_at);
  return now < opens ? { kind: "before", round, until: opens } : { kind: "open", round, until: Date.parse(round.closes_at) };
}

/** The calendar with the ends as they are now: an organiser may have given everybody more time. */
export function extended<T extends RoundPlan>(rounds: T[], known: Record<string, { closes_at?: string | null }>): T[] {
  const ends = (round: T) => [round.closes_at, known[round.round_id]?.closes_at ?? round.closes_at];
  const last = (one: string, other: string) => (Date.parse(other) > Date.parse(one) ? other : one);
  return rounds.map((round) => ({ ...round, closes_at: ends(round).reduce(last) }));
}

/** A round by the clock alone. */
export function roundState(round: RoundPlan, now: number): "planned" | "open" | "closed" {
  if (now < Date.parse(round.opens_at)) return "planned";
  return now < Date.parse(round.closes_at) ? "open" : "closed";
}

/** The contest people come for: an open one before a coming one before one that is over; of equals the soonest, the last. */
export function featured<T extends ContestLine>(contests: T[], now: number): T | undefined {
  const order = { open: 0, before: 1, over: 2 };
  const rank = (contest: T) => {
    const found = phase(contest, now);
    const when = found.kind === "over" ? -Date.parse(found.round?.closes_at ?? "1970") : found.until;
    return [order[found.kind], when] as const;
  };
  return [...contests].sort((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    return a[0] - b[0] || a[1] - b[1];
  })[0];
}
