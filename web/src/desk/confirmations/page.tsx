// Four eyes: what waits for the second person's confirmation, with what it changes; what one proposed oneself, and what became of it.
import { useState } from "preact/hooks";
import { clock } from "../../clock";
import { shortMoment } from "../../instants";
import { Route, link } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import type { RoundPlan } from "../../types";
import { Ask, Told } from "../base/ask";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { Line, fetchContests } from "../contests/lines";
import { useNames } from "../names";
import { say } from "../say";
import { Proposal, confirm, fetchProposals, giveUp, isOwn, isRefused, waitsForMe } from "../waiting";
import { KeyChange } from "./key-change";
import { OfficialChange } from "./official-change";

export default function ConfirmationsPage(_: { parts: Route }) {
  const [tries, setTries] = useState(0);
  const [done, setDone] = useState("");
  const found = useLoaded(() => Promise.all([fetchProposals(), fetchContests()]), [tries]);
  const changed = (sentence: string) => {
    setDone(sentence);
    setTries(tries + 1);
  };
  return (
    <div class="page">
      <h1>{say("menu_confirmations")}</h1>
      <p class="lead">{say("cf_lead")}</p>
      <p role="status" class={done ? "notice good" : ""}>
        {done}
      </p>
      <Show loaded={found}>
        {([proposals, contests]) => <Inbox proposals={proposals} contests={contests} onChanged={changed} />}
      </Show>
    </div>
  );
}

interface InboxProps {
  proposals: Proposal[];
  contests: Line[];
  onChanged: (sentence: string) => void;
}

function Inbox({ proposals, contests, onChanged }: InboxProps) {
  const name = useNames(proposals.flatMap(({ by, closed_by }) => (closed_by ? [by, closed_by] : [by])));
  const titles = roundTitles(contests);
  const title = ({ subject }: Proposal) => titles.get(subject) ?? subject;
  const shared = { name, title, onChanged };
  const forMe = proposals.filter(waitsForMe);
  return (
    <>
      <section>
        <h2>{say("cf_for_me")}</h2>
        {!forMe.length && <p>{say("cf_none")}</p>}
        {forMe.map((proposal) => (
          <Waiting key={proposal.proposal_id} proposal={proposal} {...shared} />
        ))}
      </section>
      {refusedOfLate(proposals).map((proposal) => (
        <Refused key={proposal.proposal_id} proposal={proposal} {...shared} />
      ))}
      <History heading={say("cf_own")} table="own-proposals" proposals={proposals.filter(isOwn)} {...shared} />
      <History
        heading={say("cf_others")}
        table="other-proposals"
        proposals={proposals.filter((each) => !isOwn(each) && !waitsForMe(each))}
        {...shared}
      />
    </>
  );
}

const roundTitles = (contests: Line[]): Map<string, string> =>
  new Map(
    contests.flatMap(({ title, rounds }) =>
      rounds.map((round: RoundPlan): [string, string] => [round.round_id, `${round.title} – ${title}`]),
    ),
  );

interface Shared {
  name: (id: string) => string;
  title: (proposal: Proposal) => string;
  onChanged: (sentence: string) => void;
}

/** One that waits for this person: what it is about stands before the buttons. */
function Waiting({ proposal, name, title, onChanged }: Shared & { proposal: Proposal }) {
  const [asked, setAsked] = useState<"confirm" | "refuse" | null>(null);
  const [seen, setSeen] = useState(proposal.act === "official");
  const heading = `${say(`cf_act_${proposal.act}`)}: ${title(proposal)}`;
  return (
    <article class="card" aria-label={heading}>
      <h3>{heading}</h3>
      <p>
        {say("cf_proposed", { name: name(proposal.by), at: shortMoment(proposal.at) })}{" "}
        <span class="quiet">{say("cf_until", { at: shortMoment(proposal.expires_at) })}</span>
      </p>
      {proposal.act === "official" ? (
        <OfficialChange proposal={proposal} />
      ) : (
        <KeyChange proposal={proposal} onSeen={() => setSeen(true)} />
      )}
      <p class="row">
        <button type="button" disabled={!seen} onClick={() => setAsked("confirm")}>
          {say("cf_confirm")}
        </button>
        <button type="button" class="second" onClick={() => setAsked("refuse")}>
          {say("cf_refuse")}
        </button>
        <a href={link(...(proposal.act === "official" ? ["results", proposal.subject] : ["rounds", proposal.subject, "keys"]))}>
          {say(proposal.act === "official" ? "cf_to_results" : "cf_to_keys")}
        </a>
      </p>
      {asked === "confirm" && <Confirm proposal={proposal} heading={heading} onChanged={onChanged} onClose={() => setAsked(null)} />}
      {asked === "refuse" && <GiveUp proposal={proposal} heading={heading} onChanged={onChanged} onClose={() => setAsked(null)} />}
    </article>
  );
}

const WEEK_MS = 7 * 24 * 3600 * 1000;

/** What this person proposed and another one refused in the last seven days, unless it was proposed anew since. */
function refusedOfLate(proposals: Proposal[]): Proposal[] {
  const own = proposals.filter(isOwn);
  const isLatest = (each: Proposal) => own.find(({ act, subject }) => act === each.act && subject === each.subject) === each;
  const isNew = ({ closed_at }: Proposal) => clock.now() - Date.parse(closed_at ?? "") < WEEK_MS;
  return own.filter((each) => isRefused(each) && isLatest(each) && isNew(each));
}

function Refused({ proposal, name, title }: Shared & { proposal: Proposal }) {
  const { act, closed_by, closed_at, reason } = proposal;
  return (
    <section class="notice" aria-label={say("cf_refused_own")}>
      <strong>{say("cf_refused_own")}</strong>
      <p>
        {say(`cf_act_${act}`)}: {title(proposal)}
      </p>
      <p>
        {say("cf_refused_by", { name: name(closed_by ?? ""), at: shortMoment(closed_at ?? "") })} <q>{reason}</q>
      </p>
      <p class="quiet">{say("cf_refused_again")}</p>
    </section>
  );
}

interface Acting {
  proposal: Proposal;
  heading: string;
  onChanged: Shared["onChanged"];
  onClose: () => void;
}

function Confirm({ proposal, heading, onChanged, onClose }: Acting) {
  const act = async () => {
    await confirm(proposal);
    onChanged(say("cf_confirmed", { what: heading }));
  };
  return (
    <Ask title={say("cf_confirm_ask")} confirm={say("cf_confirm")} grave onConfirm={act} onClose={onClose}>
      <p>
        <strong>{heading}</strong>
      </p>
      <p>{say(`cf_confirm_${proposal.act}`)}</p>
    </Ask>
  );
}

function GiveUp({ proposal, heading, onChanged, onClose }: Acting) {
  const own = isOwn(proposal);
  const act = async ({ reason }: Told) => {
    await giveUp(proposal, reason);
    onChanged(say(own ? "cf_withdrawn" : "cf_refused", { what: heading }));
  };
  return (
    <Ask
      title={say(own ? "cf_withdraw_ask" : "cf_refuse_ask")}
      confirm={say(own ? "cf_withdraw" : "cf_refuse")}
      reason
      onConfirm={act}
      onClose={onClose}
    >
      <p>
        <strong>{heading}</strong>
      </p>
      <p>{say(own ? "cf_withdraw_text" : "cf_refuse_text")}</p>
    </Ask>
  );
}

interface HistoryProps extends Shared {
  heading: string;
  table: string;
  proposals: Proposal[];
}

function History({ heading, table, proposals, name, title, onChanged }: HistoryProps) {
  const [asked, setAsked] = useState<Proposal | null>(null);
  if (!proposals.length) return null;
  const about = (proposal: Proposal) => `${say(`cf_act_${proposal.act}`)}: ${title(proposal)}`;
  return (
    <section>
      <h2>{heading}</h2>
      <DataTable<Proposal>
        name={table}
        caption={heading}
        keyOf={({ proposal_id }) => proposal_id}
        source={ofList({ rows: proposals, text: about })}
        columns={[
          { key: "what", label: say("what"), cell: (each) => <div class="wide-cell">{about(each)}</div> },
          { key: "details", label: say("cf_details"), cell: details },
          {
            key: "at",
            label: say("cf_at"),
            cell: (each) => (
              <>
                {shortMoment(each.at)}
                {!isOwn(each) && <div class="quiet">{name(each.by)}</div>}
              </>
            ),
          },
          { key: "state", label: say("state"), cell: (each) => <State proposal={each} name={name} /> },
          {
            key: "act",
            label: say("act"),
            cell: (each) =>
              each.state === "open" && isOwn(each) ? (
                <button type="button" class="second small" onClick={() => setAsked(each)}>
                  {say("cf_withdraw")}
                </button>
              ) : (
                "–"
              ),
          },
        ]}
      />
      {asked && <GiveUp proposal={asked} heading={about(asked)} onChanged={onChanged} onClose={() => setAsked(null)} />}
    </section>
  );
}

const details = ({ act, body }: Proposal): string =>
  act === "keys" ? say("cf_key", { question: body.question_id ?? "", right: (body.right ?? "").toUpperCase() }) : body.note || "–";

function State({ proposal, name }: { proposal: Proposal; name: Shared["name"] }) {
  const { state, closed_by, closed_at, reason, expires_at } = proposal;
  return (
    <>
      <strong>{say(isRefused(proposal) ? "cf_state_refused" : `cf_state_${state}`)}</strong>
      {closed_by && closed_at && (
        <div class="quiet">
          {name(closed_by)}, {shortMoment(closed_at)}
        </div>
      )}
      {state === "open" && <div class="quiet">{say("cf_until", { at: shortMoment(expires_at) })}</div>}
      {reason && <div>{reason}</div>}
    </>
  );
}
