// One criterion of an assessment: to be filled in, to be judged, or to be read.
import { at, call } from "../../api";
import { problemOf } from "../../http";
import { Hints, TextField, described } from "../../forms/field";
import { language } from "../../messages";
import { accessToken } from "../../session";
import { useDoing } from "../base/doing";
import { AreaField, FlagField } from "../base/fields";
import { FileButton } from "../base/file";
import { say } from "../say";
import type { Claim, Judgement } from "./assessment";
import { DecimalField, points } from "./decimal";
import { howOf } from "./rules";
import { BASE } from "./section";
import type { Assessment, Criterion, OfCriterion } from "./types";

const ACCEPTED = ".pdf,.png,.jpg,.jpeg,.docx,.xlsx";
const KILOBYTE = 1024;

const partOf = (assessment: Assessment, code: string): OfCriterion =>
  assessment.criteria.find((each) => each.code === code) ?? { code, value: null, claimed: 0, accepted: null, note: "", reason: "" };

function Heading({ criterion }: { criterion: Criterion }) {
  return (
    <>
      <h4>
        {criterion.code}. {criterion.text}
      </h4>
      <p class="quiet">
        {say("em_at_most", { points: points(criterion.most) })} · {howOf(criterion)}
        {criterion.hint && ` · ${criterion.hint}`}
      </p>
    </>
  );
}

interface ClaimedProps {
  criterion: Criterion;
  assessment: Assessment;
  claim: Claim;
  wrong?: string;
  /** Saves what is written first; gives the revision that is there then. */
  beforeFile: () => Promise<number>;
  onChange: (claim: Claim) => void;
  onSaved: (saved: Assessment) => void;
}

export function Claimed({ criterion, assessment, claim, wrong, beforeFile, onChange, onSaved }: ClaimedProps) {
  const { code, how } = criterion;
  const name = `claims.${code}`;
  return (
    <>
      <Heading criterion={criterion} />
      {how === "yes-no" ? (
        <>
          <FlagField
            name={name}
            label={say("em_reached", { code })}
            value={claim.value === 1}
            onChange={(reached) => onChange({ ...claim, value: reached ? 1 : 0 })}
          />
          <Hints name={name} wrong={wrong} />
        </>
      ) : (
        <DecimalField
          name={name}
          label={say(how === "scaled" ? "em_percent_for" : "em_points_for", { code })}
          value={claim.value}
          wrong={wrong}
          onChange={(value) => onChange({ ...claim, value })}
        />
      )}
      <AreaField
        name={`${name}.note`}
        label={say("em_note_for", { code })}
        value={claim.note}
        maxLength={2000}
        onChange={(note) => onChange({ ...claim, note })}
      />
      {criterion.evidence !== "none" && (
        <Evidence criterion={criterion} assessment={assessment} beforeFile={beforeFile} onSaved={onSaved} />
      )}
    </>
  );
}

function Evidence({ criterion, assessment, beforeFile, onSaved }: Omit<ClaimedProps, "claim" | "onChange" | "wrong">) {
  const { code, evidence } = criterion;
  const name = `files.${code}`;
  const { busy, errors, run } = useDoing();
  const path = at(`${BASE}/assessments`, assessment.assessment_id, "files");
  const wrong = Object.values(errors)[0];
  const add = (file: File | undefined) =>
    file &&
    run(async () => {
      const query = new URLSearchParams({ revision: String(await beforeFile()), code, name: file.name });
      onSaved(await sent(`${path}?${query}`, file));
    });
  const drop = (fileId: string) =>
    run(async () => onSaved((await call<Assessment>("DELETE", `${at(path, fileId)}?revision=${await beforeFile()}`)).body));
  const hint = say(evidence === "required" ? "em_files_hint_required" : "em_files_hint");
  return (
    <div class={wrong ? "field is-wrong" : "field"}>
      <label for={name}>{say("em_files_for", { code })}</label>
      <Hints name={name} hint={hint} wrong={wrong} />
      <Files assessment={assessment} code={code} busy={busy} onDrop={drop} />
      <input
        id={name}
        type="file"
        accept={ACCEPTED}
        disabled={busy}
        aria-describedby={described({ name, hint, wrong })}
        onChange={(event) => void add(event.currentTarget.files?.[0])}
      />
      <span role="status">{busy ? say("em_sending") : ""}</span>
    </div>
  );
}

/** The file as it is; what it is, the server finds out. */
async function sent(path: string, file: File): Promise<Assessment> {
  const headers = {
    Authorization: `Bearer ${await accessToken()}`,
    "Accept-Language": language.value === "en" ? "en" : "vi",
    "Content-Type": file.type || "application/octet-stream",
  };
  const response = await fetch(path, { method: "POST", headers, body: file, credentials: "omit" });
  if (!response.ok) throw await problemOf(response);
  return response.json();
}

interface FilesProps {
  assessment: Assessment;
  code: string;
  busy?: boolean;
  onDrop?: (fileId: string) => void;
}

function Files({ assessment, code, busy, onDrop }: FilesProps) {
  const files = assessment.files.filter((file) => file.code === code);
  if (!files.length) return null;
  return (
    <ul>
      {files.map(({ file_id, name, size }) => (
        <li key={file_id} class="row">
          <FileButton
            path={at(`${BASE}/assessments`, assessment.assessment_id, "files", file_id)}
            name={name}
            label={say("em_file", { name, kb: Math.ceil(size / KILOBYTE) })}
          />
          {onDrop && (
            <button type="button" class="second small" disabled={busy} onClick={() => onDrop(file_id)}>
              {say("em_drop_file", { name })}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

interface JudgedProps {
  criterion: Criterion;
  assessment: Assessment;
  judgement: Judgement;
  wrong?: string;
  onChange: (judgement: Judgement) => void;
}

export function Judged({ criterion, assessment, judgement, wrong, onChange }: JudgedProps) {
  const { code } = criterion;
  const part = partOf(assessment, code);
  const differs = judgement.points !== part.claimed;
  return (
    <>
      <Heading criterion={criterion} />
      <Said part={part} criterion={criterion} />
      <Files assessment={assessment} code={code} />
      <DecimalField
        name={`judgements.${code}`}
        label={say("em_accepted_for", { code })}
        value={judgement.points}
        wrong={wrong}
        onChange={(given) => onChange({ ...judgement, points: given })}
      />
      {differs && (
        <TextField
          name={`judgements.${code}.reason`}
          label={say("em_reason_for", { code })}
          value={judgement.reason}
          maxLength={500}
          onChange={(reason) => onChange({ ...judgement, reason })}
        />
      )}
    </>
  );
}

function Said({ part, criterion }: { part: OfCriterion; criterion: Criterion }) {
  return (
    <>
      <p>
        {say("em_claimed")}: <strong>{points(part.claimed)}</strong>
        {criterion.how === "scaled" && part.value !== null && ` (${points(part.value)} %)`}
      </p>
      {part.note && <p class="quiet">{part.note}</p>}
    </>
  );
}

/** Read only: what was claimed and accepted, or what the platform counted. */
export function Shown({ criterion, assessment }: { criterion: Criterion; assessment: Assessment }) {
  const part = partOf(assessment, criterion.code);
  if (criterion.how === "index" || criterion.how === "contest")
    return (
      <>
        <Heading criterion={criterion} />
        <p>
          {part.value === null ? say("em_not_counted_yet") : say("em_counted_as", { value: countedOf(criterion, part.value) })}{" "}
          <strong>{say("em_points_of", { points: points(part.claimed) })}</strong>
        </p>
      </>
    );
  return (
    <>
      <Heading criterion={criterion} />
      <Said part={part} criterion={criterion} />
      <Files assessment={assessment} code={criterion.code} />
      {part.accepted !== null && (
        <p>
          {say("em_accepted")}: <strong>{points(part.accepted)}</strong>
          {part.reason && ` – ${part.reason}`}
        </p>
      )}
    </>
  );
}

/** A rate is per cent, an index and a place are what they are. */
const countedOf = ({ how, measure }: Criterion, value: number): string =>
  points(Math.round(value * 100) / 100) + (how === "contest" && measure === "rate" ? " %" : "");
