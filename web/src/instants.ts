// Instants and durations as people read them, always in the contest's time zone.
import { locale, say } from "./messages";

const ZONE = "Asia/Ho_Chi_Minh";

/** "08:00, thứ Hai, 23/11/2026". */
export const moment = (text: string): string =>
  `${clockTime(text)}, ${new Date(text).toLocaleDateString(locale(), { timeZone: ZONE, weekday: "long", day: "2-digit", month: "2-digit", year: "numeric" })}`;

/** "08:00 23/11/2026". */
export const shortMoment = (text: string): string =>
  `${clockTime(text)} ${new Date(text).toLocaleDateString(locale(), { timeZone: ZONE, day: "2-digit", month: "2-digit", year: "numeric" })}`;

export const clockTime = (text: string, withSeconds = false): string =>
  new Date(text).toLocaleTimeString(locale(), {
    timeZone: ZONE,
    hour: "2-digit",
    minute: "2-digit",
    second: withSeconds ? "2-digit" : undefined,
    hour12: false,
  });

/** "19:05": minutes and seconds left; a second that has begun counts. */
export function minutes(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** "1:02.345": how long somebody took. */
export const precise = (ms: number): string =>
  `${Math.floor(ms / 60000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}.${String(ms % 1000).padStart(3, "0")}`;

export interface Left {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

/** A duration taken apart; never negative. */
export function taken(ms: number): Left {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return {
    days: Math.floor(seconds / 86400),
    hours: Math.floor(seconds / 3600) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
  };
}

/** "20 phút", "45 giây", "1 phút 30 giây". */
export function spoken(totalSeconds: number): string {
  const [whole, rest] = [Math.floor(totalSeconds / 60), Math.round(totalSeconds % 60)];
  if (!whole) return say("seconds", { n: rest });
  return rest ? `${say("minutes", { n: whole })} ${say("seconds", { n: rest })}` : say("minutes", { n: whole });
}
