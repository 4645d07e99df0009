// The own result of a round, and complaints about it.
import "./own.css";
import { useState } from "preact/hooks";
import { at, call, load } from "../api";
import { precise, shortMoment } from "../instants";
import { Key, say, sayIf } from "../messages";
import { OwnCertificate } from "../certificates/own";
import { OwnPools } from "../prizes/own";
import { useValue } from "../observable";
import { SignInPage } from "../pages/sign-in";
import { link } from "../router";
import { person } from "../session";
import { Facts } from "../shell/facts";
import { Show, useLoaded } from "../shell/loaded";
import { ComplaintForm } from "./complaint-form";
import { ComplaintCard } from "./complaints";
import { lastDay } from "./days";
import type { Complaint, Mine, Period, Place } from "./types";

interface Data {
  title: string;
  contestId: string;
  mine: Mine;
  complaints: Complaint[];
}

export function OwnResultPage({ roundId }: { roundId: string }) {
  const who = useValue(person);
  const [changes, setChanges] = useState(0);
  const found = useLoaded(() => (who ? fetchAll(roundId) : Promise.resolve(null)), [roundId, who?.user_id, changes]);
  if (!who) return <SignInPage next={["own", roundId]} />;
  const again = () => setChanges((count) => count + 1);
  return <Show loaded={found}>{(data) => data && <Own data={data} roundId={roundId} again={again} />}</Show>;
}

async function fetchAll(roundId: string): Promise<Data> {
  const [round, mine, own] = await Promise.all([
    load<{ title: string; contest_id: string }>(at("/api/scoring/rounds", roundId)),
    call<Mine>("GET", at("/api/scoring/rounds", roundId, "mine")),
    call<{ complaints: Complaint[] }>("GET", "/api/scoring/me/complaints"),
  ]);
  const complaints = own.body.complaints.filter((each) => each.round_id === roundId);
  return { title: round.title, contestId: round.contest_id, mine: mine.body, complaints };
}

function Own({ data: { title, contestId, mine, complaints }, roundId, again }: { data: Data; roundId: string; again: () => void }) {
  return (
    <div class="page narrow">
      <p>
        <a href={link("me")}>← {say("account")}</a>
      </p>
      <h1>{say("own_result", { round: title })}</h1>
      <p>
        <span class={`state ${mine.state}`}>{sayIf(mine.state, mine.state)}</span>
      </p>
      {mine.result ? <PlaceFacts place={mine.result} /> : <p>{say(mine.complaints ? "own_no_result" : "pending")}</p>}
      <OwnCertificate roundId={roundId} />
      <OwnPools contestId={contestId} roundId={roundId} />
      <AttemptTable mine={mine} />
      <p>
        <a href={link("rounds", roundId)}>{say("see_results")}</a>
      </p>
      <h2 id="complaints">{say("own_complaints")}</h2>
      {mine.complaints ? <PeriodText period={mine.complaints} /> : <p>{say("own_complaints_later")}</p>}
      {complaints.map((each) => (
        <ComplaintCard key={each.complaint_id} complaint={each} changed={again} />
      ))}
      {mine.complaints?.open && (
        <ComplaintForm roundId={roundId} numbers={mine.attempts.map((each) => each.number)} sent={again} />
      )}
    </div>
  );
}

function PlaceFacts({ place }: { place: Place }) {
  const division = sayIf(place.division, place.division);
  const facts: [Key, string | null][] = [
    ["own_place", say("own_place_of", { place: place.division_place, division, all: place.place })],
    ["right", String(place.right)],
    ["time", precise(place.duration_ms)],
    ["prediction_error", place.prediction_error === null ? null : String(place.prediction_error)],
    ["prize", place.prize && sayIf(place.prize, place.prize)],
  ];
  return <Facts facts={facts.map(([key, value]) => [say(key), value])} />;
}

function AttemptTable({ mine }: { mine: Mine }) {
  if (!mine.attempts.length) return null;
  const invalid = new Map((mine.invalidated ?? []).map((each) => [each.number, each.reason]));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={say("my_attempts")}>
      <table>
        <thead>
          <tr>
            <th>{say("receipt_attempt")}</th>
            <th class="number">{say("right")}</th>
            <th class="number">{say("time")}</th>
            <th>{say("receipt_time")}</th>
          </tr>
        </thead>
        <tbody>
          {mine.attempts.map((each) => (
            <tr key={each.number}>
              <td>
                {say("attempt_n", { n: each.number })}
                {invalid.has(each.number) && <p class="wrong">{say("own_invalid", { reason: invalid.get(each.number)! })}</p>}
              </td>
              <td class="number">{each.right ?? "–"}</td>
              <td class="number">{precise(each.duration_ms)}</td>
              <td>{shortMoment(each.submitted_at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PeriodText({ period }: { period: Period }) {
  if (!period.open) return <p>{say("own_period_over", { day: lastDay(period.until) })}</p>;
  return <p>{say("own_period", { until: lastDay(period.until), official: lastDay(period.official_by) })}</p>;
}
