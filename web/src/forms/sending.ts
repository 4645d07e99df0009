// One try at a time of a form: what is wrong on top, waiting told, then what comes next.
import { useState } from "preact/hooks";
import { Problem } from "../http";
import { say } from "../messages";
import type { Errors } from "./errors";
import { patiently } from "./patient";

/** One try. `missing`: what the person must fill in first; `refusal`: what an error means for which field. */
export interface Sending<T> {
  missing?: Errors;
  doing: string;
  ask: () => Promise<T>;
  refusal: (error: unknown) => Errors;
  then: (answer: T) => void;
}

/** `round` rises with every try that was refused; `busy` is what is being done, null when nothing is. */
export function useSending() {
  const [{ errors, round }, setRefused] = useState<{ errors: Errors; round: number }>({ errors: {}, round: 0 });
  const [busy, setBusy] = useState<string | null>(null);

  const refuse = (found: Errors) => setRefused((before) => ({ errors: found, round: before.round + 1 }));
  const sendIt = async <T>({ missing = {}, doing, ask, refusal, then }: Sending<T>) => {
    if (Object.keys(missing).length) return refuse(missing);
    setRefused((before) => ({ ...before, errors: {} }));
    setBusy(doing);
    try {
      then(await patiently(ask, (s) => setBusy(say("busy_waiting", { s }))));
    } catch (error) {
      refuse(refusal(error));
    }
    setBusy(null);
  };
  return { errors, round, busy, sendIt };
}

/** The server's sentence, at a field where it names one. */
export function told(error: unknown, otherwise = ""): Errors {
  if (!(error instanceof Problem)) return { [otherwise]: say("failed") };
  return Object.keys(error.fields).length ? error.fields : { [otherwise]: error.message || say("failed") };
}
