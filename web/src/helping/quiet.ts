// When a session on somebody else's device ends by itself. Plain values in, plain values out.
import type { Whose } from "../session";

const MINUTE_MS = 60_000;

/** Without a touch for `lasts`; the person is told `warns` before and can go on (WCAG 2.2.1). */
const QUIET: Record<Exclude<Whose, "own">, { lasts: number; warns: number }> = {
  shared: { lasts: 30 * MINUTE_MS, warns: 2 * MINUTE_MS },
  assisted: { lasts: 5 * MINUTE_MS, warns: MINUTE_MS },
};
/** Time to take the receipt along. */
export const AFTER_MS = 3 * MINUTE_MS;

export interface Use {
  whose: Whose;
  /** ms since the epoch by the device's clock. */
  touched: number;
  /** A paper is in work, or the way into one: nobody is sent away from that. */
  held: boolean;
  /** A paper was handed in on a helper's device: when the session ends, whatever is touched. */
  endsAt: number | null;
}

export type Standing = { kind: "quiet" } | { kind: "warned" | "after"; leftMs: number } | { kind: "over" };

export function standing(use: Use, now: number): Standing {
  if (use.whose === "own" || use.held) return { kind: "quiet" };
  if (use.endsAt !== null) return use.endsAt > now ? { kind: "after", leftMs: use.endsAt - now } : { kind: "over" };
  const { lasts, warns } = QUIET[use.whose];
  const leftMs = use.touched + lasts - now;
  if (leftMs <= 0) return { kind: "over" };
  return leftMs <= warns ? { kind: "warned", leftMs } : { kind: "quiet" };
}
