// The live board of a round: what goes on now, and what an organiser may do about it.
import { at, call, load } from "../../api";
import { clockTime, shortMoment } from "../../instants";
import { useValue } from "../../observable";
import { link } from "../../router";
import { Countdown } from "../../shell/countdown";
import { LineChart } from "../charts/lines";
import { usePolled } from "../base/polled";
import { organises, rights } from "../rights";
import { number, say, sayIf } from "../say";
import { Live, Round, Scored } from "../types";
import { Actions } from "./actions";
import { Units } from "./units";

const EVERY_MS = 4000;
/** Predictions whose answer is a number on this board. */
const TELLING = ["participants", "attempts"];

interface Figures {
  round: Round;
  live: Live;
  scored: Scored | null;
}

export function Board({ roundId }: { roundId: string }) {
  const { value, failed, again } = usePolled(() => fetchFigures(roundId), EVERY_MS, [roundId]);
  const held = useValue(rights) ?? [];
  if (!value)
    return (
      <div class="page">
        <h1>{say("round_board")}</h1>
        <p class="quiet" role="status">
          {failed ? say("board_failed") : say("board_waiting")}
        </p>
      </div>
    );
  const { round, live, scored } = value;
  return (
    <div class="page">
      <p class="quiet">
        <a href={link("rounds")}>{say("menu_rounds")}</a> · {round.round_id} ·{" "}
        <a href={link("charts", round.contest_id, round.round_id)}>{say("menu_charts")}</a>
      </p>
      <h1>{round.title}</h1>
      <Standing round={round} />
      {failed && (
        <p class="notice bad" role="status">
          {say("board_stale", { at: live.at ? clockTime(live.at, true) : "–" })}
        </p>
      )}
      {organises(held, round.contest_id) && <Actions round={round} onChanged={again} />}
      {TELLING.includes(round.prediction) && round.state !== "closed" && <p class="notice">{say("board_telling")}</p>}
      <Numbers round={round} live={live} scored={scored} />
      <Minutes live={live} />
      <Units roundId={roundId} />
    </div>
  );
}

async function fetchFigures(roundId: string): Promise<Figures> {
  const [round, { body: live }, scored] = await Promise.all([
    load<Round>(at("/api/exam/rounds", roundId)),
    call<Live>("GET", at("/api/exam/rounds", roundId, "live")),
    // Scoring may not have heard of the round yet, or be away: the papers are shown all the same.
    call<Scored>("GET", at("/api/scoring/rounds", roundId)).then(
      ({ body }) => body,
      () => null,
    ),
  ]);
  return { round, live, scored };
}

export const haltOf = ({ halts }: Round) => halts.find(({ resumed_at }) => resumed_at === null) ?? null;

function Standing({ round }: { round: Round }) {
  const halt = haltOf(round);
  if (halt)
    return (
      <p class="notice bad" role="status">
        <strong>{say("halted_since", { at: shortMoment(halt.halted_at) })}</strong> {halt.notice}
      </p>
    );
  const until = round.state === "planned" ? round.opens_at : round.closes_at;
  return (
    <div class="card">
      <p>
        <strong>{sayIf(`round_${round.state}`, round.state)}</strong> ·{" "}
        {say("round_window", { from: shortMoment(round.opens_at), to: shortMoment(round.closes_at) })}
      </p>
      {(round.state === "planned" || round.state === "open") && <Countdown until={Date.parse(until)} />}
      {round.notices.map((each) => (
        <p class="quiet" key={each.announced_at}>
          {shortMoment(each.announced_at)}: {each.notice}
        </p>
      ))}
    </div>
  );
}

function Numbers({ round, live, scored }: Figures) {
  const submitted = round.attempts ?? live.submitted;
  const counts = scored?.counts;
  const waiting = counts ? Math.max(0, submitted - (counts.attempts - counts.unscored)) : null;
  const last = live.minutes[live.minutes.length - 1];
  const shown: [string, string, string][] = [
    [say("live_participants"), counts ? number(counts.participants) : "–", say("live_participants_hint")],
    [say("live_open"), number(live.open), say("live_open_hint")],
    [say("live_submitted"), number(submitted), round.attempts === null ? say("live_submitted_hint") : say("live_counted")],
    [say("live_unscored"), waiting === null ? "–" : number(waiting), say("live_unscored_hint")],
    [say("live_minute"), last ? number(last.submitted) : "–", last ? say("live_minute_hint", { n: last.begun }) : ""],
  ];
  return (
    <>
      <dl class="figures">
        {shown.map(([name, value, hint]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              <small>{hint}</small>
            </dd>
          </div>
        ))}
      </dl>
      <p class="quiet">{live.at ? say("live_at", { at: clockTime(live.at, true) }) : say("live_none")}</p>
    </>
  );
}

function Minutes({ live }: { live: Live }) {
  if (live.minutes.length < 2) return <p class="quiet">{say("minutes_later")}</p>;
  const last = live.minutes[live.minutes.length - 1]!;
  return (
    <LineChart
      title={say("minutes_title")}
      summary={say("minutes_summary", { at: clockTime(last.at), begun: last.begun, submitted: last.submitted })}
      along={say("minute")}
      labels={live.minutes.map(({ at: minute }) => clockTime(minute))}
      series={[
        { name: say("live_begun"), values: live.minutes.map(({ begun }) => begun) },
        { name: say("live_submitted"), values: live.minutes.map(({ submitted }) => submitted) },
      ]}
    />
  );
}
