// Results of a round: people by division, units, and the files with which anybody can compute them again.
import { at, load } from "../api";
import { Key, say, sayIf } from "../messages";
import { useValue } from "../observable";
import { link } from "../router";
import { person } from "../session";
import { Arrived } from "../shell/arrived";
import { later } from "../shell/later";
import { Show, useLoaded } from "../shell/loaded";
import { PeopleTable, PersonRow, resultsPath } from "./people";
import { OtherPrizes } from "../prizes/of-round";
import { UnitTables } from "./units";

const OwnCertificate = later(() => import("../certificates/own").then((found) => found.OwnCertificate));

interface ScoredRound {
  title: string;
  contest_id?: string;
  state: string;
  counts: { attempts: number; participants: number };
  results: { digest: string; divisions?: Record<string, unknown> } | null;
}

interface Data {
  round: ScoredRound;
  first: { rows: PersonRow[]; next: number | null } | null;
}

const FILES = ["results.csv", "results.json", "attempts.csv", "rules.json", "units.csv", "prizes.csv"];

export function ResultsPage({ roundId, division }: { roundId: string; division?: string }) {
  const path = at("/api/scoring/rounds", roundId);
  const data = useLoaded(() => fetchAll(path, division), [path, division]);
  return (
    <div class="page">
      <p>
        <a href={link()}>← {say("home")}</a>
      </p>
      <Show loaded={data}>
        {({ round, first }) => (
          <>
            <Arrived contestId={round.contest_id} />
            <h1>{round.title}</h1>
            {round.results && first ? (
              <Results path={path} roundId={roundId} division={division} round={round} first={first} />
            ) : (
              <p>{say("pending")}</p>
            )}
          </>
        )}
      </Show>
    </div>
  );
}

async function fetchAll(path: string, division?: string): Promise<Data> {
  const round = await load<ScoredRound>(path);
  return { round, first: round.results && (await load<Data["first"]>(resultsPath(path, division, 0))) };
}

interface Props extends Data {
  path: string;
  roundId: string;
  division?: string;
}

function Results({ path, roundId, division, round, first }: Props) {
  const who = useValue(person);
  const divisions = [undefined, ...Object.keys(round.results!.divisions ?? {})];
  return (
    <>
      <p>
        <span class={`state ${round.state}`}>{say(round.state as Key)}</span> ·{" "}
        {say("summary", { attempts: round.counts.attempts, people: round.counts.participants })}
      </p>
      <p>
        <a href={link("own", roundId)}>{say("own_result_link")}</a> · <a href={link("charts", roundId)}>{say("charts_link")}</a>
      </p>
      {who && <OwnCertificate roundId={roundId} />}
      <h2>{say("people")}</h2>
      <nav class="choices" aria-label={say("people")}>
        {divisions.map((name) => (
          <a key={name} href={link("rounds", roundId, name)} aria-current={name === division ? "page" : undefined}>
            {name ? sayIf(name, name) : say("all")}
          </a>
        ))}
      </nav>
      <PeopleTable key={`${path}/${division}`} path={path} division={division} first={first!} />
      <h2>{say("units")}</h2>
      <UnitTables path={path} tree="administrative" href={(tree, id) => link("units", roundId, tree, id)} />
      {round.contest_id && <OtherPrizes contestId={round.contest_id} roundId={roundId} />}
      <section class="card">
        <h2>{say("files")}</h2>
        <p class="choices">
          {FILES.map((file) => (
            <a key={file} href={`${path}/${file}`} download="">
              {file}
            </a>
          ))}
        </p>
        <p class="quiet">
          {say("digest")}: <code>{round.results!.digest}</code> · <a href={`${path}/signature`}>{say("results_signature")}</a>
        </p>
      </section>
    </>
  );
}
