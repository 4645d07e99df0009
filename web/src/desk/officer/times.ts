import { say } from "../say";
import type { Times } from "./types";

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export const weekday = (day: number): string => say(`of_weekday_${day as (typeof WEEKDAYS)[number]}`);

/** When reports go out by themselves, as a sentence. */
export function spokenTimes({ daily_at, weekly_at, weekly_on }: Times): string {
  const parts = [
    daily_at && say("of_times_daily", { at: daily_at }),
    weekly_at && say("of_times_weekly", { at: weekly_at, day: weekday(weekly_on) }),
  ].filter(Boolean);
  return parts.length ? say("of_times", { times: parts.join(", ") }) : say("of_times_none");
}
