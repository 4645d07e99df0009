// Daily and weekly reports of the own unit, a report of now, the points for the yearly evaluation.
import { at } from "../../api";
import { shortMoment } from "../../instants";
import type { Route } from "../../router";
import { Show, useLoaded } from "../../shell/loaded";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { say } from "../say";
import { Chosen, OfficerPage, get } from "./chosen";
import { save } from "./handed";
import { SaveButton } from "./save-button";
import { spokenTimes } from "./times";
import type { Report, Times } from "./types";

export default function ReportsPage(_: { parts: Route }) {
  return (
    <OfficerPage title={say("menu_of_reports")} lead={say("of_reports_lead")}>
      {(chosen) => <Reports {...chosen} />}
    </OfficerPage>
  );
}

function Reports({ unit, contest }: Chosen) {
  const base = at("/api/scoring/contests", contest.contest_id, "units", unit.id);
  const found = useLoaded(
    () =>
      Promise.all([
        get<{ reports: Report[] }>(`${base}/reports`),
        get<Times>("/api/scoring/contests", contest.contest_id, "report-times"),
      ]),
    [base],
  );
  return (
    <Show loaded={found}>
      {([{ reports }, times]) => (
        <>
          <p>{spokenTimes(times)}</p>
          <p class="row">
            <SaveButton label={say("of_report_now")} work={() => save(`bao-cao-${unit.id}.xlsx`, `${base}/report.xlsx`)} />
            <SaveButton label={say("of_paper_now")} second work={() => save(`bao-cao-${unit.id}.pdf`, `${base}/report.pdf`)} />
            <SaveButton
              label={say("of_evaluation")}
              second
              work={() => save(`danh-gia-${unit.id}.xlsx`, `${base}/evaluation.xlsx`)}
            />
          </p>
          <DataTable<Report>
            name="of-reports"
            caption={say("menu_of_reports")}
            about={[reports]}
            empty={say("of_reports_none")}
            keyOf={({ kind, day }) => `${kind} ${day}`}
            source={ofList({ rows: reports, text: ({ day }) => day })}
            columns={[
              { key: "kind", label: say("of_report"), cell: ({ kind }) => say(kind === "daily" ? "of_daily" : "of_weekly") },
              { key: "made", label: say("when"), cell: ({ made_at }) => shortMoment(made_at) },
              { key: "file", label: say("of_file"), cell: (report) => <File report={report} base={base} unitId={unit.id} /> },
            ]}
          />
        </>
      )}
    </Show>
  );
}

function File({ report: { kind, day }, base, unitId }: { report: Report; base: string; unitId: string }) {
  const [path, shown] = [`${base}/reports/${kind}/${day}`, day.split("-").reverse().join("/")];
  const name = `bao-cao-${unitId}-${day}`;
  return (
    <span class="row">
      <SaveButton label={say("of_excel", { day: shown })} second work={() => save(`${name}.xlsx`, path)} />
      <SaveButton label={say("of_pdf", { day: shown })} second work={() => save(`${name}.pdf`, `${path}/report.pdf`)} />
    </span>
  );
}
