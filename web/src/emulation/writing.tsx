// The own assessment in work: criterion by criterion, saved by itself, then handed in.
import { useEffect, useState } from "preact/hooks";
import { isClaimed } from "../desk/emulation/types";
import { shortMoment } from "../instants";
import { useValue } from "../observable";
import { link } from "../router";
import { Claimed } from "./claimed";
import { Counted, Groups, Heading } from "./criterion";
import { decimalOf } from "./decimals";
import { HandIn, missingIn } from "./hand-in";
import { EMPTY, Saving, mostOf, worth, wrongOf } from "./saving";
import { OwnCampaign, writableUntil } from "./types";
import { number, word } from "./words";
import type { Status, Work } from "./work";

export function Writing({ work, again }: { work: Work; again: () => void }) {
  const { own, saving } = useValue(work.kept);
  const status = useValue(work.status);
  const elsewhere = useValue(work.elsewhere);
  const refused = useValue(work.refused);
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    // Handed in, decided or too late meanwhile: the server says what it is now.
    if (status === "over") again();
  }, [status]);
  const errors = { ...typedWrongly(own, saving), ...refused, ...(asked ? missingIn(own, saving) : {}) };
  return (
    <>
      <Bar own={own} saving={saving} status={status} />
      <div class="page narrow">
        <p>
          <a href={link("emulation")}>← {word("title")}</a>
        </p>
        <h1>{own.title}</h1>
        <GivenBack own={own} />
        <p>
          {word(own.mine === "returned" ? "mend_until" : "assess_until")}: <strong>{shortMoment(writableUntil(own))}</strong>.{" "}
          {word("saved_by_itself")}
        </p>
        <div role="status">
          {status === "kept" && <p class="notice">{word("kept_here")}</p>}
          {refused[""] && <p class="notice bad">{refused[""]}</p>}
          {elsewhere.length > 0 && <p class="notice">{word("elsewhere", { codes: elsewhere.join(", ") })}</p>}
        </div>
        <Groups criteria={own.criteria}>
          {(criterion) => (
            <section class="card claim" key={criterion.code}>
              <Heading criterion={criterion} fields={own.fields} />
              {isClaimed(criterion) ? (
                <Claimed work={work} criterion={criterion} errors={errors} />
              ) : (
                <Counted {...countedOf(own, criterion.code)} />
              )}
            </section>
          )}
        </Groups>
        <HandIn work={work} errors={errors} asked={() => setAsked(true)} handedIn={again} />
      </div>
    </>
  );
}

/** What cannot be claimed, told while it is typed: it stays here and is not sent. */
export function typedWrongly({ criteria }: OwnCampaign, { typed }: Saving): Record<string, string> {
  const wrong: Record<string, string> = {};
  for (const criterion of criteria.filter(isClaimed)) {
    const reason = wrongOf(criterion, (typed[criterion.code] ?? EMPTY).value);
    if (reason) wrong[`claims.${criterion.code}`] = word(reason, { most: number(mostOf(criterion)) });
  }
  return wrong;
}

const countedOf = ({ assessment }: OwnCampaign, code: string) => {
  const part = assessment?.criteria.find((each) => each.code === code);
  return { value: part?.value ?? null, points: part?.claimed ?? 0 };
};

function GivenBack({ own: { mine, assessment } }: { own: OwnCampaign }) {
  if (mine !== "returned" || !assessment) return null;
  return (
    <div class="notice bad">
      <p>
        <strong>{word("given_back")}</strong>
      </p>
      <p class="said-by">{assessment.reason}</p>
      <p>{word("given_back_todo")}</p>
    </div>
  );
}

const SAID = { saved: "saved", sending: "saving", kept: "kept", "signed-out": "sign_in_to_send", refused: "not_all_saved", over: "saved" } as const;

/** Points and saving, always in sight. */
function Bar({ own, saving, status }: { own: OwnCampaign; saving: Saving; status: Status }) {
  const claimable = own.criteria.filter(isClaimed);
  const done = claimable.filter(({ code }) => saving.typed[code]?.value.trim()).length;
  const told = word(SAID[status]);
  return (
    <div class="bar">
      <div>
        <span>{word("points_of_most", { points: number(totalOf(own, saving)), most: number(own.most) })}</span>
        <span class="done">{word("done_of", { n: done, all: claimable.length })}</span>
        <span class={`saved is-${status}`} role="status">
          {status === "signed-out" ? <a href={link("sign-in", "emulation", own.campaign_id)}>{told}</a> : told}
        </span>
      </div>
      <progress max={claimable.length} value={done} aria-label={word("done_of", { n: done, all: claimable.length })} />
    </div>
  );
}

/** With what the platform counted. */
export function totalOf(own: OwnCampaign, { typed }: Saving): number {
  const points = own.criteria.map((criterion) =>
    isClaimed(criterion)
      ? worth(criterion, decimalOf((typed[criterion.code] ?? EMPTY).value))
      : countedOf(own, criterion.code).points,
  );
  return Math.round(100 * points.reduce((sum, each) => sum + each, 0)) / 100;
}
