// A number with decimals as people here write it: "12,5". Points have at most two.
import { useState } from "preact/hooks";
import { Hints, described } from "../../forms/field";
import { number } from "../say";

interface Props {
  name: string;
  label: string;
  hint?: string;
  wrong?: string;
  value: number | null;
  disabled?: boolean;
  onChange: (value: number | null) => void;
}

/** null for an empty field, and for what is no number: the server says what is wrong with that. */
export const decimalOf = (text: string): number | null => {
  const bare = text.trim().replace(",", ".");
  return bare !== "" && Number.isFinite(Number(bare)) ? Number(bare) : null;
};

export const points = (value: number | null): string => (value === null ? "–" : number(value));

const written = (value: number | null): string => (value === null ? "" : String(value).replace(".", ","));

export function DecimalField({ name, label, hint, wrong, value, disabled, onChange }: Props) {
  const [text, setText] = useState(written(value));
  const shown = decimalOf(text) === value ? text : written(value);
  return (
    <div class={wrong ? "field is-wrong" : "field"}>
      <label for={name}>{label}</label>
      <Hints name={name} hint={hint} wrong={wrong} />
      <input
        id={name}
        class="short"
        type="text"
        inputMode="decimal"
        value={shown}
        disabled={disabled}
        aria-describedby={described({ name, hint, wrong })}
        aria-invalid={wrong ? "true" : undefined}
        onInput={(event) => {
          setText(event.currentTarget.value);
          onChange(decimalOf(event.currentTarget.value));
        }}
      />
    </div>
  );
}
