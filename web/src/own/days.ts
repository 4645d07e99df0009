// Days in words. A period ends with the midnight after its last day: the day before it is the one to name.
import { locale } from "../messages";

const ZONE = "Asia/Ho_Chi_Minh";

/** "thứ Tư, 16/09/2026" for the midnight that ends that day. */
export const lastDay = (midnight: string): string => day(new Date(Date.parse(midnight) - 1), "long");

/** "02/09/2001" of a calendar day as it is kept, "2001-09-02". */
export const calendarDay = (text: string): string => day(new Date(`${text}T12:00:00+07:00`));

function day(instant: Date, weekday?: "long"): string {
  const form = { timeZone: ZONE, weekday, day: "2-digit", month: "2-digit", year: "numeric" } as const;
  // CLDR writes "Thứ Ba"; within a sentence Decree 30/2020, appendix II, writes "thứ Ba".
  return instant.toLocaleDateString(locale(), form).replace(/^Thứ/, "thứ");
}
