// A contest round by round: how many took part in each, and every day of all of them.
import { BarChart } from "./bars";
import { Days } from "./round";
import type { ContestCharts, RoundCharts } from "./types";
import { counted, share, word } from "./words";

interface Props {
  charts: ContestCharts;
  href: (roundId: string) => string;
}

export function OfContest({ charts: { season, rounds }, href }: Props) {
  const told = rounds.filter(({ steps }) => steps);
  const sealed = rounds.some((round) => round.sealed);
  // Where all of them have results, the season's own chart has these days with every person once.
  const more = told.length > season.rounds;
  return (
    <>
      {sealed && <p class="notice">{word("sealed")}</p>}
      {!told.length && !sealed && <p role="status">{word("days_none")}</p>}
      {told.length > 0 && <ByRound rounds={told} href={href} />}
      {more && <Days days={told.flatMap(({ days }) => days)} />}
    </>
  );
}

const step = ({ steps }: RoundCharts, name: string): number | null => steps?.find((each) => each.step === name)?.people ?? null;

function ByRound({ rounds, href }: { rounds: RoundCharts[]; href: (roundId: string) => string }) {
  const most = rounds.reduce((one, other) => ((step(other, "started") ?? 0) > (step(one, "started") ?? 0) ? other : one));
  return (
    <BarChart
      title={word("by_round")}
      summary={word("by_round_summary", { n: rounds.length, round: most.title, people: counted(step(most, "started")) })}
      head={[word("round"), word("step_started"), word("step_submitted"), word("step_perfect"), word("of_all")]}
      bars={rounds.map((round) => ({
        label: round.title,
        value: step(round, "started"),
        href: href(round.round_id),
        more: [counted(step(round, "submitted")), perfect(round), ofAll(round)],
      }))}
    />
  );
}

/** Of a running round points are not told: then the step is not there at all. */
const perfect = (round: RoundCharts): string =>
  round.steps!.some((each) => each.step === "perfect") ? counted(step(round, "perfect")) : word("unknown");

function ofAll(round: RoundCharts): string {
  const [all, started] = [step(round, "registered"), step(round, "started")];
  return all === null || started === null ? word("unknown") : share(started, all);
}
