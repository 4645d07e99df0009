// Prizes of a whole contest: who wins over all rounds, people and units, and the minutes of it.
import type { JSX } from "preact";
import { at, call } from "../../api";
import { link } from "../../router";
import { usePolled } from "../base/polled";
import { SeasonPrizes } from "../prizes/of-round";
import { Key, say } from "../say";
import { SeasonPapers } from "./papers";
import type { SeasonSection } from "./round";
import type { ResultRound } from "./types";
import { SeasonWinners } from "./winners";

const EVERY_MS = 5000;

const SECTIONS: Record<string, { name: Key; of: (props: SeasonSection) => JSX.Element }> = {
  winners: { name: "res_winners", of: SeasonWinners },
  prizes: { name: "pz_others", of: SeasonPrizes },
  papers: { name: "res_minutes", of: SeasonPapers },
};

interface Rounds {
  title: string;
  rounds: ResultRound[];
}

export function Season({ contestId, section }: { contestId: string; section?: string }) {
  const path = at("/api/scoring/contests", contestId);
  const { value, failed } = usePolled(async () => (await call<Rounds>("GET", `${path}/rounds`)).body, EVERY_MS, [path]);
  const chosen = section && section in SECTIONS ? section : "winners";
  const { of: Shown } = SECTIONS[chosen]!;
  return (
    <div class="page">
      <p class="quiet">
        <a href={link("results")}>{say("menu_results")}</a> · {value?.title ?? contestId}
      </p>
      <h1>{say("res_season")}</h1>
      <ul class="tabs" aria-label={say("sections")}>
        {Object.entries(SECTIONS).map(([part, { name }]) => (
          <li key={part}>
            <a href={link("results", contestId, "season", part)} aria-current={part === chosen ? "page" : undefined}>
              {say(name)}
            </a>
          </li>
        ))}
      </ul>
      {!value && (
        <p class="quiet" role="status">
          {failed ? say("board_failed") : say("board_waiting")}
        </p>
      )}
      {value && !value.rounds.some(hasResults) && <p>{say("res_none_yet")}</p>}
      {value && value.rounds.some(hasResults) && (
        <Shown path={`${path}/season`} contestId={contestId} official={value.rounds.every(isOfficial)} />
      )}
      <p>
        <a href={link("prizes", contestId)}>{say("menu_prizes")}</a> · <a href={link("charts", contestId)}>{say("menu_charts")}</a>
      </p>
    </div>
  );
}

const isOfficial = ({ state }: ResultRound): boolean => state === "official";

const hasResults = ({ state }: ResultRound): boolean => state === "provisional" || state === "official";
