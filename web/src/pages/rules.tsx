// The rules of a contest in plain words.
import { spoken } from "../instants";
import { Key, say, sayIf } from "../messages";
import type { Prize, Rules } from "../types";

export function RulesInShort({ rules }: { rules: Rules }) {
  const lines: [Key, string][] = [
    ["rule_who", rules.divisions.map((division) => sayIf(division.name, division.name)).join("; ")],
    ["rule_paper", say("rule_paper_text", { questions: rules.paper_size, time: spoken(rules.paper_seconds) })],
    ["rule_attempts", attempts(rules)],
    ["rule_counting", sayIf(`counting_${rules.counting}`, rules.counting)],
    ...predictionLines(rules),
    ["rule_tie", sayIf(`tie_${rules.tie_break}`, rules.tie_break)],
    ["rule_answers", sayIf(`answers_${rules.answers_shown}`, rules.answers_shown)],
    ["rule_results", publication(rules)],
  ];
  return (
    <dl class="facts">
      {lines.map(([key, text]) => (
        <div key={key}>
          <dt>{say(key)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

export function attempts(rules: Pick<Rules, "attempts_per_day" | "attempts_per_round" | "attempts_in_all">): string {
  const limits: [Key, number | null][] = [
    ["rule_attempts_day", rules.attempts_per_day],
    ["rule_attempts_round", rules.attempts_per_round],
    ["rule_attempts_all", rules.attempts_in_all],
  ];
  const told = limits.filter(([, limit]) => limit !== null).map(([key, limit]) => say(key, { n: limit! }));
  return told.length ? `${told.join(", ")}.` : say("rule_attempts_free");
}

function predictionLines(rules: Rules): [Key, string][] {
  if (rules.prediction === "none") return [];
  return [["rule_prediction", `${sayIf(`prediction_${rules.prediction}`, rules.prediction)} ${say("rule_prediction_once")}`]];
}

const publication = ({ publication: by }: Rules): string =>
  say("rule_results_text", {
    hours: by.provisional_within_hours,
    complaint: by.complaint_working_days,
    official: by.official_within_working_days,
  });

export function PrizeList({ rules }: { rules: Rules }) {
  return (
    <>
      <p>{say("prizes_each")}</p>
      <Prizes prizes={rules.prizes} />
      {!!rules.season_prizes?.length && (
        <>
          <p>{say("ways_season_prizes")}</p>
          <Prizes prizes={rules.season_prizes} />
        </>
      )}
      {rules.collective_least_rate > 0 && <p class="quiet">{say("collective", { n: rules.collective_least_rate })}</p>}
    </>
  );
}

function Prizes({ prizes }: { prizes: Prize[] }) {
  return (
    <ul class="prizes">
      {prizes.map((prize) => (
        <li key={prize.name}>
          <b>{prize.count}</b> {sayIf(prize.name, prize.name)}
        </li>
      ))}
    </ul>
  );
}

export function HowTo({ rules }: { rules: Rules }) {
  const values = { questions: rules.paper_size, time: spoken(rules.paper_seconds) };
  const steps: [Key, Key][] = [
    ["how_1", "how_1_more"],
    ["how_2", "how_2_more"],
    ["how_3", "how_3_more"],
  ];
  return (
    <ol class="steps">
      {steps.map(([title, text]) => (
        <li key={title}>
          <strong>{say(title)}</strong>
          <p>{say(text, values)}</p>
        </li>
      ))}
    </ol>
  );
}
