// Results: of every closed round, from provisional to official; and the prizes of a whole contest.
import type { JSX } from "preact";
import { at, call } from "../../api";
import { clock } from "../../clock";
import { shortMoment } from "../../instants";
import { roundState } from "../../phase";
import { Route, link } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import { ofList } from "../base/asked";
import { DataTable, counted } from "../base/data-table";
import { usePolled } from "../base/polled";
import { fetchContests } from "../contests/lines";
import { Key, say } from "../say";
import { OtherPrizes } from "../prizes/of-round";
import { Complaints } from "./complaints";
import { Flags } from "./flags";
import { Overview } from "./overview";
import { Papers } from "./papers";
import { Section, State, fetchRound } from "./round";
import { ResultRound } from "./types";
import { Season } from "./season";
import { RoundWinners } from "./winners";

const EVERY_MS = 5000;

const SECTIONS: Record<string, { name: Key; of: (props: Section) => JSX.Element }> = {
  overview: { name: "res_overview", of: Overview },
  complaints: { name: "res_complaints", of: Complaints },
  flags: { name: "res_flags", of: Flags },
  winners: { name: "res_winners", of: RoundWinners },
  prizes: { name: "pz_others", of: OtherPrizes },
  papers: { name: "res_papers", of: Papers },
};

export default function ResultsPage({ parts: [id, section, part] }: { parts: Route }) {
  if (!id) return <Rounds />;
  if (section === "season") return <Season key={id} contestId={id} section={part} />;
  return <OfRound key={id} roundId={id} section={section && section in SECTIONS ? section : "overview"} />;
}

type Line = ResultRound & { contest: string };

function Rounds() {
  const found = useLoaded(fetchRounds, []);
  return (
    <div class="page">
      <h1>{say("menu_results")}</h1>
      <p class="lead">{say("res_lead")}</p>
      <Show loaded={found}>{(rounds) => <RoundTable rounds={rounds} />}</Show>
    </div>
  );
}

/** Scoring tells of a contest's rounds; one that nobody could have taken has nothing to show. */
async function fetchRounds(): Promise<Line[]> {
  const now = clock.now();
  const begun = (await fetchContests()).filter(({ rounds }) => rounds.some((round) => roundState(round, now) !== "planned"));
  const found = await Promise.all(begun.map(({ contest_id, title }) => roundsOf(contest_id, title)));
  return found.flat().filter(({ state }) => state !== "planned");
}

const roundsOf = async (contestId: string, contest: string): Promise<Line[]> => {
  const path = at("/api/scoring/contests", contestId, "rounds");
  const rounds = (await call<{ rounds: ResultRound[] }>("GET", path)).body.rounds;
  return rounds.map((round) => ({ ...round, contest }));
};

function RoundTable({ rounds }: { rounds: Line[] }) {
  return (
    <DataTable<Line>
      name="results"
      caption={say("menu_results")}
      searchable
      empty={say("rounds_none")}
      keyOf={(round) => round.round_id}
      source={ofList({
        rows: rounds,
        text: (round) => `${round.contest} ${round.title} ${round.round_id}`,
        value: { contest: (round) => round.contest, people: (round) => round.counts?.participants ?? 0 },
      })}
      columns={[
        { key: "round", label: say("round"), cell: (round) => <a href={link("results", round.round_id)}>{round.title}</a> },
        {
          key: "contest",
          label: say("contest"),
          sortable: true,
          cell: (round) => (
            <a href={link("results", round.contest_id, "season")} title={say("res_season")}>
              {round.contest}
            </a>
          ),
        },
        { key: "state", label: say("state"), cell: (round) => <State state={round.state} /> },
        { key: "closes", label: say("window_closes_at"), cell: (round) => (round.closes_at ? shortMoment(round.closes_at) : "–") },
        {
          key: "people",
          label: say("live_participants"),
          isNumber: true,
          sortable: true,
          cell: (round) => counted(round.counts?.participants),
        },
      ]}
    />
  );
}

function OfRound({ roundId, section }: { roundId: string; section: string }) {
  const { value: round, failed, again } = usePolled(() => fetchRound(roundId), EVERY_MS, [roundId]);
  if (!round)
    return (
      <div class="page">
        <h1>{say("menu_results")}</h1>
        <p class="quiet" role="status">
          {failed ? say("board_failed") : say("board_waiting")}
        </p>
      </div>
    );
  const { of: Shown } = SECTIONS[section]!;
  return (
    <div class="page">
      <p class="quiet">
        <a href={link("results")}>{say("menu_results")}</a> · {round.round_id} · <State state={round.state} />
      </p>
      <h1>{round.title}</h1>
      <ul class="tabs" aria-label={say("sections")}>
        {Object.entries(SECTIONS).map(([path, { name }]) => (
          <li key={path}>
            <a href={link("results", roundId, path)} aria-current={path === section ? "page" : undefined}>
              {say(name)}
            </a>
          </li>
        ))}
      </ul>
      {round.results || section === "overview" ? <Shown round={round} again={again} /> : <p>{say("res_none_yet")}</p>}
    </div>
  );
}
