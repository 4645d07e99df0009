// What was written, how it was reviewed, what was decided: read only.
import { useState } from "preact/hooks";
import { Criterion, isClaimed } from "../desk/emulation/types";
import { clock } from "../clock";
import { shortMoment } from "../instants";
import { Counted, Groups, Heading } from "./criterion";
import { FileList } from "./file-list";
import { drop, keptOf } from "./kept";
import { OwnAssessment, OwnCampaign, isWritable } from "./types";
import { number, word } from "./words";

interface Props {
  own: OwnCampaign;
  assessment: OwnAssessment;
  userId: string;
}

export function Reading({ own, assessment, userId }: Props) {
  return (
    <>
      <Outcome own={own} assessment={assessment} />
      <Unsent own={own} userId={userId} />
      <p class="lead">
        {word(assessment.state === "confirmed" ? "total_accepted" : "total_claimed", {
          points: number(assessment.total),
          most: number(own.most),
        })}
      </p>
      <Groups criteria={own.criteria}>
        {(criterion) => (
          <section class="card claim" key={criterion.code}>
            <Heading criterion={criterion} fields={own.fields} />
            <Told criterion={criterion} assessment={assessment} />
          </section>
        )}
      </Groups>
    </>
  );
}

/** The one thing the person wants to know now. */
function Outcome({ own, assessment: { state, handed_in_at, reviewed_at, reason } }: Omit<Props, "userId">) {
  if (own.standing) return <Decided own={own} />;
  if (own.state === "decided") return null;
  if (state === "handed-in") return <p class="notice">{word("waits", { at: shortMoment(handed_in_at!) })}</p>;
  if (state === "confirmed") return <p class="notice good">{word("confirmed", { at: shortMoment(reviewed_at!) })}</p>;
  return (
    <div class="notice bad">
      <p>{word("not_in_time")}</p>
      {reason && <p class="said-by">{word("reason_was", { reason })}</p>}
    </div>
  );
}

function Decided({ own: { standing, assessment } }: { own: OwnCampaign }) {
  const { place, total, awards } = standing!;
  if (place === null || total === null) return <p class="notice">{word("not_ranked")}</p>;
  return (
    <section class={awards.length ? "notice good" : "notice"}>
      <p>
        <strong>{word(awards.length ? "nominated" : "not_nominated")}</strong>
      </p>
      {awards.map(({ code, name, given_by }) => (
        <p key={code}>{name.includes(given_by) ? name : `${name} – ${given_by}`}</p>
      ))}
      <p>{word("placed", { place, points: number(total) })}</p>
      {awards.length > 0 && <p class="quiet">{word("only_nominated")}</p>}
      {assessment && assessment.total !== total && <p class="quiet">{word("counted_then")}</p>}
    </section>
  );
}

/** Written on this device after it was too late: shown, so that nobody has to guess what is missing. */
function Unsent({ own, userId }: { own: OwnCampaign; userId: string }) {
  const [kept, setKept] = useState(() => keptOf(own.campaign_id, userId));
  if (!kept?.unsent || isWritable(own, clock.now())) return null;
  const { typed, known } = kept.saving;
  const differing = Object.keys(typed).filter((code) => JSON.stringify(typed[code]) !== JSON.stringify(known[code]));
  if (!differing.length) return null;
  const forget = () => {
    drop(own.campaign_id, userId);
    setKept(null);
  };
  return (
    <section class="notice bad">
      <p>{word("unsent")}</p>
      <ul class="links">
        {differing.map((code) => (
          <li key={code}>
            {code}: {typed[code]!.value || "–"}
            {typed[code]!.note && <span class="said-by"> {typed[code]!.note}</span>}
          </li>
        ))}
      </ul>
      <button type="button" class="second" onClick={forget}>
        {word("unsent_forget")}
      </button>
    </section>
  );
}

function Told({ criterion, assessment }: { criterion: Criterion; assessment: OwnAssessment }) {
  const part = assessment.criteria.find(({ code }) => code === criterion.code);
  const files = assessment.files.filter(({ code }) => code === criterion.code);
  if (!part) return null;
  if (!isClaimed(criterion)) return <Counted value={part.value} points={part.claimed} />;
  return (
    <>
      <p>
        {word("claimed", { points: number(part.claimed) })}
        {criterion.how === "scaled" && part.value !== null && ` (${number(part.value)} %)`}
      </p>
      {part.note && <p class="quiet said-by">{part.note}</p>}
      <FileList assessment={assessment} files={files} />
      {part.accepted !== null && (
        <p class={part.accepted === part.claimed ? "accepted" : "accepted differs"}>
          <strong>{word("accepted", { points: number(part.accepted) })}</strong>
          {part.reason && ` ${word("because", { reason: part.reason })}`}
        </p>
      )}
    </>
  );
}
