import { useLayoutEffect, useRef } from "preact/hooks";
import { say } from "../messages";

export type Errors = Record<string, string>;

/** What is wrong, on top, with links to the fields; gets the focus when it appears. `round` rises with every try. */
export function ErrorSummary({ errors, round }: { errors: Errors; round: number }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.focus(), [round]);
  const lines = Object.entries(errors).filter(([, sentence]) => sentence);
  if (!lines.length) return null;
  return (
    <div class="errors" role="alert" tabIndex={-1} ref={box}>
      <h2>{say("errors_title")}</h2>
      <ul>
        {lines.map(([name, sentence]) => (
          <li key={name}>
            {name ? (
              <a href={`#${name}`} onClick={(event) => reach(event, name)}>
                {sentence}
              </a>
            ) : (
              sentence
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The address belongs to the router, so the link only moves the focus. */
function reach(event: Event, name: string) {
  event.preventDefault();
  const field = document.getElementById(name);
  field?.focus();
  field?.scrollIntoView({ block: "center" });
}
