// What the platform counts by itself: imported indices, official contest results.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { ErrorSummary } from "../../forms/errors";
import { shortMoment } from "../../instants";
import { Show, useLoaded } from "../../shell/loaded";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { useDoing } from "../base/doing";
import { EXCEL, handIn, save } from "../officer/handed";
import { SaveButton } from "../officer/save-button";
import { say } from "../say";
import { points } from "./decimal";
import { BASE, Section } from "./section";
import type { Campaign, CountedSources, SheetRead } from "./types";

export function CountedSection({ campaign }: Section) {
  const [round, setRound] = useState(0);
  const path = at(`${BASE}/campaigns`, campaign.campaign_id, "counted");
  const found = useLoaded(async () => (await call<CountedSources>("GET", path)).body, [path, round]);
  return (
    <Show loaded={found}>
      {({ indices, rounds }) => (
        <>
          <h2>{say("em_indices")}</h2>
          {indices.length === 0 && <p>{say("em_indices_none")}</p>}
          {indices.map((index) => (
            <div class="card" key={index.code}>
              <h3>
                {index.code}. {index.text}
              </h3>
              <p>{say("em_values_of", { n: index.values })}</p>
              {campaign.state !== "decided" && <Import campaign={campaign} code={index.code} onKept={() => setRound(round + 1)} />}
            </div>
          ))}
          <h2>{say("em_contest_results")}</h2>
          <p class="quiet">{say("em_contest_results_lead")}</p>
          {rounds.length === 0 && <p>{say("em_rounds_none")}</p>}
          <ul>
            {rounds.map(({ round_id, fetched_at, trouble }) => (
              <li key={round_id}>
                {round_id}:{" "}
                {trouble ? (
                  <strong class="wrong">{say("em_round_trouble", { trouble })}</strong>
                ) : fetched_at ? (
                  say("em_round_fetched", { at: shortMoment(fetched_at) })
                ) : (
                  say("em_round_waiting")
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Show>
  );
}

function Import({ campaign, code, onKept }: { campaign: Campaign; code: string; onKept: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [read, setRead] = useState<SheetRead | null>(null);
  const { busy, errors, round, run } = useDoing();
  const path = at(`${BASE}/campaigns`, campaign.campaign_id, "indices", code, "sheet");
  const send = (chosen: File, dry: boolean) =>
    run(async () => {
      const answer = await handIn<SheetRead>(`${path}?dry_run=${dry}`, chosen);
      setRead(answer);
      if (answer.saved) onKept();
    });
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setRead(null);
    if (chosen) void send(chosen, true);
  };
  const name = `index.${code}`;
  return (
    <>
      <ErrorSummary errors={errors} round={round} />
      <div class="field">
        <label for={name}>{say("em_index_file", { code })}</label>
        <p class="hint" id={`${name}-hint`}>
          {say("em_index_file_hint")}
        </p>
        <input
          id={name}
          type="file"
          accept=".xlsx,.csv"
          aria-describedby={`${name}-hint`}
          disabled={busy}
          onChange={(event) => choose(event.currentTarget.files?.[0] ?? null)}
        />
      </div>
      <p role="status">{busy ? say("of_reading") : ""}</p>
      {read && file && (
        <>
          {read.findings.map(({ row, column, message }, place) => (
            <p key={place} class="finding error">
              <strong>{say("severity_error")}</strong> {say("of_cell", { row: String(row), column })} – {message}
            </p>
          ))}
          {read.findings.length > 0 && (
            <SaveButton
              label={say("of_corrections")}
              second
              work={() => save("chi-so-can-sua.xlsx", `${path}/corrections`, { body: file, type: EXCEL })}
            />
          )}
          {read.values.length > 0 && <Values read={read} code={code} />}
          {!read.saved && !read.findings.length && (
            <button type="button" disabled={busy} onClick={() => void send(file, false)}>
              {say("em_index_keep", { n: read.values.length })}
            </button>
          )}
        </>
      )}
    </>
  );
}

function Values({ read, code }: { read: SheetRead; code: string }) {
  return (
    <DataTable<SheetRead["values"][number]>
      name={`em-index-${code}`}
      caption={say("em_index_values")}
      about={[read.values]}
      keyOf={(row) => row.unit_id}
      source={ofList({ rows: read.values, text: (row) => row.name })}
      columns={[
        { key: "unit", label: say("unit"), cell: (row) => row.name },
        { key: "before", label: say("before"), isNumber: true, cell: (row) => points(row.before) },
        { key: "value", label: say("em_value"), isNumber: true, cell: (row) => points(row.value) },
      ]}
    />
  );
}
