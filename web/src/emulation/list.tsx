// The campaigns in which the person may assess itself, or did.
import "./emulation.css";
import { shortMoment } from "../instants";
import { useValue } from "../observable";
import { SignInPage } from "../pages/sign-in";
import { link } from "../router";
import { person } from "../session";
import { say } from "../messages";
import { Show, useLoaded } from "../shell/loaded";
import { stateOf } from "./dates";
import { fetchLines } from "./lines";
import { OwnLine, writableUntil } from "./types";
import { word } from "./words";

export function OwnCampaignsPage() {
  const who = useValue(person);
  const found = useLoaded(() => (who ? fetchLines() : Promise.resolve([])), [who?.user_id]);
  if (!who) return <SignInPage next={["emulation"]} />;
  return (
    <div class="page narrow">
      <p>
        <a href={link("me")}>← {say("account")}</a>
      </p>
      <h1>{word("title")}</h1>
      <p class="lead">{word("lead")}</p>
      <Show loaded={found}>
        {(lines) => (
          <>
            {lines.length === 0 && <p role="status">{word("none")}</p>}
            {lines.map((line) => (
              <Line key={line.campaign_id} line={line} />
            ))}
          </>
        )}
      </Show>
    </div>
  );
}

function Line({ line }: { line: OwnLine }) {
  const isWaited = line.may_begin || (line.state === "open" && ["draft", "returned"].includes(line.mine));
  return (
    <section class="card">
      <h2>
        <a href={link("emulation", line.campaign_id)}>{line.title}</a>
      </h2>
      <p>
        <strong>{line.state === "decided" ? word("decided") : stateOf(line)}</strong>
        {isWaited && ` · ${word(line.mine === "returned" ? "mend_until" : "assess_until")}: ${shortMoment(writableUntil(line))}`}
      </p>
    </section>
  );
}
