// A value that is asked for again and again while somebody looks, a little apart from everybody else's asking.
import { useEffect, useRef, useState } from "preact/hooks";

export interface Polled<T> {
  /** The last answer; stays while later ones fail. */
  value: T | null;
  /** Whether the last try failed. */
  failed: boolean;
  again: () => void;
}

const JITTER = 0.3;

/** `about`: what the question depends on; another one begins anew. Hidden tabs do not ask. */
export function usePolled<T>(ask: () => Promise<T>, everyMs: number, about: unknown[]): Polled<T> {
  const [found, setFound] = useState<{ value: T | null; failed: boolean }>({ value: null, failed: false });
  const look = useRef<() => void>(() => undefined);
  useEffect(() => {
    let here = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      timer = setTimeout(() => void once(), everyMs * (1 - JITTER + 2 * JITTER * Math.random()));
    };
    const once = async () => {
      clearTimeout(timer);
      if (!document.hidden) {
        const next = await ask().then(
          (value) => ({ value, failed: false }),
          () => null,
        );
        if (!here) return;
        setFound((before) => next ?? { ...before, failed: true });
      }
      later();
    };
    look.current = () => void once();
    const seen = () => !document.hidden && void once();
    document.addEventListener("visibilitychange", seen);
    setFound({ value: null, failed: false });
    void once();
    return () => {
      here = false;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, about);
  return { ...found, again: () => look.current() };
}
