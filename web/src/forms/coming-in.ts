// What joining and signing in share: a try at a time, what is wrong on top, waiting told, then on to where the person wanted to go.
import { useState } from "preact/hooks";
import type { Answer } from "../http";
import { say } from "../messages";
import { Route, go } from "../router";
import { SignedIn, signedIn } from "../session";
import type { Errors } from "./errors";
import { patiently } from "./patient";

/** One try. `missing`: what the person must fill in first; `refusal`: what an error means for which field. */
export interface Try {
  missing: Errors;
  doing: string;
  ask: () => Promise<Answer<SignedIn>>;
  refusal: (error: unknown) => Errors;
}

/** `round` rises with every try that was refused; `busy` is what is being done, null when nothing is. */
export function useComingIn(next: Route) {
  const [{ errors, round }, setRefused] = useState<{ errors: Errors; round: number }>({ errors: {}, round: 0 });
  const [busy, setBusy] = useState<string | null>(null);

  const refuse = (found: Errors) => {
    setRefused((before) => ({ errors: found, round: before.round + 1 }));
    setBusy(null);
  };
  const comeIn = async ({ missing, doing, ask, refusal }: Try) => {
    if (Object.keys(missing).length) return refuse(missing);
    setRefused((before) => ({ ...before, errors: {} }));
    setBusy(doing);
    try {
      signedIn((await patiently(ask, (s) => setBusy(say("busy_waiting", { s })))).body);
      go([...next], true);
    } catch (error) {
      refuse(refusal(error));
    }
  };
  return { errors, round, busy, comeIn };
}
