// One question after a round: what looks wrong, and what people chose as small bars with the figures beside them.
import { language } from "../../messages";
import { link } from "../../router";
import { number, say, sayIf } from "../say";
import { Share } from "./covers";
import { letter } from "./said";
import type { Asked, Choice, Item } from "./types";

const SUSPICIOUS = ["negative-discrimination", "distractor-beats-key"];

export const figure = (value: number | null): string =>
  value === null ? "–" : value.toLocaleString(language.value === "en" ? "en-GB" : "vi-VN", { maximumFractionDigits: 2 });

export function FlagsOf({ item: { flags } }: { item: Item }) {
  if (!flags.length) return <>–</>;
  return (
    <ul class="flags">
      {flags.map((flag) => (
        <li key={flag} class={SUSPICIOUS.includes(flag) ? "suspicious" : undefined}>
          {sayIf(`qb_flag_${flag}`, flag)}
        </li>
      ))}
    </ul>
  );
}

interface Props {
  roundId: string;
  item: Item;
  question: Asked | null;
}

export function Chosen({ roundId, item, question }: Props) {
  return (
    <details class="asked-in">
      <summary>{question?.text ?? item.question_id}</summary>
      <p class="quiet">
        {item.question_id} · {say("qb_correlation")}: {figure(item.point_biserial)}
      </p>
      <table class="data-in">
        <caption class="hidden">{say("qb_chosen")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("qb_option")}</th>
            <th scope="col">{say("qb_chosen_by")}</th>
            <th scope="col" class="number">
              {say("qb_upper")}
            </th>
            <th scope="col" class="number">
              {say("qb_lower")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines(item, question).map(({ letters, count, upper, lower }) => (
            <tr key={letters}>
              <th scope="row">{optionOf(letters, item, question)}</th>
              <td>
                <Share count={count} of={item.answers} />
              </td>
              <td class="number">{number(Math.round(upper))}</td>
              <td class="number">{number(Math.round(lower))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <a href={link("rounds", roundId, "keys", item.question_id)}>
          {say("qb_to_key")} <span class="hidden">{item.question_id}</span>
        </a>
      </p>
    </details>
  );
}

const NOBODY = { count: 0, upper: 0, lower: 0 };

/** Also options that nobody chose; sets of several as they were chosen; no answer at the end. */
function lines({ choices }: Item, question: Asked | null): Choice[] {
  const known = new Map(choices.map((choice) => [choice.letters, choice]));
  const single = (question?.options ?? []).map((_, place) => letter(place).toLowerCase());
  const wanted = question && question.right.length > 1 ? [] : single.filter((letters) => !known.has(letters));
  const all = [...choices, ...wanted.map((letters) => ({ letters, ...NOBODY }))];
  return all.sort((one, other) => (one.letters || "~").localeCompare(other.letters || "~"));
}

function optionOf(letters: string, item: Item, question: Asked | null) {
  if (!letters) return say("qb_omitted");
  const words = letters.length === 1 ? question?.options["abcdefghij".indexOf(letters)] : undefined;
  return (
    <>
      {[...letters.toUpperCase()].join(", ")}
      {words && `. ${words}`}
      {letters === item.right && <span class="mark good"> ✓ {say("qb_key")}</span>}
    </>
  );
}
