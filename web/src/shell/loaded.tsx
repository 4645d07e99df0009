// Data of a page: loading, there, or not reachable (with a way to try again).
import { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../http";
import { say } from "../messages";

export type Loaded<T> =
  { state: "loading" } | { state: "there"; value: T } | { state: "failed"; error: unknown; again: () => void };

/** What `fetch` gives; asked again when one of `about` changes. An answer that comes too late is dropped. */
export function useLoaded<T>(fetch: () => Promise<T>, about: unknown[]): Loaded<T> {
  const [tries, setTries] = useState(0);
  const [found, setFound] = useState<Loaded<T>>({ state: "loading" });
  useEffect(() => {
    let wanted = true;
    const keep = (next: Loaded<T>) => wanted && setFound(next);
    setFound({ state: "loading" });
    const again = () => setTries((count) => count + 1);
    fetch().then(
      (value) => keep({ state: "there", value }),
      (error) => keep({ state: "failed", error, again }),
    );
    return () => {
      wanted = false;
    };
  }, [...about, tries]);
  return found;
}

/** Draws the value, or says why it is not there. */
export function Show<T>({ loaded, children }: { loaded: Loaded<T>; children: (value: T) => ComponentChildren }) {
  if (loaded.state === "loading")
    return (
      <p class="page quiet" role="status">
        {say("loading")}
      </p>
    );
  if (loaded.state === "failed") return <Failed error={loaded.error} again={loaded.again} />;
  return <>{children(loaded.value)}</>;
}

function Failed({ error, again }: { error: unknown; again: () => void }) {
  const sentence = error instanceof Problem && !error.passing && error.message ? error.message : say("failed");
  return (
    <div class="page narrow">
      <p role="alert">{sentence}</p>
      <button type="button" onClick={again}>
        {say("again")}
      </button>
    </div>
  );
}
