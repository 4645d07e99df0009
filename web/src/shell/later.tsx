// A page that not everybody needs comes when it is first looked at, so that the first visit stays small.
import { ComponentChildren } from "preact";
import { Show, useLoaded } from "./loaded";

export function Later<T>({ load, children }: { load: () => Promise<T>; children: (part: T) => ComponentChildren }) {
  return <Show loaded={useLoaded(load, [])}>{children}</Show>;
}
