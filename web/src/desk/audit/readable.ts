// What an entry of the log says, for people: names of settings as in the forms, roles, instants and yes or no in words.
import { shortMoment } from "../../instants";
import { say, sayIf } from "../say";

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

/** Settings are called as in the forms; "rounds.2" as a round. */
export const partName = (name: string): string =>
  name.startsWith("rounds.")
    ? say("round_n", { n: Number(name.split(".")[1]) })
    : sayIf(`part_${name}`, sayIf(`rule_${name}`, sayIf(name, sayIf(`window_${name}`, name))));

/** `nameOf`: of a person by id. */
export function readable(part: string, value: unknown, nameOf: (id: string) => string): string {
  if (value == null || value === "") return "–";
  if (typeof value === "boolean") return say(value ? "au_yes" : "au_no");
  if (Array.isArray(value)) return value.map((each) => readable(part, each, nameOf)).join(", ");
  if (typeof value === "object")
    return Object.entries(value)
      .map(([name, each]) => `${partName(name)}: ${readable(name, each, nameOf)}`)
      .join("; ");
  return worded(part, String(value), nameOf);
}

function worded(part: string, text: string, nameOf: (id: string) => string): string {
  if (part === "role") return roleInWords(text);
  if (part === "right") return text.toUpperCase();
  if (INSTANT.test(text)) return shortMoment(text);
  return sayIf(`au_${part}_${text}`, sayIf(`choice_${part}_${text}`, nameOf(text)));
}

/** "officer:unit:x1" as "Unit officer (x1)". */
function roleInWords(text: string): string {
  const [role = "", , ...id] = text.split(":");
  const bound = id.join(":");
  const name = sayIf(`pp_role_${role}`, role);
  return bound && bound !== "*" ? `${name} (${bound})` : name;
}
