// A question before something that cannot be taken back: what will happen, why, what people are told.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ErrorSummary } from "../../forms/errors";
import { TextField } from "../../forms/field";
import { say } from "../say";
import { useDoing } from "./doing";
import { AreaField } from "./fields";
import { named } from "./named";

export interface Told {
  reason: string;
  notice: string;
}

interface Props {
  title: string;
  confirm: string;
  /** Asks for a reason, which is kept in the log. */
  reason?: boolean;
  /** Asks for a public notice; this text until the person writes another one. */
  notice?: string;
  grave?: boolean;
  /** What a field of the body is called, where that is not plain. */
  labelOf?: (path: string) => string;
  children?: ComponentChildren;
  onConfirm: (told: Told) => Promise<void>;
  onClose: () => void;
}

export function Ask({ title, confirm, reason, notice, grave, labelOf, children, onConfirm, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [why, setWhy] = useState("");
  const [written, setWritten] = useState<string | null>(null);
  const text = written ?? notice ?? "";
  const { busy, errors, round, run } = useDoing();
  useLayoutEffect(() => {
    const shown = dialog.current!;
    const before = document.activeElement as HTMLElement | null;
    shown.showModal();
    return () => {
      shown.close();
      before?.focus();
    };
  }, []);
  const send = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      await onConfirm({ reason: why.trim(), notice: text.trim() });
      onClose();
    });
  };
  return (
    <dialog ref={dialog} class="ask" aria-labelledby="ask-title" onCancel={(event) => (event.preventDefault(), onClose())}>
      <h2 id="ask-title">{title}</h2>
      <ErrorSummary errors={named(errors, labelOf)} round={round} />
      {children}
      <form onSubmit={send} noValidate>
        {reason && (
          <TextField
            name="reason"
            label={say("reason")}
            hint={say("reason_hint")}
            value={why}
            wrong={errors.reason}
            maxLength={500}
            onChange={setWhy}
          />
        )}
        {notice !== undefined && (
          <AreaField
            name="notice"
            label={say("notice")}
            hint={say("notice_hint")}
            value={text}
            wrong={errors.notice}
            maxLength={4000}
            onChange={setWritten}
          />
        )}
        <p class="row">
          <button type="submit" class={grave ? "grave" : ""} disabled={busy}>
            {confirm}
          </button>
          <button type="button" class="second" onClick={onClose}>
            {say("cancel")}
          </button>
        </p>
      </form>
    </dialog>
  );
}
