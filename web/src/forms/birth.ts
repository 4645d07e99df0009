// Birth dates as they are typed, and who needs a guardian.

const GUARDIAN_UNDER = 16;
const HANOI_MS = 7 * 3600_000;

interface Typed {
  day: string;
  month: string;
  year: string;
}

/** "2001-09-02", or null when it is no day of the calendar. */
export function birthDate({ day, month, year }: Typed): string | null {
  const [d, m, y] = [Number(day), Number(month), Number(year)];
  const date = new Date(Date.UTC(y, m - 1, d));
  const real = /^\d{4}$/.test(year.trim()) && date.getUTCDate() === d && date.getUTCMonth() === m - 1;
  return real ? date.toISOString().slice(0, 10) : null;
}

/** Whether a guardian must agree, on the day of `now` (ms). */
export function isChild(born: string | null, now: number): boolean {
  if (!born) return false;
  const [y = 0, m = 1, d = 1] = born.split("-").map(Number);
  return now < Date.UTC(y + GUARDIAN_UNDER, m - 1, d) - HANOI_MS;
}
