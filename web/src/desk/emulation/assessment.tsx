// One assessment, criterion by criterion: written from below with evidence, reviewed from above.
import { useRef, useState } from "preact/hooks";
import { at, call } from "../../api";
import { ErrorSummary } from "../../forms/errors";
import { Show, useLoaded } from "../../shell/loaded";
import { Ask } from "../base/ask";
import { useDoing } from "../base/doing";
import { Standing } from "../base/fields";
import { named } from "../base/named";
import { say, sayIf } from "../say";
import { Claimed, Judged, Shown } from "./criterion";
import { points } from "./decimal";
import { BASE, Section } from "./section";
import { Assessment, Campaign, Criterion, isClaimed } from "./types";

export function AssessmentSection({ campaign, rest: [id = ""] }: Section) {
  const [round, setRound] = useState(0);
  const [saved, setSaved] = useState<Assessment | null>(null);
  const found = useLoaded(async () => (await call<Assessment>("GET", at(`${BASE}/assessments`, id))).body, [id, round]);
  const onSaved = (next?: Assessment) => {
    setSaved(next ?? null);
    if (!next) setRound(round + 1);
  };
  return (
    <Show loaded={found}>
      {(loaded) => {
        const shown = saved ?? loaded;
        return (
          <>
            <Head campaign={campaign} assessment={shown} />
            <Body key={shown.revision} campaign={campaign} assessment={shown} onSaved={onSaved} />
          </>
        );
      }}
    </Show>
  );
}

function Head({ campaign, assessment }: { campaign: Campaign; assessment: Assessment }) {
  const { name, position, unit_name, kind, state, total, reason } = assessment;
  return (
    <>
      <h2>
        {name || say("em_forgotten")}
        {kind === "individual" && ` – ${[position, unit_name].filter(Boolean).join(", ")}`}
      </h2>
      <p>
        <strong>{sayIf(`em_is_${state}`, state)}</strong> ·{" "}
        {say("em_points_of_most", { points: points(total), most: points(campaign.most[kind]) })}
      </p>
      {reason && <p class="notice">{say("em_given_back_because", { reason })}</p>}
    </>
  );
}

interface Props {
  campaign: Campaign;
  assessment: Assessment;
  onSaved: (saved?: Assessment) => void;
}

function Body(props: Props) {
  const { campaign, assessment } = props;
  const isOpen = campaign.state === "open";
  if (isOpen && assessment.may_write && ["draft", "returned"].includes(assessment.state)) return <Writing {...props} />;
  if (isOpen && assessment.may_review && assessment.state === "handed-in") return <Reviewing {...props} />;
  return (
    <>
      <Groups criteria={campaign.rules[assessment.kind]}>
        {(criterion) => <Shown criterion={criterion} assessment={assessment} />}
      </Groups>
      {isOpen && assessment.may_review && assessment.state === "confirmed" && <GiveBack {...props} />}
    </>
  );
}

/** Criteria under the headings of the rules. */
function Groups({ criteria, children }: { criteria: Criterion[]; children: (criterion: Criterion) => preact.ComponentChildren }) {
  const groups = [...new Set(criteria.map(({ group }) => group))];
  return (
    <>
      {groups.map((group) => (
        <section key={group}>
          {group && <h3>{group}</h3>}
          {criteria
            .filter((each) => each.group === group)
            .map((each) => (
              <div class="card" key={each.code}>
                {children(each)}
              </div>
            ))}
        </section>
      ))}
    </>
  );
}

const inWords = (path: string): string => path.split(".").pop() ?? path;

export interface Claim {
  value: number | null;
  note: string;
}

function Writing({ campaign, assessment, onSaved }: Props) {
  const criteria = campaign.rules[assessment.kind];
  // What the server has: a save before a file that is then refused moves it on without drawing this anew.
  const latest = useRef(assessment);
  const before = claimsOf(latest.current);
  const [claims, setClaims] = useState<Record<string, Claim>>(before);
  const [asked, setAsked] = useState(false);
  const { busy, errors, round, run } = useDoing();
  const isChanged = JSON.stringify(claims) !== JSON.stringify(before);
  const path = at(`${BASE}/assessments`, assessment.assessment_id);
  const save = async (): Promise<Assessment> => {
    const written = criteria.filter(isClaimed).map(({ code }) => ({ code, ...claims[code]! }));
    const body = { revision: latest.current.revision, claims: written };
    return (latest.current = (await call<Assessment>("PUT", `${path}/claims`, { body })).body);
  };
  const handIn = async () => {
    const body = { revision: latest.current.revision };
    onSaved((await call<Assessment>("POST", `${path}/hand-in`, { body })).body);
  };
  return (
    <>
      <form onSubmit={(event) => (event.preventDefault(), void run(async () => onSaved(await save())))} noValidate>
        <ErrorSummary errors={named(errors, inWords)} round={round} />
        <Groups criteria={criteria}>
          {(criterion) =>
            isClaimed(criterion) ? (
              <Claimed
                criterion={criterion}
                assessment={assessment}
                claim={claims[criterion.code] ?? { value: null, note: "" }}
                wrong={errors[`claims.${criterion.code}`]}
                beforeFile={async () => (isChanged ? await save() : latest.current).revision}
                onChange={(claim) => setClaims({ ...claims, [criterion.code]: claim })}
                onSaved={onSaved}
              />
            ) : (
              <Shown criterion={criterion} assessment={assessment} />
            )
          }
        </Groups>
        <p class="save-bar">
          <button type="submit" class={isChanged ? "" : "second"} disabled={busy || !isChanged}>
            {say("em_save")}
          </button>
          <button type="button" disabled={busy || isChanged} onClick={() => setAsked(true)}>
            {say("em_hand_in")}
          </button>
          <Standing busy={busy} done={isChanged ? say("em_unsaved") : say("saved")} />
        </p>
      </form>
      {asked && (
        <Ask
          title={say("em_hand_in_sure")}
          confirm={say("em_hand_in")}
          labelOf={inWords}
          onClose={() => setAsked(false)}
          onConfirm={handIn}
        >
          <p>{say("em_hand_in_text")}</p>
        </Ask>
      )}
    </>
  );
}

const claimsOf = (assessment: Assessment): Record<string, Claim> =>
  Object.fromEntries(assessment.criteria.map(({ code, value, note }) => [code, { value, note }]));

export interface Judgement {
  points: number | null;
  reason: string;
}

function Reviewing(props: Props) {
  const { campaign, assessment, onSaved } = props;
  const criteria = campaign.rules[assessment.kind];
  const claimed = Object.fromEntries(assessment.criteria.map((each) => [each.code, each.claimed]));
  const [judged, setJudged] = useState<Record<string, Judgement>>({});
  const { busy, errors, round, run } = useDoing();
  const confirm = (event: Event) => {
    event.preventDefault();
    const judgements = Object.entries(judged)
      .filter(([code, { points: given }]) => given !== claimed[code])
      .map(([code, { points: given, reason }]) => ({ code, points: given ?? 0, reason: reason.trim() }));
    const path = at(`${BASE}/assessments`, assessment.assessment_id, "confirmation");
    const body = { revision: assessment.revision, judgements };
    void run(async () => onSaved((await call<Assessment>("POST", path, { body })).body));
  };
  return (
    <>
      <form onSubmit={confirm} noValidate>
        <p class="quiet">{say("em_review_lead")}</p>
        <ErrorSummary errors={named(errors, inWords)} round={round} />
        <Groups criteria={criteria}>
          {(criterion) =>
            isClaimed(criterion) ? (
              <Judged
                criterion={criterion}
                assessment={assessment}
                judgement={judged[criterion.code] ?? { points: claimed[criterion.code] ?? 0, reason: "" }}
                wrong={errors[`judgements.${criterion.code}`]}
                onChange={(judgement) => setJudged({ ...judged, [criterion.code]: judgement })}
              />
            ) : (
              <Shown criterion={criterion} assessment={assessment} />
            )
          }
        </Groups>
        <p class="save-bar">
          <button type="submit" disabled={busy}>
            {say("em_confirm")}
          </button>
          <Standing busy={busy} done={null} />
        </p>
      </form>
      <GiveBack {...props} />
    </>
  );
}

function GiveBack({ assessment, onSaved }: Props) {
  const [asked, setAsked] = useState(false);
  return (
    <>
      <button type="button" class="second" onClick={() => setAsked(true)}>
        {say("em_give_back")}
      </button>
      {asked && (
        <Ask
          title={say("em_give_back")}
          confirm={say("em_give_back")}
          reason
          onClose={() => setAsked(false)}
          onConfirm={async ({ reason }) => {
            const path = at(`${BASE}/assessments`, assessment.assessment_id, "return");
            onSaved((await call<Assessment>("POST", path, { body: { revision: assessment.revision, reason } })).body);
          }}
        >
          <p>{say("em_give_back_text")}</p>
        </Ask>
      )}
    </>
  );
}
