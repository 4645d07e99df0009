// Who would win something: verified or refused, and who would move up.
import { at, call } from "../../api";
import { precise } from "../../instants";
import { sayIf as sayToAllIf } from "../../messages";
import { usePolled } from "../base/polled";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { Key, say } from "../say";
import { Section, SeasonSection, nameOf } from "./round";
import { Candidate, Winners } from "./types";
import { Decide, Decided, JudgedLists } from "./verdict";

const EVERY_MS = 5000;

export const RoundWinners = ({ round }: Section) => <Lists path={at("/api/scoring/rounds", round.round_id)} />;

export const SeasonWinners = ({ path }: SeasonSection) => <Lists path={path} />;

function Lists({ path }: { path: string }) {
  const { value, failed, again } = usePolled(async () => (await call<Winners>("GET", `${path}/winners`)).body, EVERY_MS, [path]);
  if (!value) return <p role="status">{failed ? say("board_failed") : say("board_waiting")}</p>;
  return (
    <>
      <p class="quiet">{say(value.scope === "season" ? "res_season_lead" : "res_winners_lead")}</p>
      <p class={value.must_be_verified && value.unverified ? "notice" : ""}>
        {say("res_open_winners", { n: value.unverified, all: value.total })}{" "}
        {value.must_be_verified && say("res_must_be_verified")}
      </p>
      <JudgedLists<Candidate>
        found={value}
        table={(list) => <People key={list.title} {...list} />}
        check={({ person }, body) => call("POST", `${path}/winners/${encodeURIComponent(person)}/check`, { body })}
        again={again}
      />
    </>
  );
}

interface ListProps {
  title: Key;
  rows: Candidate[];
  none: Key;
  decide: Decide<Candidate> | null;
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
        {
          key: "check",
          label: say("res_check"),
          cell: (row) => <Decided check={row.check} decide={decide && ((outcome) => decide(row, outcome))} />,
        },
      ]}
    />
  );
}

const inWords = (word: string): string => sayToAllIf(word, word);
