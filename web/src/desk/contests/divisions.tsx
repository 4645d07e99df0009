// Who takes part with which bank, and what a paper is drawn from: against what the bank has.
import { call, at } from "../../api";
import { sayIf as sayIfToAll } from "../../messages";
import { useLoaded } from "../../shell/loaded";
import { NumberField, SelectField } from "../base/fields";
import { number, say, sayIf } from "../say";
import { BankVersion, Division, Draw, Stock } from "../types";
import type { SectionProps } from "./editor";
import { Findings } from "./editor";

const ANY = "*";
const LEVELS = ["easy", "medium", "hard"];

export function Divisions(props: SectionProps) {
  const { draft, change, described, locked } = props;
  const banks = useLoaded(async () => (await call<{ banks: BankVersion[] }>("GET", "/api/exam/banks")).body.banks, []);
  const field = described.find(({ name }) => name === "divisions");
  const names = field?.fields?.find(({ name }) => name === "name")?.choices ?? [];
  const fresh = ((field?.default ?? []) as Division[])[0];
  const toggle = (name: string, on: boolean) => {
    const kept = draft.rules.divisions.filter((each) => each.name !== name);
    const added = on && fresh ? [...kept, { ...fresh, name, bank: kept[0]?.bank ?? "" }] : kept;
    change({ rules: { ...draft.rules, divisions: names.flatMap((each) => added.filter((one) => one.name === each)) } });
  };
  const known = banks.state === "there" ? [...new Set(banks.value.map((bank) => bank.bank_id))] : [];
  return (
    <>
      <fieldset class="field" disabled={locked}>
        <legend>{say("divisions_who")}</legend>
        {names.map((name) => (
          <label class="tick" key={name}>
            <input
              type="checkbox"
              checked={draft.rules.divisions.some((each) => each.name === name)}
              onChange={(event) => toggle(name, event.currentTarget.checked)}
            />
            {sayIfToAll(name, name)}
          </label>
        ))}
      </fieldset>
      {draft.rules.divisions.map((division, place) => (
        <OneDivision key={division.name} {...props} division={division} place={place} banks={known} />
      ))}
    </>
  );
}

interface Own extends SectionProps {
  division: Division;
  place: number;
  banks: string[];
}

function OneDivision({ division, place, banks, draft, change, errors, findings, locked }: Own) {
  const { options, several, paper_size: size } = draft.rules;
  const stock = useLoaded<Stock | null>(
    async () =>
      division.bank
        ? (await call<Stock>("GET", `${at("/api/exam/banks", division.bank, "stock")}?options=${options}&several=${several}`))
            .body
        : null,
    [division.bank, options, several],
  );
  const there = stock.state === "there" ? stock.value : null;
  const path = `rules.divisions.${place}`;
  const set = (part: Partial<Division>) =>
    change({
      rules: {
        ...draft.rules,
        divisions: draft.rules.divisions.map((each, other) => (other === place ? { ...each, ...part } : each)),
      },
    });
  const asked = division.blueprint.reduce((sum, { count }) => sum + count, 0);
  return (
    <section class="card" aria-label={sayIfToAll(division.name, division.name)}>
      <h2>{sayIfToAll(division.name, division.name)}</h2>
      <Findings findings={findings.filter(({ where }) => where === `divisions.${division.name}`)} />
      <fieldset class="field" disabled={locked} aria-label={say("blueprint")}>
        <SelectField
          name={`${path}.bank`}
          label={say("bank")}
          wrong={errors[`${path}.bank`]}
          value={division.bank}
          onChange={(bank) => set({ bank })}
          choices={[{ value: "", label: say("bank_none") }, ...banks.map((each) => ({ value: each, label: each }))]}
        />
        {there && (
          <p class="quiet">
            {say("bank_is", { title: there.title, version: there.version, usable: there.usable, all: there.questions })}
          </p>
        )}
        {there?.state === "draft" && <p class="hint">{say("bank_draft")}</p>}
        <h3>{say("blueprint")}</h3>
        <p class={asked === size ? "hint" : "wrong"}>{say("blueprint_sum", { asked, size })}</p>
        {errors[`${path}.blueprint`] && <p class="wrong">{errors[`${path}.blueprint`]}</p>}
        <Lines
          path={path}
          blueprint={division.blueprint}
          stock={there}
          errors={errors}
          onChange={(blueprint) => set({ blueprint })}
        />
      </fieldset>
      {there && <Against stock={there} division={division} />}
    </section>
  );
}

interface LinesProps {
  path: string;
  blueprint: Draw[];
  stock: Stock | null;
  errors: Record<string, string>;
  onChange: (blueprint: Draw[]) => void;
}

function Lines({ path, blueprint, stock, errors, onChange }: LinesProps) {
  const topics = [{ value: ANY, label: say("any_topic") }, ...topicsOf(stock, blueprint)];
  const levels = [{ value: ANY, label: say("any_level") }, ...LEVELS.map((level) => ({ value: level, label: levelName(level) }))];
  const set = (place: number, part: Partial<Draw>) =>
    onChange(blueprint.map((line, other) => (other === place ? { ...line, ...part } : line)));
  return (
    <>
      {blueprint.map((line, place) => {
        const here = `${path}.blueprint.${place}`;
        return (
          <div class="line" key={place}>
            <SelectField
              name={`${here}.topic`}
              label={say("topic")}
              value={line.topic}
              choices={topics}
              wrong={errors[`${here}.topic`]}
              onChange={(topic) => set(place, { topic })}
            />
            <SelectField
              name={`${here}.level`}
              label={say("level")}
              value={line.level}
              choices={levels}
              wrong={errors[`${here}.level`]}
              onChange={(level) => set(place, { level })}
            />
            <NumberField
              name={`${here}.count`}
              label={say("count_of")}
              value={line.count}
              least={1}
              most={200}
              wrong={errors[`${here}.count`]}
              onChange={(count) => set(place, { count: count ?? 1 })}
            />
            <button type="button" class="plain" onClick={() => onChange(blueprint.filter((_, other) => other !== place))}>
              {say("remove")} <span class="hidden">{place + 1}</span>
            </button>
          </div>
        );
      })}
      <p>
        <button type="button" class="second small" onClick={() => onChange([...blueprint, { topic: ANY, level: ANY, count: 1 }])}>
          {say("add_line")}
        </button>
      </p>
    </>
  );
}

/** The bank's topics, and those a line names that the bank does not have. */
function topicsOf(stock: Stock | null, blueprint: Draw[]) {
  const known = (stock?.topics ?? []).map(({ topic, name }) => ({ value: topic, label: name }));
  const strange = blueprint
    .map(({ topic }) => topic)
    .filter((topic) => topic !== ANY && !known.some(({ value }) => value === topic));
  return [...known, ...[...new Set(strange)].map((topic) => ({ value: topic, label: topic }))];
}

const levelName = (level: string) => sayIf(`level_${level}`, level);

/** Asked and there, topic by level. Lines for "any" are asked of the whole row or column. */
function Against({ stock, division: { name: division, blueprint } }: { stock: Stock; division: Division }) {
  const askedOf = (topic: string, level: string) =>
    blueprint.filter((line) => line.topic === topic && line.level === level).reduce((sum, { count }) => sum + count, 0);
  const thereOf = (topic: string, level: string) =>
    stock.topics
      .filter((each) => topic === ANY || each.topic === topic)
      .reduce(
        (sum, each) => sum + (level === ANY ? LEVELS : [level]).reduce((inner, one) => inner + (each.levels[one] ?? 0), 0),
        0,
      );
  const columns = [...LEVELS, ANY];
  const rows = [...stock.topics.map(({ topic, name }) => ({ topic, name })), { topic: ANY, name: say("any_topic") }];
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`${say("against")}: ${sayIfToAll(division, division)}`}>
      <table>
        <caption class="quiet">{say("against_hint")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("topic")}</th>
            {columns.map((level) => (
              <th scope="col" class="number" key={level}>
                {level === ANY ? say("any_level") : levelName(level)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ topic, name }) => (
            <tr key={topic}>
              <th scope="row">{name}</th>
              {columns.map((level) => {
                const [asked, there] = [askedOf(topic, level), thereOf(topic, level)];
                return (
                  <td class={asked > there ? "number lacking" : "number"} key={level}>
                    {asked ? `${number(asked)} / ${number(there)}` : number(there)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
