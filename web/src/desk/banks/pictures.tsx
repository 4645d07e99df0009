// Pictures of questions: chosen one by one, then kept together as a new version for a second person to approve.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { TextField } from "../../forms/field";
import { go } from "../../router";
import { useDoing } from "../base/doing";
import { handIn } from "../officer/handed";
import { say } from "../say";
import { versionPath } from "./covers";
import { fitting } from "./fitting";
import type { Asked, Version } from "./types";

/** A picture with its words; both empty: none any more. */
export type Chosen = Pick<Asked, "picture" | "alt">;

/** By the id of the question. */
export type Pending = Record<string, Chosen>;

const KINDS = "image/png,image/jpeg,image/webp";

interface FormProps {
  bankId: string;
  question: Asked;
  change: (picture: Chosen) => void;
}

export function PictureForm({ bankId, question, change }: FormProps) {
  const [alt, setAlt] = useState(question.alt);
  const [file, setFile] = useState<File | null>(null);
  const { busy, errors, run } = useDoing();
  const name = `picture-${question.id}`;
  const attach = () =>
    run(async () => {
      const path = at("/api/exam/banks", bankId, "pictures");
      const { picture } = file ? await sent(path, file) : question;
      change({ picture, alt: alt.trim() });
    });
  return (
    <details class="picture-form">
      <summary>{say(question.picture ? "qb_picture_change" : "qb_picture_add")}</summary>
      <div class="field">
        <label for={name}>{say("qb_picture")}</label>
        <p class="hint" id={`${name}-hint`}>
          {say("qb_picture_hint")}
        </p>
        <input
          id={name}
          type="file"
          accept={KINDS}
          aria-describedby={`${name}-hint`}
          onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
        />
      </div>
      <TextField name={`${name}-alt`} label={say("qb_alt")} hint={say("qb_alt_hint")} value={alt} maxLength={300} onChange={setAlt} />
      {Object.values(errors).map((sentence) => (
        <p class="wrong" role="alert" key={sentence}>
          {sentence}
        </p>
      ))}
      <p class="row">
        <button
          type="button"
          class="small"
          disabled={busy || !alt.trim() || (!file && !question.picture)}
          onClick={() => void attach()}
        >
          {say("qb_picture_attach")}
        </button>
        {question.picture && (
          <button type="button" class="second small" onClick={() => change({ picture: "", alt: "" })}>
            {say("qb_picture_drop")}
          </button>
        )}
      </p>
    </details>
  );
}

async function sent(path: string, file: File): Promise<{ picture: string }> {
  const picture = await fitting(file);
  return handIn(path, picture, picture.type);
}

interface BarProps {
  version: Version;
  pending: Pending;
  drop: () => void;
  again: () => void;
}

/** What is not kept yet, and the way to keep it. */
export function PendingBar({ version, pending, drop, again }: BarProps) {
  const { busy, errors, run } = useDoing();
  const questions = Object.entries(pending).map(([id, picture]) => ({ id, ...picture }));
  if (!questions.length) return null;
  const keep = () =>
    run(async () => {
      const path = versionPath(version, "changes");
      const { body } = await call<{ version: number }>("POST", path, { body: { questions } });
      drop();
      again();
      go(["banks", version.bank_id, String(body.version), "differences"]);
    });
  return (
    <div class="save-bar">
      <span role="status">{say("qb_pending", { n: questions.length })}</span>
      <button type="button" disabled={busy} onClick={() => void keep()}>
        {say("qb_pending_keep")}
      </button>
      <button type="button" class="second" disabled={busy} onClick={drop}>
        {say("qb_pending_drop")}
      </button>
      {Object.values(errors).map((sentence) => (
        <p class="wrong" role="alert" key={sentence}>
          {sentence}
        </p>
      ))}
    </div>
  );
}
