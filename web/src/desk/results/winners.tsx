// Who would win something: verified or refused, and who would move up.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { precise } from "../../instants";
import { sayIf as sayToAllIf } from "../../messages";
import { Ask, Told } from "../base/ask";
import { usePolled } from "../base/polled";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { Key, say } from "../say";
import { Section, nameOf } from "./round";
import { Candidate, Winners } from "./types";

const EVERY_MS = 5000;

export const RoundWinners = ({ round }: Section) => <Lists path={at("/api/scoring/rounds", round.round_id)} />;

export const SeasonWinners = ({ contestId }: { contestId: string }) => (
  <Lists path={at("/api/scoring/contests", contestId, "season")} />
);

function Lists({ path }: { path: string }) {
  const { value, failed, again } = usePolled(async () => (await call<Winners>("GET", `${path}/winners`)).body, EVERY_MS, [path]);
  const [asked, setAsked] = useState<{ candidate: Candidate; outcome: string } | null>(null);
  if (!value) return <p role="status">{failed ? say("board_failed") : say("board_waiting")}</p>;
  const lists: [Key, Candidate[], Key][] = [
    ["res_candidates", value.winners, "res_candidates_none"],
    ["res_refused", value.refused, "res_refused_none"],
    ["res_reserves", value.reserves, "res_reserves_none"],
  ];
  return (
    <>
      <p class="quiet">{say(value.scope === "season" ? "res_season_lead" : "res_winners_lead")}</p>
      <p class={value.must_be_verified && value.unverified ? "notice" : ""}>
        {say("res_open_winners", { n: value.unverified, all: value.total })}{" "}
        {value.must_be_verified && say("res_must_be_verified")}
      </p>
      {lists.map(([title, rows, none]) => (
        <section key={title}>
          <h2>{say(title)}</h2>
          <People title={title} rows={rows} none={none} decide={(candidate, outcome) => setAsked({ candidate, outcome })} />
        </section>
      ))}
      {asked && <Verdict path={path} {...asked} onChanged={again} onClose={() => setAsked(null)} />}
    </>
  );
}

interface ListProps {
  title: Key;
  rows: Candidate[];
  none: Key;
  decide: (candidate: Candidate, outcome: string) => void;
}

function People({ title, rows, none, decide }: ListProps) {
  const divisions = [...new Set(rows.map(({ division }) => division))];
  return (
    <DataTable<Candidate>
      name={title}
      caption={say(title)}
      empty={say(none)}
      limit={50}
      about={[JSON.stringify(rows)]}
      keyOf={(row) => row.person}
      filters={
        divisions.length > 1
          ? [{ name: "division", label: say("res_division"), choices: divisions.map((value) => ({ value, label: inWords(value) })) }]
          : []
      }
      source={ofList({ rows, text: nameOf, has: { division: (row, chosen) => row.division === chosen } })}
      columns={[
        { key: "division", label: say("res_division"), cell: (row) => inWords(row.division) },
        { key: "place", label: say("res_place"), isNumber: true, cell: (row) => row.division_place },
        { key: "prize", label: say("res_prize"), cell: (row) => (row.prize ? inWords(row.prize) : "–") },
        { key: "name", label: say("res_who"), cell: nameOf },
        { key: "unit", label: say("unit"), cell: (row) => row.unit ?? "–" },
        { key: "points", label: say("res_points"), isNumber: true, cell: (row) => row.points },
        { key: "time", label: say("res_time"), isNumber: true, cell: (row) => precise(row.duration_ms) },
        { key: "check", label: say("res_check"), cell: (row) => <Standing row={row} decide={decide} /> },
      ]}
    />
  );
}

const inWords = (word: string): string => sayToAllIf(word, word);

function Standing({ row, decide }: { row: Candidate; decide: ListProps["decide"] }) {
  const state = row.check?.state ?? "unverified";
  return (
    <>
      <strong>{say(`res_is_${state}` as Key)}</strong>
      {row.check?.reason && <span class="quiet"> {row.check.reason}</span>}
      {row.role !== "reserve" && (
        <span class="row">
          {state !== "verified" && (
            <button type="button" class="second small" onClick={() => decide(row, "verified")}>
              {say("res_verify")}
            </button>
          )}
          {state !== "refused" && (
            <button type="button" class="second small" onClick={() => decide(row, "refused")}>
              {say("res_refuse")}
            </button>
          )}
        </span>
      )}
    </>
  );
}

interface VerdictProps {
  path: string;
  candidate: Candidate;
  outcome: string;
  onChanged: () => void;
  onClose: () => void;
}

function Verdict({ path, candidate, outcome, onChanged, onClose }: VerdictProps) {
  const refused = outcome === "refused";
  const act = async ({ reason }: Told) => {
    await call("POST", `${path}/winners/${encodeURIComponent(candidate.person)}/check`, { body: { outcome, reason } });
    onChanged();
  };
  return (
    <Ask
      title={say(refused ? "res_refuse_ask" : "res_verify_ask", { name: candidate.name ?? candidate.person })}
      confirm={say(refused ? "res_refuse" : "res_verify")}
      grave={refused}
      reason={refused}
      onConfirm={act}
      onClose={onClose}
    >
      <p>{say(refused ? "res_refuse_text" : "res_verify_text")}</p>
    </Ask>
  );
}
