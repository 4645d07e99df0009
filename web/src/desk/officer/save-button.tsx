// A file an officer asks for: under way, there, or refused with the reason.
import { useDoing } from "../base/doing";
import { say } from "../say";

interface Props {
  label: string;
  second?: boolean;
  work: () => Promise<void>;
}

export function SaveButton({ label, second, work }: Props) {
  const { busy, errors, run } = useDoing();
  const wrong = Object.values(errors)[0];
  return (
    <>
      <button type="button" class={second ? "second small" : "small"} disabled={busy} onClick={() => void run(work)}>
        {label}
      </button>
      <span role="status">{busy ? say("file_fetching") : ""}</span>
      {wrong && (
        <span class="wrong" role="alert">
          {wrong}
        </span>
      )}
    </>
  );
}
