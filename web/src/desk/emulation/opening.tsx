// A draft is checked and opened: from then on its rules are locked.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { ErrorSummary } from "../../forms/errors";
import { Problem } from "../../http";
import { Ask } from "../base/ask";
import { useDoing } from "../base/doing";
import { named } from "../base/named";
import { say, sayIf } from "../say";
import { BASE, Section } from "./section";
import type { Campaign, Rules } from "./types";

/** Opening locks the rules; the server says what is missing where. */
export function Opening({ campaign, onSaved }: Pick<Section, "campaign" | "onSaved">) {
  const [asked, setAsked] = useState(false);
  const { errors, round, busy, run } = useDoing();
  const check = () =>
    run(async () => {
      const path = at(`${BASE}/campaigns`, campaign.campaign_id, "check");
      const { findings } = (await call<{ findings: { where: string; message: string }[] }>("POST", path)).body;
      if (findings.length) throw problemOf(findings);
      setAsked(true);
    });
  return (
    <section>
      <h2>{say("em_open")}</h2>
      <p>{say("em_open_text")}</p>
      <ErrorSummary errors={named(errors, (path) => pathInWords(campaign.rules, path))} round={round} />
      <button type="button" disabled={busy} onClick={() => void check()}>
        {say("em_check_and_open")}
      </button>
      {asked && (
        <Ask
          title={say("em_open_sure")}
          confirm={say("em_open_do")}
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            const path = at(`${BASE}/campaigns`, campaign.campaign_id, "open");
            onSaved((await call<Campaign>("POST", path, { body: { revision: campaign.revision } })).body);
          }}
        >
          <p>{say("em_open_text")}</p>
        </Ask>
      )}
    </section>
  );
}

const problemOf = (findings: { where: string; message: string }[]): Problem =>
  new Problem(422, "not-ready", say("em_not_ready"), Object.fromEntries(findings.map((each) => [each.where, each.message])), null, {});

/** "rules.collective.8.contest_id" as "D2: Cuộc thi"; leagues, fields and awards by their names. */
export function pathInWords(rules: Rules, path: string): string {
  const [, part, place, name] = path.split(".");
  const list = part && part in rules ? (rules as unknown as Record<string, { code?: string; name?: string }[]>)[part] : undefined;
  const found = list?.[Number(place)];
  const called = found?.name || found?.code;
  const plain = sayIf(`em_${name ?? path}`, sayIf(`em_${part ?? path}`, name ?? path));
  return called ? `${called}: ${plain}` : plain;
}
