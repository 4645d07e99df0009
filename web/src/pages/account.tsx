// The own attempts of the contest's rounds, and the way out.
import { at, call, load } from "../api";
import { clock } from "../clock";
import { clockTime, shortMoment } from "../instants";
import { say } from "../messages";
import { useValue } from "../observable";
import { forgetAssessments } from "../emulation/forget";
import { forgetPapers } from "../paper/kept";
import { forgetReceipts } from "../paper/receipts";
import { featured } from "../phase";
import { go, link } from "../router";
import { person, signOut } from "../session";
import { Show, useLoaded } from "../shell/loaded";
import { SignInPage } from "./sign-in";
import { later } from "../shell/later";
import type { ContestLine, OwnAttempts, RoundPlan } from "../types";

const OwnCampaignsLink = later<object>(() => import("../emulation/link").then((found) => found.OwnCampaignsLink), true);
const OwnCertificate = later(() => import("../certificates/own").then((found) => found.OwnCertificate));

interface OwnRound {
  round: RoundPlan;
  own: OwnAttempts;
}

export function AccountPage() {
  const who = useValue(person);
  if (!who) return <SignInPage next={["me"]} />;
  return (
    <div class="page narrow">
      <h1>{who.name}</h1>
      <p class="quiet">{[who.phone, who.email].filter(Boolean).join(" · ")}</p>
      <p>
        <a href={link("my-data")}>{say("own_data_link")}</a>
      </p>
      <OwnCampaignsLink />
      <h2>{say("my_attempts")}</h2>
      <OwnRounds />
      <p>
        <a href={link("security")}>{say("sec_title")}</a>
      </p>
      <p class="row">
        <button type="button" class="second" onClick={() => void leave(who.user_id)}>
          {say("sign_out")}
        </button>
      </p>
    </div>
  );
}

/** On a shared device nothing of the person stays. */
async function leave(userId: string) {
  forgetPapers(userId);
  forgetReceipts(userId);
  forgetAssessments(userId);
  await signOut();
  go([]);
}

function OwnRounds() {
  const found = useLoaded(ownRounds, []);
  return (
    <Show loaded={found}>
      {(rounds) =>
        rounds.length ? rounds.map((each) => <OneRound key={each.round.round_id} {...each} />) : <p>{say("no_attempts")}</p>
      }
    </Show>
  );
}

/** The rounds that have begun, of the contest people come for; the last one first. */
async function ownRounds(): Promise<OwnRound[]> {
  const { contests } = await load<{ contests: ContestLine[] }>("/api/exam/contests");
  const begun = (featured(contests, clock.now())?.rounds ?? []).filter((round) => Date.parse(round.opens_at) <= clock.now());
  const rounds = [...begun]
    .reverse()
    .map(async (round) => ({
      round,
      own: (await call<OwnAttempts>("GET", at("/api/exam/rounds", round.round_id, "attempts"))).body,
    }));
  return Promise.all(rounds);
}

function OneRound({ round, own }: OwnRound) {
  return (
    <section class="card">
      <h3>{round.title}</h3>
      <p class="quiet">{say("from_to", { from: shortMoment(round.opens_at), to: shortMoment(round.closes_at) })}</p>
      {own.attempts.length === 0 && <p>{say("no_attempts")}</p>}
      <ul class="links">
        {own.attempts.map((each) => (
          <li key={each.attempt_id}>
            {say("attempt_n", { n: each.number })} ·{" "}
            {each.state === "submitted"
              ? say("attempt_submitted", { at: shortMoment(each.submitted_at!) })
              : say(each.state === "open" ? "attempt_open" : "attempt_void")}{" "}
            {each.state === "open" && Date.parse(each.deadline_at) > clock.now() && (
              <a href={link("paper", each.attempt_id)}>
                {say("go_on")} ({clockTime(each.deadline_at)})
              </a>
            )}
            {each.state === "submitted" && (
              <>
                <a href={link("receipt", each.attempt_id)}>{say("receipt")}</a> ·{" "}
                <a href={link("review", each.attempt_id)}>{say("review")}</a>
              </>
            )}
          </li>
        ))}
      </ul>
      {Date.parse(round.closes_at) <= clock.now() && (
        <p>
          <a href={link("own", round.round_id)} aria-label={`${say("own_result_link")}: ${round.title}`}>
            {say("own_result_link")}
          </a>
        </p>
      )}
      {own.attempts.some((each) => each.state === "submitted") && <OwnCertificate roundId={round.round_id} />}
    </section>
  );
}
