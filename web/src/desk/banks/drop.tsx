// A place for a file: chosen by the field in it, or dropped there.
import { useState } from "preact/hooks";
import { say } from "../say";

const KINDS = ".xlsx,.docx,.txt,.gift,.xml";

export function DropZone({ busy, onFile }: { busy: boolean; onFile: (file: File) => void }) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer?.files[0];
    if (file && !busy) onFile(file);
  };
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <div class={over ? "drop is-over" : "drop"} onDragOver={drag} onDragLeave={() => setOver(false)} onDrop={drop}>
      <label for="file">{say("qb_file")}</label>
      <p class="hint" id="file-hint">
        {say("qb_file_hint")}
      </p>
      <input
        id="file"
        type="file"
        accept={KINDS}
        aria-describedby="file-hint"
        disabled={busy}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) onFile(file);
        }}
      />
      <p role="status">{busy ? say("qb_sending") : ""}</p>
    </div>
  );
}
