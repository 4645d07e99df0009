// Who of the own unit has not taken part yet: by name, with a reminder by e-mail and a list to call through.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { say as sayToAll } from "../../messages";
import type { Route } from "../../router";
import { ErrorSummary } from "../../forms/errors";
import type { Asked, Page } from "../base/asked";
import { Ask } from "../base/ask";
import { DataTable } from "../base/data-table";
import { useDoing } from "../base/doing";
import { AreaField } from "../base/fields";
import { say } from "../say";
import { Chosen, OfficerPage, RoundChoice } from "./chosen";
import { save } from "./handed";
import type { Missing, MissingPage, Reminder } from "./types";

const MOST = 500;

export default function NotYetPage(_: { parts: Route }) {
  return (
    <OfficerPage title={say("menu_of_not_yet")} lead={say("of_not_yet_lead")}>
      {(chosen) => <NotYet {...chosen} />}
    </OfficerPage>
  );
}

function NotYet({ unit, rounds }: Chosen) {
  const [roundId, setRoundId] = useState(rounds[0]?.round_id ?? "");
  if (!roundId) return <p role="status">{say("of_not_opened")}</p>;
  const path = at("/api/scoring/rounds", roundId, "units", unit.id, "not-yet");
  return (
    <>
      <div class="tools">
        <RoundChoice rounds={rounds} value={roundId} onChange={setRoundId} />
      </div>
      <Reminding key={`remind ${roundId}`} roundId={roundId} unitId={unit.id} />
      <Calling path={path} unitId={unit.id} />
      <h2>{say("of_names")}</h2>
      <DataTable<Missing>
        key={roundId}
        name="of-not-yet"
        caption={say("of_names")}
        searchable
        empty={say("of_all_there")}
        keyOf={(person) => person.user_id}
        source={(asked) => fetchMissing(path, asked)}
        columns={[
          { key: "name", label: say("of_name"), cell: (person) => person.name },
          { key: "division", label: say("of_division"), cell: divisionName },
          { key: "phone", label: say("of_phone"), cell: (person) => person.phone ?? "–" },
        ]}
      />
    </>
  );
}

/** Named as on the participant's page; a division of the organiser's own stays as it is. */
const divisionName = ({ division }: Missing): string =>
  (["officials", "citizens", "pupils"] as const).some((known) => known === division)
    ? sayToAll(division as "officials" | "citizens" | "pupils")
    : division;

async function fetchMissing(path: string, { q, from, limit }: Pick<Asked, "q" | "from" | "limit">): Promise<Page<Missing>> {
  const wish = new URLSearchParams({ limit: String(limit), ...(q ? { q } : {}), ...(from ? { after: from } : {}) });
  const { people, next } = (await call<MissingPage>("GET", `${path}?${wish}`)).body;
  return { rows: people, next };
}

/** Everybody of the list, page after page. */
async function everybody(path: string): Promise<string[]> {
  const ids: string[] = [];
  let from: string | null = null;
  do {
    const page: Page<Missing> = await fetchMissing(path, { q: "", from, limit: MOST });
    ids.push(...page.rows.map(({ user_id }) => user_id));
    from = page.next;
  } while (from !== null);
  return ids;
}

function Reminding({ roundId, unitId }: { roundId: string; unitId: string }) {
  const [note, setNote] = useState("");
  const [sent, setSent] = useState<Reminder | null>(null);
  const { busy, errors, round, run } = useDoing();
  const remind = () =>
    run(async () => {
      const body = { unit_id: unitId, note: note.trim() || null };
      setSent((await call<Reminder>("POST", at("/api/scoring/rounds", roundId, "reminders"), { body })).body);
    });
  return (
    <section class="card">
      <h2>{say("of_remind")}</h2>
      <p>{say("of_remind_text")}</p>
      <ErrorSummary errors={errors} round={round} />
      {sent ? (
        <p role="status">{say("of_reminded", { n: sent.people })}</p>
      ) : (
        <>
          <AreaField
            name="note"
            label={say("of_note")}
            hint={say("of_note_hint")}
            value={note}
            maxLength={500}
            onChange={setNote}
          />
          <button type="button" disabled={busy} onClick={() => void remind()}>
            {say("of_remind_send")}
          </button>
        </>
      )}
    </section>
  );
}

function Calling({ path, unitId }: { path: string; unitId: string }) {
  const [asking, setAsking] = useState(false);
  const [none, setNone] = useState(false);
  const fetchList = async (reason: string) => {
    const ids = await everybody(path);
    setNone(ids.length === 0);
    if (ids.length === 0) return;
    const sent = { body: JSON.stringify({ user_ids: ids, reason }), type: "application/json" };
    await save(`danh-sach-goi-${unitId}.xlsx`, at("/api/registration/units", unitId, "phone-list"), sent);
  };
  return (
    <section class="card">
      <h2>{say("of_call")}</h2>
      <p>{say("of_call_text")}</p>
      <button type="button" class="second" onClick={() => setAsking(true)}>
        {say("of_call_fetch")}
      </button>
      <p role="status">{none ? say("of_all_there") : ""}</p>
      {asking && (
        <Ask
          title={say("of_call_ask")}
          confirm={say("of_call_fetch")}
          reason
          onConfirm={({ reason }) => fetchList(reason)}
          onClose={() => setAsking(false)}
        >
          <p>{say("of_call_care")}</p>
        </Ask>
      )}
    </section>
  );
}
