// A new campaign from a template.
import { useState } from "preact/hooks";
import { call } from "../../api";
import { ErrorSummary } from "../../forms/errors";
import { TextField } from "../../forms/field";
import { go } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import { useDoing } from "../base/doing";
import { DayField, RadioField } from "../base/fields";
import { slug } from "../base/fold";
import { named } from "../base/named";
import { say, sayIf } from "../say";
import { BASE } from "./section";
import type { Campaign, Template } from "./types";

export function NewCampaign({ onMade }: { onMade: () => void }) {
  const found = useLoaded(async () => (await call<{ templates: Template[] }>("GET", `${BASE}/templates`)).body.templates, []);
  return (
    <section>
      <h2>{say("em_new")}</h2>
      <Show loaded={found}>{(templates) => <Form templates={templates} onMade={onMade} />}</Show>
    </section>
  );
}

const labelOf = (path: string) => sayIf(`em_${path}`, path);

function Form({ templates, onMade }: { templates: Template[]; onMade: () => void }) {
  const [template, setTemplate] = useState(templates[0]?.id ?? "");
  const [title, setTitle] = useState("");
  const [ownId, setOwnId] = useState<string | null>(null);
  const [day, setDay] = useState("");
  const { busy, errors, round, run } = useDoing();
  const chosen = templates.find(({ id }) => id === template);
  const id = ownId ?? slug(title || chosen?.title || "");
  const make = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      const body = { campaign_id: id, template, from_day: day, title: title.trim() || null };
      const made = (await call<Campaign>("POST", `${BASE}/campaigns`, { body })).body;
      onMade();
      go(["emulation", made.campaign_id, "rules"]);
    });
  };
  return (
    <form onSubmit={make} noValidate>
      <ErrorSummary errors={named(errors, labelOf)} round={round} />
      <RadioField
        name="template"
        label={say("em_template")}
        value={template}
        wrong={errors.template}
        choices={templates.map((each) => ({ value: each.id, label: each.title }))}
        onChange={setTemplate}
      />
      {chosen && (
        <p class="quiet">{chosen.about}</p>
      )}
      <TextField
        name="title"
        label={say("em_title")}
        hint={say("em_title_hint")}
        value={title}
        wrong={errors.title}
        maxLength={200}
        onChange={setTitle}
      />
      <TextField
        name="campaign_id"
        label={say("em_campaign_id")}
        hint={say("em_campaign_id_hint")}
        value={id}
        wrong={errors.campaign_id}
        maxLength={100}
        onChange={setOwnId}
      />
      <DayField name="from_day" label={say("em_from_day")} value={day} wrong={errors.from_day} onChange={setDay} />
      <button type="submit" disabled={busy}>
        {say("em_make")}
      </button>
    </form>
  );
}
