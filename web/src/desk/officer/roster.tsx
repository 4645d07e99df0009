// Headcounts from Excel: tried first, with what is wrong row by row and the file to be corrected, then kept.
import { useState } from "preact/hooks";
import { at } from "../../api";
import { ErrorSummary } from "../../forms/errors";
import type { Route } from "../../router";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { useDoing } from "../base/doing";
import { number, say } from "../say";
import { Chosen, OfficerPage } from "./chosen";
import { EXCEL, handIn, save } from "./handed";
import { SaveButton } from "./save-button";
import type { Finding, RosterRead } from "./types";

export default function RosterPage(_: { parts: Route }) {
  return (
    <OfficerPage title={say("menu_of_roster")} lead={say("of_roster_lead")}>
      {(chosen) => <Import {...chosen} />}
    </OfficerPage>
  );
}

function Import({ unit, contest }: Chosen) {
  const [file, setFile] = useState<File | null>(null);
  const [read, setRead] = useState<RosterRead | null>(null);
  const { busy, errors, round, run } = useDoing();
  const path = at("/api/registration/rosters", contest.contest_id, "sheet");
  const query = `unit_id=${encodeURIComponent(unit.id)}`;
  const send = (chosen: File, dry: boolean) =>
    run(async () => setRead(await handIn<RosterRead>(`${path}?${query}&dry_run=${dry}`, chosen)));
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setRead(null);
    if (chosen) void send(chosen, true);
  };
  const isWrong = read?.findings.some(({ severity }) => severity === "error");
  return (
    <>
      <ErrorSummary errors={errors} round={round} />
      <div class="field">
        <label for="sheet">{say("of_sheet")}</label>
        <p class="hint" id="sheet-hint">
          {say("of_sheet_hint")}
        </p>
        <input
          id="sheet"
          type="file"
          accept=".xlsx"
          aria-describedby="sheet-hint"
          disabled={busy}
          onChange={(event) => choose(event.currentTarget.files?.[0] ?? null)}
        />
      </div>
      <p role="status">{busy ? say("of_reading") : ""}</p>
      {read && file && (
        <>
          <Findings findings={read.findings} />
          {read.findings.length > 0 && (
            <p class="row">
              <SaveButton
                label={say("of_corrections")}
                second
                work={() => save("danh-sach-can-sua.xlsx", `${path}/corrections?${query}`, { body: file, type: EXCEL })}
              />
            </p>
          )}
          {read.units.length > 0 && <Read read={read} />}
          {read.saved ? (
            <p class="notice good" role="status">
              {say("of_saved", { n: read.units.length })}
            </p>
          ) : (
            !isWrong &&
            read.units.length > 0 && (
              <button type="button" disabled={busy} onClick={() => void send(file, false)}>
                {say("of_keep")}
              </button>
            )
          )}
        </>
      )}
    </>
  );
}

function Findings({ findings }: { findings: Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <section>
      <h2>{say("of_findings", { n: findings.length })}</h2>
      {findings.map(({ severity, row, column, message }, place) => (
        <p key={place} class={`finding ${severity}`}>
          <strong>{say(severity === "error" ? "severity_error" : "severity_warning")}</strong>{" "}
          {column ? say("of_cell", { row: String(row), column }) : say("of_row", { row: String(row) })} – {message}
        </p>
      ))}
    </section>
  );
}

function Read({ read: { units, kind } }: { read: RosterRead }) {
  return (
    <section>
      <h2>{say("of_read")}</h2>
      <p class="quiet">{say(kind === "people" ? "of_read_people" : "of_read_headcounts")}</p>
      <DataTable<RosterRead["units"][number]>
        name="of-roster"
        caption={say("of_read")}
        about={[units]}
        keyOf={(unit) => unit.unit_id}
        source={ofList({ rows: units, text: (unit) => unit.name })}
        columns={[
          { key: "unit", label: say("unit"), cell: (unit) => unit.name },
          {
            key: "before",
            label: say("before"),
            isNumber: true,
            cell: (unit) => (unit.before === null ? "–" : number(unit.before)),
          },
          { key: "headcount", label: say("roster"), isNumber: true, cell: (unit) => number(unit.headcount) },
        ]}
      />
    </section>
  );
}
