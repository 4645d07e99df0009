// Labelled inputs whose error is read out with them.
import { ComponentChildren } from "preact";
import { say } from "../messages";

interface Shared {
  name: string;
  label: string;
  hint?: string;
  wrong?: string;
}

/** The ids of hint and error, for aria-describedby. */
export const described = ({ name, hint, wrong }: Omit<Shared, "label">): string | undefined =>
  [hint && `${name}-hint`, wrong && `${name}-wrong`].filter(Boolean).join(" ") || undefined;

export function Hints({ name, hint, wrong }: Omit<Shared, "label">) {
  return (
    <>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {wrong && (
        <p class="wrong" id={`${name}-wrong`}>
          {wrong}
        </p>
      )}
    </>
  );
}

interface TextProps extends Shared {
  value: string;
  onChange: (value: string) => void;
  type?: string;
  inputMode?: "text" | "numeric" | "decimal" | "tel" | "email";
  autoComplete?: string;
  maxLength?: number;
}

export function TextField({ onChange, label, hint, wrong, type = "text", ...input }: TextProps) {
  return (
    <div class={wrong ? "field is-wrong" : "field"}>
      <label for={input.name}>{label}</label>
      <Hints name={input.name} hint={hint} wrong={wrong} />
      <input
        id={input.name}
        type={type}
        {...input}
        aria-describedby={described({ ...input, hint, wrong })}
        aria-invalid={wrong ? "true" : undefined}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}

interface PasswordProps extends Shared {
  value: string;
  onChange: (value: string) => void;
  shown: boolean;
  onShow: (shown: boolean) => void;
  autoComplete: string;
}

/** A password that can be made visible: typing blindly on a small keyboard is hard. */
export function PasswordField({ shown, onShow, ...field }: PasswordProps) {
  return (
    <>
      <TextField {...field} type={shown ? "text" : "password"} maxLength={128} />
      <label class="tick">
        <input type="checkbox" checked={shown} onChange={(event) => onShow(event.currentTarget.checked)} />
        {say("show_password")}
      </label>
    </>
  );
}

/** A group of inputs with one question. */
export function Group({ name, label, hint, wrong, children }: Shared & { children: ComponentChildren }) {
  return (
    <fieldset
      class={wrong ? "field is-wrong" : "field"}
      id={name}
      tabIndex={-1}
      aria-describedby={described({ name, hint, wrong })}
    >
      <legend>{label}</legend>
      <Hints name={name} hint={hint} wrong={wrong} />
      {children}
    </fieldset>
  );
}
