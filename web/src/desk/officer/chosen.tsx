// Which unit and which contest an officer looks at: chosen once, kept on the device, the same on every page.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { at, call, load } from "../../api";
import { clock } from "../../clock";
import { device } from "../../device";
import { useValue } from "../../observable";
import { Show, useLoaded } from "../../shell/loaded";
import type { RoundPlan } from "../../types";
import { Line, fetchContests } from "../contests/lines";
import { SelectField } from "../base/fields";
import { rights } from "../rights";
import { say } from "../say";
import type { Unit } from "./types";

export interface Chosen {
  unit: Unit;
  contest: Line;
  /** Those that have opened, the last one first. */
  rounds: RoundPlan[];
}

const ROOM = "desk.officer";

interface Props {
  title: string;
  lead: string;
  children: (chosen: Chosen) => ComponentChildren;
}

/** The frame of every officer's page. */
export function OfficerPage({ title, lead, children }: Props) {
  const held = useValue(rights) ?? [];
  const ids = held.filter(({ role, kind }) => role === "officer" && kind === "unit").map(({ id }) => id);
  const known = useLoaded(() => fetchChoices(ids), [ids.join()]);
  return (
    <div class="page">
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      <Show loaded={known}>{(choices) => <Choosing {...choices}>{children}</Choosing>}</Show>
    </div>
  );
}

interface Choices {
  units: Unit[];
  contests: Line[];
}

async function fetchChoices(ids: string[]): Promise<Choices> {
  const [units, contests] = await Promise.all([
    Promise.all(ids.map((id) => load<Unit>(at("/api/registration/units", id)))),
    fetchContests(),
  ]);
  const published = contests.filter(({ state }) => state === "published");
  return { units, contests: published.sort((one, other) => begun(other) - begun(one)) };
}

/** When its last round that has opened did so; what lies ahead comes after what is going on. */
const begun = (contest: Line): number => Math.max(0, ...openedOf(contest).map(({ opens_at }) => Date.parse(opens_at)));

const openedOf = ({ rounds }: Line): RoundPlan[] => {
  const now = clock.now();
  return rounds.filter(({ opens_at }) => Date.parse(opens_at) <= now).sort((one, other) => other.number - one.number);
};

function Choosing({ units, contests, children }: Choices & Pick<Props, "children">) {
  const [kept, setKept] = useState<{ unit?: string; contest?: string }>(device.read(ROOM) ?? {});
  const choose = (part: Partial<typeof kept>) => {
    const next = { ...kept, ...part };
    device.write(ROOM, next);
    setKept(next);
  };
  const unit = units.find(({ id }) => id === kept.unit) ?? units[0];
  const contest = contests.find(({ contest_id }) => contest_id === kept.contest) ?? contests[0];
  if (!unit || !contest) return <p role="status">{say(unit ? "of_no_contest" : "of_no_unit")}</p>;
  return (
    <>
      <div class="tools">
        {units.length > 1 ? (
          <SelectField
            name="of-unit"
            label={say("unit")}
            value={unit.id}
            choices={units.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id) => choose({ unit: id })}
          />
        ) : (
          <p class="field">
            {say("unit")}: <strong>{unit.name}</strong>
          </p>
        )}
        {contests.length > 1 && (
          <SelectField
            name="of-contest"
            label={say("contest")}
            value={contest.contest_id}
            choices={contests.map(({ contest_id, title }) => ({ value: contest_id, label: title }))}
            onChange={(id) => choose({ contest: id })}
          />
        )}
      </div>
      <div key={`${unit.id} ${contest.contest_id}`}>{children({ unit, contest, rounds: openedOf(contest) })}</div>
    </>
  );
}

/** A round of the contest; the last one that opened at first. */
export function RoundChoice({ rounds, value, onChange }: { rounds: RoundPlan[]; value: string; onChange: (id: string) => void }) {
  if (rounds.length < 2) return null;
  return (
    <SelectField
      name="of-round"
      label={say("round")}
      value={value}
      choices={rounds.map(({ round_id, title }) => ({ value: round_id, label: title }))}
      onChange={onChange}
    />
  );
}

export async function get<T>(base: string, ...parts: string[]): Promise<T> {
  return (await call<T>("GET", at(base, ...parts))).body;
}
