// Results of a round: people by division, units, and the files with which anybody can compute them again.
import { at, load } from "../api";
import { Key, say, sayIf } from "../messages";
import { link } from "../router";
import { Show, useLoaded } from "../shell/loaded";
import { PeopleTable, PersonRow, resultsPath } from "./people";
import { UnitRow, UnitTable } from "./units";

interface ScoredRound {
  title: string;
  contest_id?: string;
  state: string;
  counts: { attempts: number; participants: number };
  results: { digest: string; divisions?: Record<string, unknown> } | null;
}

interface Data {
  round: ScoredRound;
  units: UnitRow[];
  first: { rows: PersonRow[]; next: number | null } | null;
}

const FILES = ["results.csv", "results.json", "attempts.csv", "rules.json", "units.csv"];

export function ResultsPage({ roundId, division }: { roundId: string; division?: string }) {
  const path = at("/api/scoring/rounds", roundId);
  const data = useLoaded(() => fetchAll(path, division), [path, division]);
  return (
    <div class="page">
      <p>
        <a href={link()}>← {say("home")}</a>
      </p>
      <Show loaded={data}>
        {({ round, units, first }) => (
          <>
            <h1>{round.title}</h1>
            {round.results && first ? (
              <Results path={path} roundId={roundId} division={division} round={round} units={units} first={first} />
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
  if (!round.results) return { round, units: [], first: null };
  const [units, first] = await Promise.all([unitRows(path), load<Data["first"]>(resultsPath(path, division, 0))]);
  return { round, units, first };
}

/** The units right below the province; the province itself when it has none. */
async function unitRows(path: string): Promise<UnitRow[]> {
  const { rows } = await load<{ rows: UnitRow[] }>(`${path}/units`);
  if (rows.length !== 1) return rows;
  const below = await load<{ rows: UnitRow[] }>(`${path}/units?parent_id=${encodeURIComponent(rows[0]!.unit_id)}`);
  const taking = below.rows.filter((row) => row.suppressed || row.participants);
  taking.sort((one, other) => one.kind.localeCompare(other.kind) || (one.place ?? Infinity) - (other.place ?? Infinity));
  return taking.length ? [...rows, ...taking] : rows;
}

interface Props extends Data {
  path: string;
  roundId: string;
  division?: string;
}

function Results({ path, roundId, division, round, units, first }: Props) {
  const divisions = [undefined, ...Object.keys(round.results!.divisions ?? {})];
  return (
    <>
      <p>
        <span class={`state ${round.state}`}>{say(round.state as Key)}</span> ·{" "}
        {say("summary", { attempts: round.counts.attempts, people: round.counts.participants })}
      </p>
      <p>
        <a href={link("own", roundId)}>{say("own_result_link")}</a>
      </p>
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
      <UnitTable rows={units} />
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
          {say("digest")}: <code>{round.results!.digest}</code>
        </p>
      </section>
    </>
  );
}
