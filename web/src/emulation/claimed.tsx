// What is claimed of one criterion: the value, words, files.
import type { Criterion } from "../desk/emulation/types";
import { Group, Hints, TextField, described } from "../forms/field";
import { useValue } from "../observable";
import { LongField } from "../own/complaint-form";
import { decimalOf } from "./decimals";
import { FileList } from "./file-list";
import { MOST_MEGABYTES } from "./files";
import { EMPTY, worth, wrongOf } from "./saving";
import { number, word } from "./words";
import type { Work } from "./work";

const ACCEPTED = ".pdf,.png,.jpg,.jpeg,.docx,.xlsx";
const KILOBYTE = 1024;

interface Props {
  work: Work;
  criterion: Criterion;
  errors: Record<string, string>;
}

export function Claimed({ work, criterion, errors }: Props) {
  const { code, evidence } = criterion;
  const { note } = useValue(work.kept).saving.typed[code] ?? EMPTY;
  return (
    <>
      <Value work={work} criterion={criterion} errors={errors} />
      <LongField
        name={`claims.${code}.note`}
        label={word("note", { code })}
        hint={word("note_hint")}
        value={note}
        wrong={errors[`claims.${code}.note`]}
        onChange={(text) => work.write(code, { note: text })}
      />
      {evidence !== "none" && <Evidence work={work} criterion={criterion} errors={errors} />}
    </>
  );
}

function Value({ work, criterion, errors }: Props) {
  const { code, how } = criterion;
  const { value } = useValue(work.kept).saving.typed[code] ?? EMPTY;
  const name = `claims.${code}`;
  const wrong = errors[name];
  if (how === "yes-no")
    return (
      <Group name={name} label={word("reached", { code })} wrong={wrong}>
        {(["1", "0"] as const).map((each) => (
          <label class="tick" key={each}>
            <input type="radio" name={name} checked={value === each} onChange={() => work.write(code, { value: each })} />
            {word(each === "1" ? "yes" : "no")}
          </label>
        ))}
      </Group>
    );
  const points = wrongOf(criterion, value) ? null : decimalOf(value);
  return (
    <>
      <TextField
        name={name}
        label={word(how === "scaled" ? "percent" : "points_claimed", { code })}
        inputMode="decimal"
        value={value}
        wrong={wrong}
        maxLength={8}
        autoComplete="off"
        onChange={(text) => work.write(code, { value: text })}
      />
      {how === "scaled" && points !== null && <p class="quiet">{word("comes_to", { points: number(worth(criterion, points)) })}</p>}
    </>
  );
}

function Evidence({ work, criterion: { code, evidence }, errors }: Props) {
  const waiting = useValue(work.files.waiting).filter((each) => each.code === code);
  const moving = useValue(work.files.moving);
  const wrong = useValue(work.files.refused)[code] || errors[`files.${code}`];
  const files = useValue(work.kept).own.assessment?.files.filter((each) => each.code === code) ?? [];
  const name = `files.${code}`;
  const hint = word(evidence === "required" ? "files_hint_needed" : "files_hint", { n: MOST_MEGABYTES });
  const choose = (input: HTMLInputElement) => {
    work.files.add(code, [...(input.files ?? [])]);
    // The same file may be chosen again.
    input.value = "";
  };
  return (
    <div class={wrong ? "field is-wrong" : "field"}>
      <label for={name}>{word("files", { code })}</label>
      <Hints name={name} hint={hint} wrong={wrong} />
      <FileList assessment={work.kept.value.own.assessment!} files={files} onDrop={(id) => void work.files.drop(code, id)} />
      {waiting.length > 0 && (
        <ul class="links">
          {waiting.map(({ key, file }) => (
            <li key={key}>
              {word(moving ? "file_moving" : "file_waiting", { name: file.name, kb: Math.ceil(file.size / KILOBYTE) })}{" "}
              {!moving && (
                <button type="button" class="plain" onClick={() => work.files.forget(key)}>
                  {word("drop_file", { name: file.name })}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      <input
        id={name}
        type="file"
        multiple
        accept={ACCEPTED}
        aria-describedby={described({ name, hint, wrong })}
        aria-invalid={wrong ? "true" : undefined}
        onChange={(event) => choose(event.currentTarget)}
      />
      <span class="hidden" role="status">
        {waiting.length > 0 ? word(moving ? "files_moving" : "files_waiting") : ""}
      </span>
    </div>
  );
}
