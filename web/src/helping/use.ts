// How long nobody touched this device: all tabs of the session count as one.
import { useEffect, useState } from "preact/hooks";
import { device, tab } from "../device";
import { useValue } from "../observable";
import { route } from "../router";
import { Whose, accessToken } from "../session";
import { AFTER_MS, Standing, standing } from "./quiet";

const ROOM = "touched";
const APART_MS = 1000;
const STAY_IN_MS = 60_000;
let last = 0;

export function touch(): void {
  if (Date.now() - last < APART_MS) return;
  last = Date.now();
  device.write(ROOM, last);
}

/** Whoever opens the page, or has just signed in, is here: what an earlier one left does not count. */
function arrive(): number {
  last = 0;
  touch();
  return last;
}

/** Where the session stands, told anew every second; `more` gives another while. */
export function useStanding(here: Whose): { now: Standing; more: () => void } {
  const [page] = useValue(route);
  const [now, setNow] = useState(arrive);
  const [endsAt, setEndsAt] = useState<number | null>(null);
  const held = page === "paper" || tab.names("armed.").length > 0;
  useTouches();
  useStayingIn();
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (page === "paper") setEndsAt(null);
    if (page === "receipt" && here === "assisted") setEndsAt((set) => set ?? Date.now() + AFTER_MS);
  }, [page, here]);
  useEffect(() => {
    if (held) touch();
  }, [held, now]);
  const touched = Math.max(last, device.read<number>(ROOM) ?? 0);
  const more = () => {
    touch();
    setEndsAt((set) => set && Math.max(set, Date.now()) + AFTER_MS);
    setNow(Date.now());
  };
  return { now: standing({ whose: here, touched, held, endsAt }, now), more };
}

function useTouches(): void {
  useEffect(() => {
    const kinds = ["pointerdown", "keydown", "wheel", "touchmove"];
    kinds.forEach((kind) => addEventListener(kind, touch, { passive: true }));
    return () => kinds.forEach((kind) => removeEventListener(kind, touch));
  }, []);
}

/** The server ends a session that asks nothing for long; as long as this page does not end it, it is in use. */
function useStayingIn(): void {
  useEffect(() => {
    const timer = setInterval(() => void accessToken().catch(() => undefined), STAY_IN_MS);
    return () => clearInterval(timer);
  }, []);
}
