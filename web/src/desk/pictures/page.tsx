// Charts of a contest, of a round, of a unit in either: #/charts/<contest>/<round, or season>/<tree>/<unit>.
import { useValue } from "../../observable";
import { Route, go } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import { SelectField } from "../base/fields";
import { holds, rights } from "../rights";
import { say } from "../say";
import { Choices, Contest, fetchChoices, fetchUnit, ownUnits } from "./choices";
import { ContestPictures, SEASON } from "./contest";
import { RoundPictures, Scope } from "./round";

export default function PicturesPage({ parts }: { parts: Route }) {
  const units = ownUnits(useValue(rights) ?? []);
  const known = useLoaded(() => fetchChoices(units), [units.join()]);
  return (
    <div class="page">
      <h1>{say("menu_charts")}</h1>
      <p class="lead">{say("pic_lead")}</p>
      <Show loaded={known}>{(choices) => <Chosen choices={choices} parts={parts} />}</Show>
    </div>
  );
}

function Chosen({ choices, parts }: { choices: Choices; parts: Route }) {
  const held = useValue(rights) ?? [];
  const [contestId, roundId, tree, unitId] = parts.length ? parts : home(choices, holds(held, "organiser", "operator"));
  const contest = choices.contests.find(({ contest_id }) => contest_id === contestId) ?? choices.contests[0];
  if (!contest) return <p role="status">{say("pic_none")}</p>;
  const scope: Scope = { tree: tree === "party" ? "party" : "administrative", unitId: unitId || null };
  const round = contest.rounds.find(({ round_id }) => round_id === roundId);
  return (
    <>
      <Tools choices={choices} contest={contest} roundId={round?.round_id ?? ""} scope={scope} />
      {round ? (
        <RoundPictures key={round.round_id} contestId={contest.contest_id} roundId={round.round_id} scope={scope} />
      ) : (
        <ContestPictures key={contest.contest_id} contestId={contest.contest_id} scope={scope} />
      )}
    </>
  );
}

/** An officer begins with the own unit in the last round, everybody else with the whole contest. */
function home({ contests, units }: Choices, oversees: boolean): string[] {
  const [contest] = contests;
  const [unit] = units;
  if (oversees || !contest || !unit) return [];
  return [contest.contest_id, contest.rounds[0]!.round_id, unit.tree, unit.id];
}

interface ToolsProps {
  choices: Choices;
  contest: Contest;
  roundId: string;
  scope: Scope;
}

function Tools({ choices: { contests, units }, contest, roundId, scope }: ToolsProps) {
  const id = contest.contest_id;
  const here = `${scope.tree}/${scope.unitId ?? ""}`;
  const unit = useLoaded(async () => (scope.unitId ? fetchUnit(scope.unitId) : null), [scope.unitId]);
  const name = unit.state === "there" ? unit.value?.name : undefined;
  const scopes = [
    ...(["administrative", "party"] as const).map((tree) => ({ value: `${tree}/`, label: say(`pic_tree_${tree}`) })),
    ...units.map((unit) => ({ value: `${unit.tree}/${unit.id}`, label: unit.name })),
  ];
  return (
    <div class="tools">
      {contests.length > 1 && (
        <SelectField
          name="pic-contest"
          label={say("contest")}
          value={id}
          choices={contests.map(({ contest_id, title }) => ({ value: contest_id, label: title }))}
          onChange={(chosen) => go(["charts", chosen])}
        />
      )}
      <SelectField
        name="pic-round"
        label={say("round")}
        value={roundId}
        choices={[
          { value: "", label: say("pic_all_rounds") },
          ...contest.rounds.map(({ round_id, title }) => ({ value: round_id, label: title })),
        ]}
        onChange={(chosen) => go(["charts", id, chosen || SEASON, scope.tree, scope.unitId ?? ""])}
      />
      <SelectField
        name="pic-scope"
        label={say("pic_scope")}
        value={here}
        choices={scopes.some(({ value }) => value === here) ? scopes : [...scopes, { value: here, label: name ?? "…" }]}
        onChange={(chosen) => go(["charts", id, roundId || SEASON, ...chosen.split("/")])}
      />
      <button type="button" class="second small" onClick={() => print()}>
        {say("pic_print")}
      </button>
    </div>
  );
}
