// A helper lets people of the village use this device, one after the other, each with the own account.
import { useState } from "preact/hooks";
import { load } from "../api";
import { clock } from "../clock";
import { UnitFinder } from "../forms/unit-finder";
import { say } from "../messages";
import { useValue } from "../observable";
import { featured, phase } from "../phase";
import { link } from "../router";
import { Person, person, whose } from "../session";
import { Show, useLoaded } from "../shell/loaded";
import type { ContestLine, Unit } from "../types";
import { leave } from "./leaving";
import { helping, setHelping } from "./mode";

/** `done`: somebody's session has just ended. */
export function HelpPage({ done }: { done: boolean }) {
  const mode = useValue(helping);
  const who = useValue(person);
  const here = useValue(whose);
  const next = useLoaded(nextStop, []);
  const someone = who && here === "assisted";
  return (
    <Show loaded={next}>
      {(stop) => (
        <div class="page narrow">
          {!mode || (who && !someone) ? <Begin who={who} /> : someone ? <Now who={who} stop={stop} /> : <Next stop={stop} done={done} />}
        </div>
      )}
    </Show>
  );
}

/** The round people come for; without one, the own account. */
async function nextStop(): Promise<string[]> {
  const { contests } = await load<{ contests: ContestLine[] }>("/api/exam/contests");
  const contest = featured(contests, clock.now());
  const here = contest && phase(contest, clock.now());
  return here && here.kind !== "over" ? ["start", here.round.round_id] : ["me"];
}

function Begin({ who }: { who: Person | null }) {
  const [unit, setUnit] = useState<Unit | null>(null);
  const [told, setTold] = useState("");
  const begin = async () => {
    if (who && !(await leave(who))) return setTold(say("help_waiting"));
    setHelping({ prefilled: { division: "citizens", ...(unit ? { unit } : {}) } });
  };
  return (
    <>
      <h1>{say("help_title")}</h1>
      <p class="lead">{say("help_lead")}</p>
      <ul class="links">
        <li>{say("help_point_1")}</li>
        <li>{say("help_point_2")}</li>
        <li>{say("help_point_3")}</li>
      </ul>
      {who && <p class="notice">{say("help_signs_out", { name: who.name })}</p>}
      <UnitFinder
        name="help_unit"
        label={say("help_unit")}
        hint={say("help_unit_hint")}
        tree="administrative"
        chosen={unit}
        onChoose={setUnit}
      />
      <p class="row">
        <button type="button" onClick={() => void begin()}>
          {say("help_start")}
        </button>
      </p>
      <p role="status">{told}</p>
    </>
  );
}

function Now({ who, stop }: { who: Person; stop: string[] }) {
  return (
    <>
      <h1>
        {say("help_for")} {who.name}
      </h1>
      <p class="row">
        <a class="button" href={link(...stop)}>
          {say("take_part")}
        </a>
        <a class="button second" href={link("me")}>
          {say("my_attempts")}
        </a>
      </p>
    </>
  );
}

function Next({ stop, done }: { stop: string[]; done: boolean }) {
  const { unit } = helping.value!.prefilled;
  return (
    <>
      {done && (
        <p class="notice good" role="status">
          {say("help_done")}
        </p>
      )}
      <h1>{say("help_next")}</h1>
      <p class="lead">{say("help_hand_over")}</p>
      <p class="row">
        <a class="button" href={link("sign-in", ...stop)}>
          {say("have_account")}
        </a>
        <a class="button second" href={link("join", ...stop)}>
          {say("join_first")}
        </a>
      </p>
      {unit && <p class="quiet">{say("help_unit_is", { unit: unit.name })}</p>}
      <p>
        <button type="button" class="plain" onClick={() => setHelping(null)}>
          {say("help_stop")}
        </button>
      </p>
    </>
  );
}
