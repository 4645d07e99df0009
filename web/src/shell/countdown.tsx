import { taken } from "../instants";
import { Key, say } from "../messages";
import { useNow } from "./tick";

const PARTS: [keyof ReturnType<typeof taken>, Key][] = [
  ["days", "days"],
  ["hours", "hours"],
  ["minutes", "minutes_short"],
  ["seconds", "seconds_short"],
];

/** Days, hours, minutes, seconds until an instant (ms, the server's clock). A screen reader reads it when asked, not every second. */
export function Countdown({ until }: { until: number }) {
  const left = taken(until - useNow());
  const parts = PARTS.filter(([part]) => part !== "days" || left.days > 0);
  return (
    <p class="countdown" role="timer" aria-live="off">
      {parts.map(([part, name]) => (
        <span key={part}>
          <b>{String(left[part]).padStart(2, "0")}</b> {say(name)}{" "}
        </span>
      ))}
    </p>
  );
}
