// One criterion in plain words, and what belongs to it.
import type { ComponentChildren } from "preact";
import type { Criterion } from "../desk/emulation/types";
import type { OwnCampaign } from "./types";
import { number, word } from "./words";

interface HeadingProps {
  criterion: Criterion;
  fields: OwnCampaign["fields"];
}

export function Heading({ criterion, fields }: HeadingProps) {
  const { code, text, most, hint, field, evidence } = criterion;
  const fieldName = fields.find((each) => each.code === field)?.name;
  return (
    <>
      <h3>
        {code}. {text}
      </h3>
      <p class="quiet">
        {[
          word("at_most", { points: number(most) }),
          fieldName && word("field", { field: fieldName }),
          hint,
          evidence === "required" && word("evidence_needed"),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <Steps criterion={criterion} />
    </>
  );
}

/** How a value becomes points. */
function Steps({ criterion: { how, measure, steps } }: { criterion: Criterion }) {
  if (!steps.length) return null;
  const isPlace = how === "contest" && measure === "place";
  return (
    <ul class="quiet links">
      {steps.map(({ bound, points }) => (
        <li key={bound}>{word(!isPlace ? "step" : bound === 1 ? "step_first" : "step_place", { bound: number(bound), points: number(points) })}</li>
      ))}
    </ul>
  );
}

/** What the platform counts by itself: nobody claims it. */
export function Counted({ value, points }: { value: number | null; points: number }) {
  if (value === null) return <p>{word("no_prize_yet")}</p>;
  return <p>{word("won_place", { place: number(value), points: number(points) })}</p>;
}

interface GroupsProps {
  criteria: Criterion[];
  children: (criterion: Criterion) => ComponentChildren;
}

/** Criteria under the headings of the rules. */
export function Groups({ criteria, children }: GroupsProps) {
  const groups = [...new Set(criteria.map(({ group }) => group))];
  return (
    <>
      {groups.map((group) => (
        <section key={group}>
          <h2>{group || word("criteria_plain")}</h2>
          {criteria.filter((each) => each.group === group).map(children)}
        </section>
      ))}
    </>
  );
}
