// How long to wait after trouble, so that a province does not come back in the same second.

export const JITTER_S = 2;
const MOST_S = 30;

/**
 * Seconds before the next try: what the server asked for (else one) plus a random part, doubled with every further
 * failure up to half a minute; never less than the server asked for. `chance`: 0 to 1.
 */
export function pause(failures: number, retryAfterS: number | null, chance: number): number {
  const asked = retryAfterS ?? 1;
  const grown = (asked + JITTER_S * chance) * 2 ** Math.max(0, failures - 1);
  return Math.max(Math.min(grown, MOST_S * (0.75 + 0.25 * chance)), asked + JITTER_S * chance);
}
