// Evidence files that the server has: looked at, taken away.
import { useState } from "preact/hooks";
import { at } from "../api";
import { save, sentenceOf } from "../certificates/fetching";
import type { Assessment, EvidenceFile } from "../desk/emulation/types";
import { BASE } from "./types";
import { word } from "./words";

const KILOBYTE = 1024;

interface Props {
  assessment: Assessment;
  files: EvidenceFile[];
  onDrop?: (fileId: string) => void;
}

export function FileList({ assessment, files, onDrop }: Props) {
  if (!files.length) return null;
  return (
    <ul class="links">
      {files.map((file) => (
        <li key={file.file_id}>
          <Look path={at(`${BASE}/assessments`, assessment.assessment_id, "files", file.file_id)} file={file} />
          {onDrop && (
            <button type="button" class="plain" onClick={() => onDrop(file.file_id)}>
              {word("drop_file", { name: file.name })}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** It is given out as a file to be saved, never opened by this page. */
function Look({ path, file: { name, size } }: { path: string; file: EvidenceFile }) {
  const [state, setState] = useState<"" | "busy" | string>("");
  const get = async () => {
    setState("busy");
    setState(await save(path, name).then(() => "", sentenceOf));
  };
  return (
    <>
      <button type="button" class="plain" aria-busy={state === "busy"} onClick={() => void get()}>
        {word("look_at_file", { name, kb: Math.ceil(size / KILOBYTE) })}
      </button>{" "}
      <span role="alert">{state && state !== "busy" && <span class="wrong">{state}</span>}</span>
    </>
  );
}
