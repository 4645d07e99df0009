// A field for a number with decimals. What is no number is handed over as null: the server says what is wrong with that.
import { useState } from "preact/hooks";
import { decimalOf, written } from "../../emulation/decimals";
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

export const points = (value: number | null): string => (value === null ? "–" : number(value));

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
