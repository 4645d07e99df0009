// Rounds: the list of all, the live board of one, the correction of a key.
import { shortMoment } from "../../instants";
import { clock } from "../../clock";
import { roundState } from "../../phase";
import { Route, link } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import type { RoundPlan } from "../../types";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { fetchContests } from "../contests/lines";
import { say, sayIf } from "../say";
import { Board } from "./board";
import { Keys } from "./keys";

export default function RoundsPage({ parts: [roundId, section, question] }: { parts: Route }) {
  if (!roundId) return <Rounds />;
  if (section !== "keys") return <Board key={roundId} roundId={roundId} />;
  return <Keys key={`${roundId} ${question}`} roundId={roundId} named={question} />;
}

interface Line extends RoundPlan {
  contest: string;
  state: string;
}

function Rounds() {
  const found = useLoaded(fetchRounds, []);
  return (
    <div class="page">
      <h1>{say("menu_rounds")}</h1>
      <Show loaded={found}>{(rounds) => <RoundTable rounds={rounds} />}</Show>
    </div>
  );
}

async function fetchRounds(): Promise<Line[]> {
  const published = (await fetchContests()).filter(({ state }) => state === "published");
  const now = clock.now();
  const lines = published.flatMap(({ title, rounds }) =>
    rounds.map((round) => ({ ...round, contest: title, state: roundState(round, now) })),
  );
  return lines.sort((one, other) => Date.parse(other.opens_at) - Date.parse(one.opens_at));
}

function RoundTable({ rounds }: { rounds: Line[] }) {
  return (
    <DataTable<Line>
      name="rounds"
      caption={say("menu_rounds")}
      searchable
      empty={say("rounds_none")}
      keyOf={(round) => round.round_id}
      filters={[
        {
          name: "state",
          label: say("state"),
          choices: ["planned", "open", "closed"].map((value) => ({ value, label: sayIf(`round_${value}`, value) })),
        },
      ]}
      source={ofList({
        rows: rounds,
        text: (round) => `${round.contest} ${round.title} ${round.round_id}`,
        value: { contest: (round) => round.contest, opens: (round) => round.opens_at },
        has: { state: (round, chosen) => round.state === chosen },
      })}
      columns={[
        { key: "round", label: say("round"), cell: (round) => <a href={link("rounds", round.round_id)}>{round.title}</a> },
        { key: "contest", label: say("contest"), sortable: true, cell: (round) => round.contest },
        { key: "state", label: say("state"), cell: (round) => sayIf(`round_${round.state}`, round.state) },
        { key: "opens", label: say("window_opens_at"), sortable: true, cell: (round) => shortMoment(round.opens_at) },
        { key: "closes", label: say("window_closes_at"), cell: (round) => shortMoment(round.closes_at) },
      ]}
    />
  );
}
