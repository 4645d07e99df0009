import { useEffect, useState } from "preact/hooks";
import { clock } from "../clock";

/** The server's time in a component that is drawn again every second (or `everyMs`). */
export function useNow(everyMs = 1000): number {
  const [now, setNow] = useState(clock.now());
  useEffect(() => {
    const timer = setInterval(() => {
      clock.noticeSleep();
      setNow(clock.now());
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
