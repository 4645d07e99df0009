// The dry run and the publication.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { shortMoment } from "../../instants";
import { Ask } from "../base/ask";
import { useDoing } from "../base/doing";
import { say } from "../say";
import { Checked, Contest } from "../types";
import type { SectionProps } from "./editor";
import { Findings, check } from "./editor";

export function Publish({
  contest,
  findings,
  unsaved,
  onPublished,
}: SectionProps & { unsaved: boolean; onPublished: () => void }) {
  const [checked, setChecked] = useState<Checked>({ ready: findings.every(({ severity }) => severity !== "error"), findings });
  const [asking, setAsking] = useState(false);
  const { busy, errors, run } = useDoing();
  const publish = async () => {
    await call<Contest>("POST", at("/api/exam/contests", contest.contest_id, "publish"));
    onPublished();
  };
  const [first] = contest.rounds;
  return (
    <>
      <h2>{say("section_publish")}</h2>
      {unsaved && <p class="notice bad">{say("publish_unsaved")}</p>}
      <p class={checked.ready ? "notice good" : "notice bad"} role="status">
        {checked.ready
          ? say("check_ready")
          : say("check_not_ready", { n: checked.findings.filter((each) => each.severity === "error").length })}
      </p>
      <Findings findings={checked.findings} />
      {errors[""] && <p class="wrong">{errors[""]}</p>}
      <p class="row">
        <button
          type="button"
          class="second"
          disabled={busy}
          onClick={() => void run(async () => setChecked(await check(contest.contest_id)))}
        >
          {say("check_again")}
        </button>
        <button type="button" disabled={!checked.ready || unsaved} onClick={() => setAsking(true)}>
          {say("publish")}
        </button>
      </p>
      <p class="hint">{say("publish_hint")}</p>
      {asking && (
        <Ask
          title={say("publish_ask", { title: contest.title })}
          confirm={say("publish")}
          onConfirm={publish}
          onClose={() => setAsking(false)}
        >
          <p>{say("publish_text", { n: contest.rounds.length, at: first ? shortMoment(first.opens_at) : "–" })}</p>
          <Findings findings={checked.findings} />
        </Ask>
      )}
    </>
  );
}
