// Emulation campaigns: the list, and one campaign with its sections.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { shortMoment } from "../../instants";
import { useValue } from "../../observable";
import { Route, link } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import { holds, rights } from "../rights";
import { Key, say, sayIf } from "../say";
import { AssessmentSection } from "./assessment";
import { CountedSection } from "./counted";
import { NewCampaign } from "./new";
import { ProgressSection } from "./progress";
import { RulesSection } from "./rules";
import { BASE, Section } from "./section";
import { StandingSection } from "./standing";
import type { Campaign } from "./types";

interface Described {
  name: Key;
  of: (props: Section) => JSX.Element;
  /** Only for organisers. */
  organisers?: boolean;
  /** Reached from another section. */
  unlisted?: boolean;
}

const SECTIONS: Record<string, Described> = {
  progress: { name: "em_progress", of: ProgressSection },
  rules: { name: "em_rules", of: RulesSection },
  counted: { name: "em_counted", of: CountedSection, organisers: true },
  standing: { name: "em_standing", of: StandingSection },
  assessment: { name: "em_assessment", of: AssessmentSection, unlisted: true },
};

export default function EmulationPage({ parts: [id, section, ...rest] }: { parts: Route }) {
  if (!id) return <Campaigns />;
  return <OfCampaign key={id} id={id} section={section} rest={rest} />;
}

function Campaigns() {
  const held = useValue(rights) ?? [];
  const [round, setRound] = useState(0);
  const found = useLoaded(
    async () => (await call<{ campaigns: Campaign[] }>("GET", `${BASE}/campaigns`)).body.campaigns,
    [round],
  );
  return (
    <div class="page">
      <h1>{say("menu_em")}</h1>
      <p class="lead">{say("em_lead")}</p>
      <Show loaded={found}>
        {(campaigns) => (
          <>
            {campaigns.length === 0 && <p role="status">{say("em_none")}</p>}
            {campaigns.map((campaign) => (
              <article class="card" key={campaign.campaign_id}>
                <h2>
                  <a href={link("emulation", campaign.campaign_id)}>{campaign.title}</a>
                </h2>
                <Dates campaign={campaign} />
              </article>
            ))}
          </>
        )}
      </Show>
      {holds(held, "organiser") && <NewCampaign onMade={() => setRound(round + 1)} />}
    </div>
  );
}

function Dates({ campaign }: { campaign: Campaign }) {
  const { state, assess_until, review_until } = campaign;
  return (
    <p>
      <strong>{sayIf(`em_state_${state}`, state)}</strong> · {say("em_assess_until")}: {shortMoment(assess_until)} ·{" "}
      {say("em_review_until")}: {shortMoment(review_until)}
    </p>
  );
}

function OfCampaign({ id, section, rest }: { id: string; section: string | undefined; rest: Route }) {
  const [round, setRound] = useState(0);
  const [saved, setSaved] = useState<Campaign | null>(null);
  const found = useLoaded(async () => (await call<Campaign>("GET", at(`${BASE}/campaigns`, id))).body, [id, round]);
  const onSaved = (next?: Campaign) => {
    setSaved(next ?? null);
    if (!next) setRound(round + 1);
  };
  return (
    <div class="page">
      <p>
        <a href={link("emulation")}>{say("menu_em")}</a>
      </p>
      <Show loaded={found}>
        {(loaded) => <Opened campaign={saved ?? loaded} section={section} rest={rest} onSaved={onSaved} />}
      </Show>
    </div>
  );
}

function Opened({ campaign, section, rest, onSaved }: Section & { section: string | undefined }) {
  const shown = Object.entries(SECTIONS).filter(([, each]) => campaign.organises || !each.organisers);
  const first = campaign.state === "draft" ? "rules" : "progress";
  const [here, { of: Part }] = shown.find(([name]) => name === section) ?? shown.find(([name]) => name === first)!;
  return (
    <>
      <h1>{campaign.title}</h1>
      <Dates campaign={campaign} />
      <nav aria-label={campaign.title}>
        <ul class="tabs">
          {shown
            .filter(([, each]) => !each.unlisted)
            .map(([name, each]) => (
              <li key={name}>
                <a href={link("emulation", campaign.campaign_id, name)} aria-current={name === here ? "page" : undefined}>
                  {say(each.name)}
                </a>
              </li>
            ))}
        </ul>
      </nav>
      <Part key={`${here} ${rest.join("/")}`} campaign={campaign} onSaved={onSaved} rest={rest} />
    </>
  );
}
