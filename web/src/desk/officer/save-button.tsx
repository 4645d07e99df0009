// A file an officer asks for: under way, there, or refused with the reason.
import { ErrorSummary } from "../../forms/errors";
import { useDoing } from "../base/doing";
import { say } from "../say";

interface Props {
  label: string;
  second?: boolean;
  work: () => Promise<void>;
}

export function SaveButton({ label, second, work }: Props) {
  const { busy, errors, round, run } = useDoing();
  return (
    <>
      <ErrorSummary errors={errors} round={round} />
      <button type="button" class={second ? "second small" : "small"} disabled={busy} onClick={() => void run(work)}>
        {label}
      </button>
      <span role="status">{busy ? say("file_fetching") : ""}</span>
    </>
  );
}
