// Something a person asked for: under way, done, or refused with what is wrong where.
import { useState } from "preact/hooks";
import { Problem } from "../../http";
import { say as sayToAll } from "../../messages";

export interface Doing {
  busy: boolean;
  /** Field -> what is wrong; "" for what belongs to no field. */
  errors: Record<string, string>;
  /** Rises with every refusal, so that the summary takes the focus. */
  round: number;
  run: (work: () => Promise<void>) => Promise<void>;
  clear: () => void;
}

export function useDoing(): Doing {
  const [busy, setBusy] = useState(false);
  const [{ errors, round }, setRefused] = useState<{ errors: Record<string, string>; round: number }>({ errors: {}, round: 0 });
  const clear = () => setRefused((before) => ({ ...before, errors: {} }));
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    clear();
    try {
      await work();
    } catch (error) {
      setRefused((before) => ({ errors: errorsOf(error), round: before.round + 1 }));
    } finally {
      setBusy(false);
    }
  };
  return { busy, errors, round, run, clear };
}

/** The fields of problem details, or the one sentence there is. */
export function errorsOf(error: unknown): Record<string, string> {
  if (!(error instanceof Problem) || !error.message) return { "": sayToAll("failed") };
  return Object.keys(error.fields).length ? error.fields : { "": error.message };
}
