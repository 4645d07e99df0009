// Contests: the list, and behind each line the contest itself.
import { shortMoment } from "../../instants";
import { Route, link } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { say, sayIf } from "../say";
import { ContestEditor } from "./editor";
import { Line, fetchContests } from "./lines";

export default function ContestsPage({ parts: [contestId, section] }: { parts: Route }) {
  return contestId ? <ContestEditor key={contestId} contestId={contestId} section={section} /> : <Contests />;
}

function Contests() {
  const found = useLoaded(fetchContests, []);
  return (
    <div class="page">
      <h1>{say("menu_contests")}</h1>
      <p>
        <a class="button small" href={link("new")}>
          {say("menu_new")}
        </a>
      </p>
      <Show loaded={found}>{(contests) => <ContestTable contests={contests} />}</Show>
    </div>
  );
}

const opens = ({ rounds }: Line): string => rounds[0]?.opens_at ?? "";
const closes = ({ rounds }: Line): string => rounds[rounds.length - 1]?.closes_at ?? "";

function ContestTable({ contests }: { contests: Line[] }) {
  return (
    <DataTable<Line>
      name="contests"
      caption={say("menu_contests")}
      searchable
      empty={say("contests_none")}
      keyOf={(contest) => contest.contest_id}
      filters={[
        {
          name: "state",
          label: say("state"),
          choices: ["draft", "published"].map((value) => ({ value, label: sayIf(`state_${value}`, value) })),
        },
      ]}
      source={ofList({
        rows: contests,
        text: (contest) => `${contest.title} ${contest.contest_id}`,
        value: { title: (contest) => contest.title, opens },
        has: { state: (contest, chosen) => contest.state === chosen },
      })}
      columns={[
        {
          key: "title",
          label: say("contest"),
          sortable: true,
          cell: (contest) => (
            <>
              <a href={link("contests", contest.contest_id)}>{contest.title}</a>
              <div class="quiet">{contest.contest_id}</div>
            </>
          ),
        },
        { key: "state", label: say("state"), cell: (contest) => sayIf(`state_${contest.state}`, contest.state) },
        {
          key: "opens",
          label: say("calendar"),
          sortable: true,
          cell: (contest) =>
            contest.rounds.length ? `${shortMoment(opens(contest))} – ${shortMoment(closes(contest))}` : say("calendar_none"),
        },
        { key: "rounds", label: say("rounds"), isNumber: true, cell: (contest) => contest.rounds.length },
      ]}
    />
  );
}
