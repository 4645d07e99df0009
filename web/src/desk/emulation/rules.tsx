// The rules: read by everybody who takes part, written by organisers while it is a draft, then locked.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { Ask } from "../base/ask";
import { InstantField } from "../base/fields";
import { number, say, sayIf } from "../say";
import { points } from "./decimal";
import { Draft } from "./draft";
import { BASE, KINDS, Section, ZONE } from "./section";
import type { Award, Campaign, Criterion, Kind, Rules } from "./types";

export function RulesSection({ campaign, onSaved }: Section) {
  if (campaign.organises && campaign.state === "draft") return <Draft key={campaign.revision} campaign={campaign} onSaved={onSaved} />;
  return (
    <>
      {campaign.organises && campaign.state === "open" && <MoreTime campaign={campaign} onSaved={onSaved} />}
      <Leagues rules={campaign.rules} />
      {KINDS.map((kind) => campaign.rules[kind].length > 0 && <Criteria key={kind} campaign={campaign} kind={kind} />)}
      <Awards rules={campaign.rules} />
    </>
  );
}

function Leagues({ rules }: { rules: Rules }) {
  return (
    <section>
      <h2>{say("em_leagues")}</h2>
      <ul>
        {rules.leagues.map(({ code, name }) => (
          <li key={code}>{name}</li>
        ))}
      </ul>
      {rules.fields.length > 0 && (
        <p>
          {say("em_fields")}: {rules.fields.map(({ name }) => name).join("; ")}
        </p>
      )}
    </section>
  );
}

function Criteria({ campaign, kind }: { campaign: Campaign; kind: Kind }) {
  const title = say(kind === "collective" ? "em_of_collectives" : "em_of_individuals");
  return (
    <section>
      <h2>{title}</h2>
      <p class="quiet">{say("em_most_in_all", { points: points(campaign.most[kind]) })}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={title}>
        <table>
          <caption class="hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{say("em_code")}</th>
              <th scope="col">{say("em_criterion")}</th>
              <th scope="col">{say("em_how")}</th>
              <th scope="col" class="number">
                {say("em_most")}
              </th>
            </tr>
          </thead>
          <tbody>
            {campaign.rules[kind].map((each) => (
              <tr key={each.code}>
                <td>{each.code}</td>
                <th scope="row">
                  {each.text}
                  {each.field && <div class="quiet">{campaign.rules.fields.find(({ code }) => code === each.field)?.name}</div>}
                </th>
                <td class="words">
                  {howOf(each)}
                  {each.evidence === "required" && <div class="quiet">{say("em_evidence_required")}</div>}
                </td>
                <td class="number">{points(each.most)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** How it is judged, with its table. */
export function howOf(criterion: Criterion): string {
  const { how, measure, steps } = criterion;
  const name = sayIf(`em_how_${how}${how === "contest" ? `_${measure}` : ""}`, how);
  if (!steps.length) return name;
  const told = how === "contest" && measure === "place" ? "em_step_place" : "em_step";
  return `${name}: ${steps.map(({ bound, points: worth }) => say(told, { bound: number(bound), points: number(worth) })).join("; ")}`;
}

function Awards({ rules }: { rules: Rules }) {
  return (
    <section>
      <h2>{say("em_awards")}</h2>
      <ul>
        {rules.awards.map((award) => (
          <li key={award.code}>
            <strong>{award.name}</strong> ({award.given_by}) – {sayIf(`em_kind_${award.subject}`, award.subject)}: {boundsOf(award)}
          </li>
        ))}
      </ul>
      {rules.tie_break.length > 0 && <p class="quiet">{say("em_tie_break", { codes: rules.tie_break.join(", ") })}</p>}
    </section>
  );
}

function boundsOf({ least_points, quota, quota_percent, within }: Award): string {
  const where = sayIf(`em_within_${within}`, within);
  return [
    say("em_least", { points: number(least_points) }),
    quota !== null && say("em_quota_of", { n: quota, where }),
    quota_percent !== null && say("em_percent_of", { n: quota_percent, where }),
  ]
    .filter(Boolean)
    .join("; ");
}

function MoreTime({ campaign, onSaved }: Pick<Section, "campaign" | "onSaved">) {
  const [asked, setAsked] = useState(false);
  const [assess, setAssess] = useState(campaign.assess_until);
  const [review, setReview] = useState(campaign.review_until);
  return (
    <p>
      <button type="button" class="second" onClick={() => setAsked(true)}>
        {say("em_more_time")}
      </button>
      {asked && (
        <Ask
          title={say("em_more_time")}
          confirm={say("em_more_time")}
          reason
          labelOf={(path) => sayIf(`em_${path}`, path)}
          onClose={() => setAsked(false)}
          onConfirm={async ({ reason }) => {
            const body = { revision: campaign.revision, assess_until: assess, review_until: review, reason };
            onSaved((await call<Campaign>("POST", at(`${BASE}/campaigns`, campaign.campaign_id, "deadlines"), { body })).body);
          }}
        >
          <p>{say("em_more_time_text")}</p>
          <InstantField name="assess_until" label={say("em_assess_until")} value={assess} zone={ZONE} onChange={setAssess} />
          <InstantField name="review_until" label={say("em_review_until")} value={review} zone={ZONE} onChange={setReview} />
        </Ask>
      )}
    </p>
  );
}
