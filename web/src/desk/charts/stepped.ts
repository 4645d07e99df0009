// Walking through what a chart shows with the keys.
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Where a key leads; null: nowhere. */
export function stepped(key: string, at: number, all: number): number | null {
  if (key === "Home") return 0;
  if (key === "End") return all - 1;
  const step = STEPS[key];
  return step === undefined ? null : Math.min(all - 1, Math.max(0, at + step));
}
