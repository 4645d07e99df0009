// Pieces of the forms of prizes: which prizes there are, and which rounds they are for.
import { clock } from "../../clock";
import { TextField } from "../../forms/field";
import { sayIf as sayToAllIf } from "../../messages";
import type { Prize, RoundPlan } from "../../types";
import { NumberField, SelectField } from "../base/fields";
import { say } from "../say";

const USUAL = ["first", "second", "third", "consolation"];
const OWN = "";

/** From then on prizes for it are fixed. */
export const hasBegun = ({ opens_at }: RoundPlan): boolean => Date.parse(opens_at) <= clock.now();

export const inWords = (word: string): string => sayToAllIf(word, word);

export const START: Prize[] = [
  { name: "first", count: 1 },
  { name: "second", count: 2 },
  { name: "third", count: 3 },
];

interface LinesProps {
  /** Unique on the page: ids of the fields begin with it. */
  name: string;
  prizes: Prize[];
  errors: Record<string, string>;
  onChange: (prizes: Prize[]) => void;
}

/** Best first: usual names to choose from, or an own one. */
export function PrizeLines({ name, prizes, errors, onChange }: LinesProps) {
  const set = (place: number, part: Partial<Prize>) =>
    onChange(prizes.map((each, other) => (other === place ? { ...each, ...part } : each)));
  const free = USUAL.find((usual) => !prizes.some((each) => each.name === usual)) ?? say("pz_own_prize");
  return (
    <fieldset class="field">
      <legend>{say("pz_prizes")}</legend>
      {prizes.map((prize, place) => {
        const path = `${name}.${place}`;
        return (
          <div class="line" key={place}>
            <SelectField
              name={path}
              label={say("pz_prize_n", { n: place + 1 })}
              value={USUAL.includes(prize.name) ? prize.name : OWN}
              choices={[...USUAL.map((value) => ({ value, label: inWords(value) })), { value: OWN, label: say("pz_own_name") }]}
              onChange={(value) => set(place, { name: value || say("pz_own_prize") })}
            />
            {!USUAL.includes(prize.name) && (
              <TextField
                name={`${path}.name`}
                label={say("pz_called")}
                value={prize.name}
                wrong={errors[`${path}.name`]}
                maxLength={60}
                onChange={(text) => set(place, { name: text })}
              />
            )}
            <NumberField
              name={`${path}.count`}
              label={say("pz_count")}
              value={prize.count}
              least={1}
              most={1000}
              wrong={errors[`${path}.count`]}
              onChange={(count) => set(place, { count: count ?? 1 })}
            />
            <button
              type="button"
              class="second small"
              disabled={prizes.length === 1}
              onClick={() => onChange(prizes.filter((_, other) => other !== place))}
            >
              {say("pz_drop_prize", { n: place + 1 })}
            </button>
          </div>
        );
      })}
      <p>
        <button type="button" class="second small" onClick={() => onChange([...prizes, { name: free, count: 1 }])}>
          {say("add_line")}
        </button>
      </p>
    </fieldset>
  );
}

interface RoundsProps {
  rounds: RoundPlan[];
  chosen: string[];
  onChange: (rounds: string[]) => void;
}

export function RoundTicks({ rounds, chosen, onChange }: RoundsProps) {
  return (
    <fieldset class="field">
      <legend>{say("pz_rounds")}</legend>
      {rounds.map((round) => (
        <label class="tick" key={round.round_id}>
          <input
            type="checkbox"
            checked={chosen.includes(round.round_id)}
            disabled={hasBegun(round)}
            onChange={(event) =>
              onChange(
                rounds
                  .map(({ round_id }) => round_id)
                  .filter((id) => (id === round.round_id ? event.currentTarget.checked : chosen.includes(id))),
              )
            }
          />
          {hasBegun(round) ? say("pz_round_begun", { round: round.title }) : round.title}
        </label>
      ))}
    </fieldset>
  );
}

interface TicksProps {
  legend: string;
  names: string[];
  chosen: string[];
  label: (name: string) => string;
  onChange: (names: string[]) => void;
}

export function Ticks({ legend, names, chosen, label, onChange }: TicksProps) {
  return (
    <fieldset class="field">
      <legend>{legend}</legend>
      {names.map((each) => (
        <label class="tick" key={each}>
          <input
            type="checkbox"
            checked={chosen.includes(each)}
            onChange={(event) => onChange(names.filter((one) => (one === each ? event.currentTarget.checked : chosen.includes(one))))}
          />
          {label(each)}
        </label>
      ))}
    </fieldset>
  );
}

/** "1 Giải Nhất, 2 Giải Nhì" */
export const prizesInWords = (prizes: Prize[]): string =>
  prizes.map(({ name, count }) => say("pz_so_many", { n: count, prize: inWords(name) })).join(", ");
