import { load } from "../api";
import { clock } from "../clock";
import { say } from "../messages";
import { featured } from "../phase";
import { link } from "../router";
import { Show, useLoaded } from "../shell/loaded";
import type { ContestLine } from "../types";
import { ContestPage } from "./contest";

/** The contest people come for, and the way to the others. */
export function HomePage() {
  const contests = useLoaded(() => load<{ contests: ContestLine[] }>("/api/exam/contests"), []);
  return (
    <Show loaded={contests}>
      {({ contests: found }) => {
        const first = featured(found, clock.now());
        if (!first)
          return (
            <div class="page narrow">
              <h1>{say("rounds")}</h1>
              <p>{say("none")}</p>
            </div>
          );
        return (
          <>
            <ContestPage contestId={first.contest_id} />
            <Others contests={found.filter((each) => each !== first)} />
          </>
        );
      }}
    </Show>
  );
}

function Others({ contests }: { contests: ContestLine[] }) {
  if (!contests.length) return null;
  return (
    <section class="page">
      <h2>{say("other_contests")}</h2>
      <ul class="links">
        {contests.map((each) => (
          <li key={each.contest_id}>
            <a href={link("contests", each.contest_id)}>{each.title}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
