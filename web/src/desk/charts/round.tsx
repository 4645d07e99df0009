// The charts of one round or of all rounds together, of everybody or of a unit: days, scores, how far people came.
import { shortMoment } from "../../instants";
import { BarChart } from "./bars";
import { filled } from "./filled";
import { LineChart } from "./lines";
import { Steps } from "./steps";
import type { ChartDay, Drawn, RoundCharts, ScoreBar, SeasonCharts } from "./types";
import { counted, dayName, word } from "./words";

/** What may be told, or why nothing is. */
export function OfRound({ charts }: { charts: RoundCharts }) {
  return charts.sealed ? <p class="notice">{word("sealed")}</p> : <Pictures charts={charts} />;
}

/** Of the rounds that have results. */
export function OfSeason({ charts }: { charts: SeasonCharts }) {
  return <Pictures charts={charts} season />;
}

function Pictures({ charts, season = false }: { charts: Drawn; season?: boolean }) {
  if (charts.suppressed) return <p class="notice">{word("suppressed")}</p>;
  if (!charts.steps) return <p role="status">{word(charts.built_at ? "not_counted" : "days_none")}</p>;
  return (
    <>
      <p class="quiet">
        {charts.built_at && word("as_of", { at: shortMoment(charts.built_at) })} {!charts.full && word("small_hidden")}
      </p>
      <Days days={charts.days} ofUnit={charts.unit_id !== null} />
      <Steps steps={charts.steps} text={word(season ? "steps_season_text" : "steps_text")} />
      {charts.scores ? (
        <Scores scores={charts.scores} title={word(season ? "scores_season" : "scores")} />
      ) : (
        <p class="quiet">{word("scores_later")}</p>
      )}
    </>
  );
}

/** A line for those who come first and one for attempts; of a unit only the former is known. */
export function Days({ days, ofUnit = false }: { days: ChartDay[]; ofUnit?: boolean }) {
  if (!days.length) return <p>{word("days_none")}</p>;
  if (days.length === 1) return <p>{oneDay(days[0]!, ofUnit)}</p>;
  if (ofUnit)
    return (
      <BarChart
        title={word("days")}
        summary={summaryOf(days)}
        head={[word("day"), word("newcomers")]}
        bars={days.map(({ day, newcomers }) => ({ label: dayName(day), value: newcomers }))}
      />
    );
  return (
    <LineChart
      title={word("days")}
      summary={summaryOf(days)}
      along={word("day")}
      labels={days.map(({ day }) => dayName(day))}
      series={[
        { name: word("newcomers"), values: days.map(({ newcomers }) => newcomers) },
        { name: word("attempts"), values: days.map(({ attempts }) => attempts) },
      ]}
    />
  );
}

function oneDay({ day, newcomers, attempts }: ChartDay, ofUnit: boolean): string {
  const told = { day: dayName(day), newcomers: counted(newcomers), attempts: counted(attempts) };
  return word(ofUnit ? "one_day_unit" : "one_day", told);
}

function summaryOf(days: ChartDay[]): string {
  const known = days.filter(({ newcomers }) => newcomers !== null);
  if (!known.length) return word("days_hidden", { n: days.length });
  const most = known.reduce((one, other) => (other.newcomers! > one.newcomers! ? other : one));
  return word("days_summary", { day: dayName(most.day), n: most.newcomers! });
}

function Scores({ scores, title }: { scores: ScoreBar[]; title: string }) {
  if (!scores.length) return <p class="quiet">{word("scores_few")}</p>;
  const most = scores.reduce((one, other) => (other.people > one.people ? other : one));
  const people = scores.reduce((sum, bar) => sum + bar.people, 0);
  return (
    <BarChart
      title={title}
      summary={word("scores_summary", { people, points: points(most), n: most.people })}
      head={[word("points"), word("people")]}
      bars={filled(scores).map((bar) => ({ label: points(bar), value: bar.people }))}
    />
  );
}

const points = ({ least, most }: ScoreBar): string => (least === most ? String(least) : `${least}–${most}`);
