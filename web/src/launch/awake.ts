// The screen stays on while somebody waits for the opening or for the turn: a phone that sleeps would go in late.

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
