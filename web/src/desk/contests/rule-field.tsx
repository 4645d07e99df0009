// Settings drawn from their description (GET /api/exam/rules): the schema that checks them is the only list of them.
import { TextField } from "../../forms/field";
import { sayIf as sayIfToAll } from "../../messages";
import { FlagField, NumberField, RadioField } from "../base/fields";
import { say, sayIf } from "../say";
import { Described } from "../types";
import type { SectionProps } from "./editor";

/** The settings of some groups, each group under its heading. */
export function RuleFields({ described, draft, change, errors, which }: SectionProps & { which: (field: Described) => boolean }) {
  const chosen = described.filter(which);
  const groups = [...new Set(chosen.map(({ group }) => group ?? ""))];
  const set = (name: string, value: unknown) => change({ rules: { ...draft.rules, [name]: value } });
  return (
    <>
      {groups.map((group) => (
        <section key={group}>
          <h2>{sayIf(`group_${group}`, group)}</h2>
          {chosen
            .filter((field) => field.group === group)
            .map((field) => (
              <RuleField
                key={field.name}
                field={field}
                path={`rules.${field.name}`}
                name={field.name}
                value={draft.rules[field.name]}
                errors={errors}
                onChange={(value) => set(field.name, value)}
              />
            ))}
        </section>
      ))}
    </>
  );
}

interface Props {
  field: Described;
  /** Where it stands in the body: also the id of its input. */
  path: string;
  /** By which its sentences are found: "publication_complaint_working_days". */
  name: string;
  value: unknown;
  errors: Record<string, string>;
  onChange: (value: unknown) => void;
}

export function RuleField({ field, path, name, value, errors, onChange }: Props) {
  const shared = {
    name: path,
    label: sayIf(`rule_${name}`, name),
    hint: sayIf(`rule_${name}_hint`, "") || undefined,
    wrong: errors[path],
  };
  if (field.kind === "flag") return <FlagField {...shared} value={Boolean(value)} onChange={onChange} />;
  if (field.kind === "whole")
    return (
      <NumberField
        {...shared}
        value={value as number | null}
        least={field.least}
        most={field.most}
        none={field.nullable ? say("no_limit") : undefined}
        onChange={onChange}
      />
    );
  if (field.kind === "choice")
    return (
      <RadioField
        {...shared}
        value={String(value)}
        onChange={onChange}
        choices={(field.choices ?? []).map((choice) => ({ value: choice, label: choiceText(name, choice) }))}
      />
    );
  if (field.kind === "part") return <PartFields {...{ field, path, name, value, errors, onChange }} />;
  if (field.kind === "list") return <ListField {...{ field, path, name, value, errors, onChange }} />;
  return <TextField {...shared} value={String(value ?? "")} onChange={onChange} />;
}

/** The participant's page explains most choices already: the same words. */
export const choiceText = (name: string, choice: string): string =>
  sayIf(`choice_${name}_${choice}`, sayIfToAll(`${name.split("_")[0]}_${choice}`, choice));

function PartFields({ field, path, name, value, errors, onChange }: Props) {
  const whole = (value ?? {}) as Record<string, unknown>;
  return (
    <>
      {(field.fields ?? []).map((each) => (
        <RuleField
          key={each.name}
          field={each}
          path={`${path}.${each.name}`}
          name={`${name}_${each.name}`}
          value={whole[each.name]}
          errors={errors}
          onChange={(next) => onChange({ ...whole, [each.name]: next })}
        />
      ))}
    </>
  );
}

/** Lines that are added and removed: prizes. */
function ListField({ field, path, name, value, errors, onChange }: Props) {
  const lines = (value ?? []) as Record<string, unknown>[];
  const blank = Object.fromEntries(
    (field.fields ?? []).map((each) => [each.name, each.kind === "whole" ? (each.least ?? 0) : ""]),
  );
  return (
    <section aria-label={sayIf(`rule_${name}`, name)} id={path} tabIndex={-1}>
      <h3>{sayIf(`rule_${name}`, name)}</h3>
      <p class="hint">{sayIf(`rule_${name}_hint`, "")}</p>
      {errors[path] && <p class="wrong">{errors[path]}</p>}
      {lines.map((line, place) => (
        <div class="line" key={place}>
          <PartFields
            {...{ field, name, errors }}
            path={`${path}.${place}`}
            value={line}
            onChange={(next) => onChange(lines.map((each, other) => (other === place ? next : each)))}
          />
          <button type="button" class="plain" onClick={() => onChange(lines.filter((_, other) => other !== place))}>
            {say("remove")} <span class="hidden">{place + 1}</span>
          </button>
        </div>
      ))}
      {lines.length < (field.most ?? Infinity) && (
        <p>
          <button type="button" class="second small" onClick={() => onChange([...lines, blank])}>
            {say("add_line")}
          </button>
        </p>
      )}
    </section>
  );
}

/** What a path of the body is called: "rules.prizes.0.count" -> "Giải cá nhân mỗi vòng (1): Số giải". */
export function labelOf(path: string): string {
  const parts = path.split(".");
  if (parts[0] === "rounds") {
    const round = say("round_n", { n: Number(parts[1]) + 1 });
    return parts[2] ? `${round}, ${sayIf(`window_${parts[2]}`, parts[2])}` : round;
  }
  if (parts[0] !== "rules") return sayIf(parts[0] ?? "", parts[0] ?? "");
  const [name = "", ...rest] = parts.slice(1);
  const inner = rest.filter((part) => !/^\d+$/.test(part));
  const own = sayIf(`rule_${[name, ...inner].join("_")}`, sayIf(`rule_${name}`, name));
  const line = rest.find((part) => /^\d+$/.test(part));
  return line === undefined ? own : `${own} (${Number(line) + 1})`;
}
