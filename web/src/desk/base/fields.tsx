// Form pieces with their explanation and what is wrong with them; texts are forms/field.tsx's matter.
import { Group, Hints, described } from "../../forms/field";
import { say } from "../say";
import { instantOf, wallClock } from "./zoned";

interface Shared {
  name: string;
  label: string;
  hint?: string;
  wrong?: string;
}

const around = (wrong: string | undefined) => (wrong ? "field is-wrong" : "field");

interface NumberProps extends Shared {
  value: number | null;
  least?: number;
  most?: number;
  /** What no number means; without it a number must be given. */
  none?: string;
  onChange: (value: number | null) => void;
}

export function NumberField({ name, label, hint, wrong, value, least, most, none, onChange }: NumberProps) {
  const type = (text: string) => onChange(text === "" ? (none ? null : 0) : Math.trunc(Number(text)));
  return (
    <div class={around(wrong)}>
      <label for={name}>{label}</label>
      <Hints name={name} hint={hint} wrong={wrong} />
      <div class="row">
        <input
          id={name}
          class="short"
          type="number"
          inputMode="numeric"
          min={least}
          max={most}
          value={value ?? ""}
          disabled={none !== undefined && value === null}
          aria-describedby={described({ name, hint, wrong })}
          aria-invalid={wrong ? "true" : undefined}
          onInput={(event) => type(event.currentTarget.value)}
        />
        {none && (
          <label class="tick">
            <input
              type="checkbox"
              checked={value === null}
              onChange={(event) => onChange(event.currentTarget.checked ? null : (least ?? 1))}
            />
            {none}
          </label>
        )}
      </div>
    </div>
  );
}

interface ChoiceProps extends Shared {
  value: string;
  choices: { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** Few choices that need explaining: all are seen. */
export function RadioField({ value, choices, onChange, ...shared }: ChoiceProps) {
  return (
    <Group {...shared}>
      {choices.map((choice) => (
        <label class="tick" key={choice.value}>
          <input type="radio" name={shared.name} checked={choice.value === value} onChange={() => onChange(choice.value)} />
          {choice.label}
        </label>
      ))}
    </Group>
  );
}

export function SelectField({ name, label, hint, wrong, value, choices, onChange }: ChoiceProps) {
  return (
    <div class={around(wrong)}>
      <label for={name}>{label}</label>
      <Hints name={name} hint={hint} wrong={wrong} />
      <select
        id={name}
        value={value}
        aria-describedby={described({ name, hint, wrong })}
        aria-invalid={wrong ? "true" : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}

export function FlagField({
  name,
  label,
  hint,
  value,
  onChange,
}: Shared & { value: boolean; onChange: (value: boolean) => void }) {
  return (
    <div class="field">
      <label class="tick">
        <input
          id={name}
          type="checkbox"
          checked={value}
          aria-describedby={described({ name, hint })}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        {label}
      </label>
      <Hints name={name} hint={hint} />
    </div>
  );
}

interface AreaProps extends Shared {
  value: string;
  maxLength?: number;
  onChange: (value: string) => void;
}

export function AreaField({ name, label, hint, wrong, value, maxLength, onChange }: AreaProps) {
  return (
    <div class={around(wrong)}>
      <label for={name}>{label}</label>
      <Hints name={name} hint={hint} wrong={wrong} />
      <textarea
        id={name}
        value={value}
        maxLength={maxLength}
        rows={4}
        aria-describedby={described({ name, hint, wrong })}
        aria-invalid={wrong ? "true" : undefined}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}

interface InstantProps extends Shared {
  /** RFC 3339; "" for none yet. */
  value: string;
  zone: string;
  onChange: (value: string) => void;
}

/** Day and time on the clock of the contest. */
export function InstantField({ name, label, hint, wrong, value, zone, onChange }: InstantProps) {
  return (
    <div class={around(wrong)}>
      <label for={name}>{label}</label>
      <Hints name={name} hint={hint} wrong={wrong} />
      <input
        id={name}
        class="instant"
        type="datetime-local"
        value={value ? wallClock(value, zone) : ""}
        aria-describedby={described({ name, hint, wrong })}
        aria-invalid={wrong ? "true" : undefined}
        onChange={(event) => onChange(instantOf(event.currentTarget.value, zone) ?? value)}
      />
    </div>
  );
}

export function DayField({ name, label, hint, wrong, value, onChange }: AreaProps) {
  return (
    <div class={around(wrong)}>
      <label for={name}>{label}</label>
      <Hints name={name} hint={hint} wrong={wrong} />
      <input
        id={name}
        class="instant"
        type="date"
        value={value}
        aria-describedby={described({ name, hint, wrong })}
        aria-invalid={wrong ? "true" : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}

/** What a save is doing, or did. */
export function Standing({ busy, done }: { busy: boolean; done: string | null }) {
  return <span role="status">{busy ? say("saving") : (done ?? "")}</span>;
}
