// Title and rounds: when each opens and closes, on the clock of the contest.
import { TextField } from "../../forms/field";
import { InstantField } from "../base/fields";
import { say } from "../say";
import type { SectionProps } from "./editor";
import { Findings } from "./editor";

const WEEK_MS = 7 * 86_400_000;

export function Calendar({ contest, draft, change, errors, findings }: SectionProps) {
  const zone = draft.rules.time_zone;
  const set = (place: number, part: Partial<(typeof draft.rounds)[number]>) =>
    change({ rounds: draft.rounds.map((round, other) => (other === place ? { ...round, ...part } : round)) });
  return (
    <>
      <TextField
        name="title"
        label={say("title")}
        hint={say("title_hint")}
        value={draft.title}
        wrong={errors.title}
        maxLength={200}
        onChange={(title) => change({ title })}
      />
      <h2>{say("rounds")}</h2>
      <p class="hint">{say("zone_named", { zone })}</p>
      {errors.rounds && <p class="wrong">{errors.rounds}</p>}
      {draft.rounds.map((round, place) => (
        <div key={place}>
          <div class="line">
            <TextField
              name={`rounds.${place}.title`}
              label={say("window_title")}
              value={round.title}
              wrong={errors[`rounds.${place}.title`]}
              maxLength={120}
              onChange={(title) => set(place, { title })}
            />
            <InstantField
              name={`rounds.${place}.opens_at`}
              label={say("window_opens_at")}
              value={round.opens_at}
              zone={zone}
              wrong={errors[`rounds.${place}.opens_at`]}
              onChange={(opens_at) => set(place, { opens_at })}
            />
            <InstantField
              name={`rounds.${place}.closes_at`}
              label={say("window_closes_at")}
              value={round.closes_at}
              zone={zone}
              wrong={errors[`rounds.${place}.closes_at`]}
              onChange={(closes_at) => set(place, { closes_at })}
            />
            <button
              type="button"
              class="plain"
              onClick={() => change({ rounds: draft.rounds.filter((_, other) => other !== place) })}
            >
              {say("remove")} <span class="hidden">{round.title}</span>
            </button>
          </div>
          <Findings findings={findings.filter(({ where }) => where === `rounds.${place + 1}`)} />
        </div>
      ))}
      <p>
        <button
          type="button"
          class="second small"
          onClick={() => change({ rounds: [...draft.rounds, another(contest.contest_id, draft.rounds)] })}
        >
          {say("round_add")}
        </button>
      </p>
    </>
  );
}

/** A week after the last one, at its hours. */
function another(contestId: string, rounds: SectionProps["draft"]["rounds"]) {
  const last = rounds[rounds.length - 1];
  const number = rounds.length + 1;
  const later = (instant: string | undefined, otherwise: number) =>
    new Date(instant ? Date.parse(instant) + WEEK_MS : otherwise).toISOString();
  const soon = Math.ceil(Date.now() / 3_600_000 + 24) * 3_600_000;
  return {
    round_id: `${contestId}-w${number}`,
    number,
    title: say("week_n", { n: number }),
    opens_at: later(last?.opens_at, soon),
    closes_at: later(last?.closes_at, soon + WEEK_MS - 10 * 3_600_000),
  };
}
