// Ready for the opening: the screen stays on, because a phone that sleeps would go in late; the token is good for the start.
import { clock } from "../clock";
import { accessToken } from "../session";

const DAY_MS = 86_400_000;
const TOKEN_FOR_MS = 120_000;
const EARLY_MS = [60_000, 360_000] as const;

/** Keeps the screen on where the browser can; returns the way to let it sleep again. */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let wanted = true;
  const ask = async () => {
    if (!wanted || document.visibilityState !== "visible") return;
    // Refused on a low battery: then the person's own settings hold.
    lock = await navigator.wakeLock?.request("screen").catch(() => null);
    if (!wanted) void lock?.release();
  };
  // The browser lets go of it when the page is hidden.
  document.addEventListener("visibilitychange", ask);
  void ask();
  return () => {
    wanted = false;
    document.removeEventListener("visibilitychange", ask);
    void lock?.release();
  };
}

/**
 * Renews the token some minutes before the opening, at a random instant, so that a whole province does not ask registration
 * in the second of the opening. Returns the way to leave it.
 */
export function refreshEarly(opensAt: number): () => void {
  const before = EARLY_MS[0] + Math.random() * (EARLY_MS[1] - EARLY_MS[0]);
  const left = opensAt - clock.now();
  if (left <= 0 || left > DAY_MS) return () => undefined;
  const renew = () => accessToken(opensAt - clock.now() + TOKEN_FOR_MS).catch(() => undefined);
  const timer = setTimeout(() => void renew(), Math.max(0, left - before));
  return () => clearTimeout(timer);
}
