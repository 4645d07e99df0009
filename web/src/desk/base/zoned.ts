// Instants as people write them into a form: the wall clock of a time zone.

const WALL = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

/** "2026-11-23T08:00" in the zone, as <input type="datetime-local"> wants it. */
export function wallClock(instant: string | number, zone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/** The instant (RFC 3339, UTC) of a wall clock in the zone; null when the text is none. */
export function instantOf(wall: string, zone: string): string | null {
  const asUtc = WALL.test(wall) ? Date.parse(`${wall}:00Z`) : NaN;
  if (Number.isNaN(asUtc)) return null;
  // Twice: near a change of the clocks the first guess has the other side's distance.
  const guess = asUtc - ahead(asUtc, zone);
  return new Date(asUtc - ahead(guess, zone)).toISOString();
}

/** ms by which the zone's clock is ahead of UTC at an instant. */
const ahead = (instant: number, zone: string): number => Date.parse(`${wallClock(instant, zone)}:00Z`) - minute(instant);

const minute = (instant: number) => Math.floor(instant / 60_000) * 60_000;
