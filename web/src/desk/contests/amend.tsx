// After the publication: the title, and later windows of rounds that have not opened, with a public notice.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { clock } from "../../clock";
import { TextField } from "../../forms/field";
import { shortMoment } from "../../instants";
import { link } from "../../router";
import { Ask, Told } from "../base/ask";
import { InstantField } from "../base/fields";
import { say } from "../say";
import { Contest } from "../types";
import { labelOf } from "./rule-field";

export function Amendments({ contest, onAmended }: { contest: Contest; onAmended: () => void }) {
  const [title, setTitle] = useState(contest.title);
  const [rounds, setRounds] = useState(contest.rounds);
  const [asking, setAsking] = useState(false);
  const zone = contest.rules.time_zone;
  const now = clock.now();
  const set = (number: number, part: Partial<Contest["rounds"][number]>) =>
    setRounds(rounds.map((round) => (round.number === number ? { ...round, ...part } : round)));
  const moved = rounds.filter((round, place) => round !== contest.rounds[place]);
  const send = async (told: Told) => {
    const windows = moved.map(({ number, title: name, opens_at, closes_at }) => [number, { title: name, opens_at, closes_at }]);
    const body = { ...told, title, rounds: Object.fromEntries(windows) };
    await call<Contest>("POST", at("/api/exam/contests", contest.contest_id, "amend"), { body });
    onAmended();
  };
  return (
    <>
      <p class="notice">{say("amend_hint")}</p>
      <p class="row">
        {contest.rounds.map((round) => (
          <a key={round.round_id} class="button second small" href={link("rounds", round.round_id)}>
            {round.title}: {say("round_board")}
          </a>
        ))}
      </p>
      <TextField name="title" label={say("title")} value={title} maxLength={200} onChange={setTitle} />
      {rounds
        .filter((round) => Date.parse(contest.rounds.find(({ number }) => number === round.number)!.opens_at) > now)
        .map((round) => (
          <div class="line" key={round.number}>
            <TextField
              name={`rounds.${round.number}.title`}
              label={say("window_title")}
              value={round.title}
              maxLength={120}
              onChange={(name) => set(round.number, { title: name })}
            />
            <InstantField
              name={`rounds.${round.number}.opens_at`}
              label={say("window_opens_at")}
              value={round.opens_at}
              zone={zone}
              onChange={(opens_at) => set(round.number, { opens_at })}
            />
            <InstantField
              name={`rounds.${round.number}.closes_at`}
              label={say("window_closes_at")}
              value={round.closes_at}
              zone={zone}
              onChange={(closes_at) => set(round.number, { closes_at })}
            />
          </div>
        ))}
      <p>
        <button type="button" disabled={title === contest.title && !moved.length} onClick={() => setAsking(true)}>
          {say("amend")}
        </button>
      </p>
      {contest.amendments.length > 0 && <Earlier contest={contest} />}
      {asking && (
        <Ask
          title={say("amend_ask")}
          confirm={say("amend")}
          reason
          notice=""
          labelOf={amended}
          onConfirm={send}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function Earlier({ contest }: { contest: Contest }) {
  return (
    <section>
      <h2>{say("amendments")}</h2>
      {[...contest.amendments].reverse().map((each) => (
        <article class="card" key={each.revision}>
          <h3>
            {say("amendment_n", { n: each.revision })} · {shortMoment(each.announced_at)}
          </h3>
          <p>{each.notice}</p>
          <p class="quiet">
            {say("reason")}: {each.reason}
          </p>
          <ul>
            {Object.entries(each.changes).map(([part, { before, after }]) => (
              <li key={part}>
                {amended(part)}: {told(before)} → {told(after)}
              </li>
            ))}
          </ul>
        </article>
      ))}
    </section>
  );
}

/** "rounds.2.opens_at" counts rounds from 1, a body from 0. */
const amended = (part: string) => labelOf(part.replace(/^rounds\.(\d+)/, (_, n) => `rounds.${Number(n) - 1}`));

const told = (value: string) => (/^\d{4}-\d\d-\d\dT/.test(value) ? shortMoment(value) : value);
