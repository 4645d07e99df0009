// What an organiser may do to a running round: each asks first, tells the public, and is kept in the log.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { shortMoment } from "../../instants";
import { link } from "../../router";
import { Ask, Told } from "../base/ask";
import { InstantField } from "../base/fields";
import { say } from "../say";
import { Round } from "../types";
import { haltOf } from "./board";

const ZONE = "Asia/Ho_Chi_Minh";
const STEP_MS = 30 * 60_000;

interface Props {
  round: Round;
  onChanged: () => void;
}

type Asked = "" | "extend" | "halt" | "resume";

export function Actions({ round, onChanged }: Props) {
  const [asked, setAsked] = useState<Asked>("");
  const halted = haltOf(round) !== null;
  const close = () => setAsked("");
  return (
    <>
      <p class="row">
        {round.state === "open" && !halted && (
          <>
            <button type="button" class="second small" onClick={() => setAsked("extend")}>
              {say("extend")}
            </button>
            <button type="button" class="grave small" onClick={() => setAsked("halt")}>
              {say("halt")}
            </button>
          </>
        )}
        {halted && (
          <button type="button" class="small" onClick={() => setAsked("resume")}>
            {say("resume")}
          </button>
        )}
        {round.state !== "planned" && (
          <a class="button second small" href={link("rounds", round.round_id, "keys")}>
            {say("keys")}
          </a>
        )}
        <a class="button second small" href={link("audit", round.contest_id)}>
          {say("menu_audit")}
        </a>
      </p>
      {asked === "extend" && <Extend round={round} onChanged={onChanged} onClose={close} />}
      {asked === "halt" && <HaltIt round={round} onChanged={onChanged} onClose={close} />}
      {asked === "resume" && <Resume round={round} onChanged={onChanged} onClose={close} />}
    </>
  );
}

interface Open extends Props {
  onClose: () => void;
}

async function act(round: Round, what: string, body: unknown, onChanged: () => void): Promise<void> {
  await call<Round>("POST", at("/api/exam/rounds", round.round_id, what), { body });
  onChanged();
}

function Extend({ round, onChanged, onClose }: Open) {
  const [closesAt, setClosesAt] = useState(new Date(Date.parse(round.closes_at) + STEP_MS).toISOString());
  return (
    <Ask
      title={say("extend_ask", { round: round.title })}
      confirm={say("extend")}
      reason
      notice={say("extend_notice", { round: round.title, at: shortMoment(closesAt) })}
      onConfirm={(told: Told) => act(round, "extend", { ...told, closes_at: closesAt }, onChanged)}
      onClose={onClose}
    >
      <p>{say("extend_text", { at: shortMoment(round.closes_at) })}</p>
      <InstantField
        name="closes_at"
        label={say("extend_to")}
        hint={say("zone_hint")}
        value={closesAt}
        zone={ZONE}
        onChange={setClosesAt}
      />
    </Ask>
  );
}

function HaltIt({ round, onChanged, onClose }: Open) {
  return (
    <Ask
      title={say("halt_ask", { round: round.title })}
      confirm={say("halt")}
      grave
      reason
      notice={say("halt_notice", { round: round.title })}
      onConfirm={(told) => act(round, "halt", told, onChanged)}
      onClose={onClose}
    >
      <p>{say("halt_text")}</p>
    </Ask>
  );
}

function Resume({ round, onChanged, onClose }: Open) {
  return (
    <Ask
      title={say("resume_ask", { round: round.title })}
      confirm={say("resume")}
      notice={say("resume_notice", { round: round.title })}
      onConfirm={({ notice }) => act(round, "resume", { notice }, onChanged)}
      onClose={onClose}
    >
      <p>{say("resume_text")}</p>
    </Ask>
  );
}
