// Who competes with whom, in which fields, and what decides between equals: leagues, fields and the tie-break of a draft.
import { useState } from "preact/hooks";
import { Group, TextField } from "../../forms/field";
import { SelectField } from "../base/fields";
import { slug } from "../base/fold";
import { KINDS, TREES, kindInWords } from "../base/unit-kinds";
import { say } from "../say";
import { KINDS as SUBJECTS } from "./section";
import type { League, Named, Rules } from "./types";

interface Props {
  rules: Rules;
  errors: Record<string, string>;
  onChange: (part: Partial<Rules>) => void;
}

/** A code that is not there yet. It stays when the name changes: criteria name it. */
function freeCode(name: string, taken: Named[]): string {
  const bare = slug(name) || "muc";
  const codes = new Set(taken.map(({ code }) => code));
  for (let n = 1; ; n += 1) {
    const code = n === 1 ? bare : `${bare}-${n}`;
    if (!codes.has(code)) return code;
  }
}

const without = <T,>(list: T[], place: number): T[] => list.filter((_, at) => at !== place);

const changedAt = <T,>(list: T[], place: number, part: Partial<T>): T[] =>
  list.map((each, at) => (at === place ? { ...each, ...part } : each));

export function LeaguesForm({ rules: { leagues }, errors, onChange }: Props) {
  const add = () => {
    const name = say("em_new_league");
    const league: League = { code: freeCode(name, leagues), name, tree: "administrative", kinds: [] };
    onChange({ leagues: [...leagues, league] });
  };
  return (
    <section>
      <h2>{say("em_leagues")}</h2>
      <p class="quiet">{say("em_leagues_lead")}</p>
      <Wrong name="rules.leagues" errors={errors} />
      {leagues.map((league, place) => (
        <LeagueForm
          key={league.code}
          league={league}
          path={`rules.leagues.${place}`}
          errors={errors}
          onChange={(part) => onChange({ leagues: changedAt(leagues, place, part) })}
          onDrop={() => onChange({ leagues: without(leagues, place) })}
        />
      ))}
      <p>
        <button type="button" class="second" onClick={add}>
          {say("em_add_league")}
        </button>
      </p>
    </section>
  );
}

interface LeagueProps {
  league: League;
  path: string;
  errors: Record<string, string>;
  onChange: (part: Partial<League>) => void;
  onDrop: () => void;
}

function LeagueForm({ league, path, errors, onChange, onDrop }: LeagueProps) {
  const { name, tree, kinds } = league;
  const [isNew] = useState(kinds.length === 0);
  const isWrong = Object.keys(errors).some((each) => each.startsWith(`${path}.`));
  return (
    <details open={isNew || isWrong}>
      <summary>{[name, kinds.map(kindInWords).join(", ")].filter(Boolean).join(" – ")}</summary>
      <TextField
        name={`${path}.name`}
        label={say("em_league_name")}
        value={name}
        wrong={errors[`${path}.name`]}
        maxLength={200}
        onChange={(text) => onChange({ name: text })}
      />
      <SelectField
        name={`${path}.tree`}
        label={say("em_tree")}
        value={tree}
        wrong={errors[`${path}.tree`]}
        choices={TREES.map((value) => ({ value, label: say(`pz_tree_${value}`) }))}
        onChange={(chosen) => onChange({ tree: chosen, kinds: [] })}
      />
      <KindTicks path={`${path}.kinds`} tree={tree} chosen={kinds} wrong={errors[`${path}.kinds`]} onChange={(next) => onChange({ kinds: next })} />
      <button type="button" class="second small" onClick={onDrop}>
        {say("em_drop_league", { name })}
      </button>
    </details>
  );
}

interface TicksProps {
  path: string;
  tree: string;
  chosen: string[];
  wrong?: string;
  onChange: (kinds: string[]) => void;
}

/** Kinds that this page does not know stay as they are. */
function KindTicks({ path, tree, chosen, wrong, onChange }: TicksProps) {
  const names = [...new Set([...(KINDS[tree] ?? []), ...chosen])];
  const toggle = (kind: string, ticked: boolean) =>
    onChange(names.filter((each) => (each === kind ? ticked : chosen.includes(each))));
  return (
    <Group name={path} label={say("em_league_kinds")} wrong={wrong}>
      {names.map((kind) => (
        <label class="tick" key={kind}>
          <input type="checkbox" checked={chosen.includes(kind)} onChange={(event) => toggle(kind, event.currentTarget.checked)} />
          {kindInWords(kind)}
        </label>
      ))}
    </Group>
  );
}

export function FieldsForm({ rules, errors, onChange }: Props) {
  const { fields } = rules;
  const add = () => {
    const name = say("em_new_field");
    onChange({ fields: [...fields, { code: freeCode(name, fields), name }] });
  };
  return (
    <section>
      <h2>{say("em_fields")}</h2>
      <p class="quiet">{say("em_fields_lead")}</p>
      <Wrong name="rules.fields" errors={errors} />
      {fields.map(({ code, name }, place) => {
        const path = `rules.fields.${place}.name`;
        const users = usersOf(rules, code);
        return (
          <div class="line" key={code}>
            <TextField
              name={path}
              label={say("em_field_n", { n: place + 1 })}
              value={name}
              wrong={errors[path]}
              maxLength={200}
              onChange={(text) => onChange({ fields: changedAt(fields, place, { name: text }) })}
            />
            {users.length > 0 ? (
              <p class="quiet">{say("em_field_used", { codes: users.join(", ") })}</p>
            ) : (
              <button type="button" class="second small" onClick={() => onChange({ fields: without(fields, place) })}>
                {say("em_drop_field", { name })}
              </button>
            )}
          </div>
        );
      })}
      <p>
        <button type="button" class="second" onClick={add}>
          {say("em_add_field")}
        </button>
      </p>
    </section>
  );
}

/** Criteria that belong to a field: it cannot go while they do. */
const usersOf = (rules: Rules, field: string): string[] =>
  SUBJECTS.flatMap((kind) => rules[kind].filter((each) => each.field === field).map(({ code }) => code));

export function TieBreakForm({ rules, errors, onChange }: Props) {
  const { tie_break } = rules;
  const texts = new Map(SUBJECTS.flatMap((kind) => rules[kind].map(({ code, text }) => [code, text] as const)));
  const free = [...texts.keys()].filter((code) => !tie_break.includes(code));
  const swapped = (place: number) => {
    const next = [...tie_break];
    [next[place - 1], next[place]] = [next[place]!, next[place - 1]!];
    return next;
  };
  return (
    <section>
      <h2>{say("em_tie_break_title")}</h2>
      <p class="quiet">{say("em_tie_break_lead")}</p>
      <Wrong name="rules.tie_break" errors={errors} />
      <ol>
        {tie_break.map((code, place) => (
          <li key={code}>
            {code} – {texts.get(code) ?? say("em_no_criterion")}
            <p class="row">
              {place > 0 && (
                <button type="button" class="second small" onClick={() => onChange({ tie_break: swapped(place) })}>
                  {say("em_tie_up", { code })}
                </button>
              )}
              <button type="button" class="second small" onClick={() => onChange({ tie_break: without(tie_break, place) })}>
                {say("em_tie_drop", { code })}
              </button>
            </p>
          </li>
        ))}
      </ol>
      {tie_break.length === 0 && <p>{say("em_tie_none")}</p>}
      {free.length > 0 && (
        <SelectField
          name="rules.tie_break.add"
          label={say("em_tie_add")}
          value=""
          choices={[{ value: "", label: say("em_choose_criterion") }, ...free.map((code) => ({ value: code, label: `${code} – ${texts.get(code)}` }))]}
          onChange={(code) => code && onChange({ tie_break: [...tie_break, code] })}
        />
      )}
    </section>
  );
}

/** What is wrong with a list as a whole; the summary on top leads here. */
function Wrong({ name, errors }: { name: string; errors: Record<string, string> }) {
  const wrong = errors[name];
  return wrong ? (
    <p class="wrong" id={name} tabIndex={-1}>
      {wrong}
    </p>
  ) : null;
}
