// One try at a time: what is wrong is told at the form, a session over by everybody's way.
import { useState } from "preact/hooks";
import { call } from "../api";
import type { Errors } from "../forms/errors";
import { Problem } from "../http";
import { say } from "../messages";

/** `ask(field, path, body)` gives the answer, or null when it was refused: `errors` then says why, at that field. */
export function useTry() {
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);
  const ask = async <T>(field: string, path: string, body: unknown): Promise<T | null> => {
    setBusy(true);
    setErrors({});
    try {
      return (await call<T>("POST", path, { body })).body ?? ({} as T);
    } catch (error) {
      setErrors({ [field]: (error instanceof Problem && error.message) || say("failed") });
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { errors, busy, ask };
}
