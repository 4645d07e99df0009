// Ranking and nomination: organisers see and change them until the list is decided, then officers see them too.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { shortMoment } from "../../instants";
import { Show, useLoaded } from "../../shell/loaded";
import { Ask } from "../base/ask";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { SelectField } from "../base/fields";
import { FileButton, saveFile } from "../base/file";
import { SaveButton } from "../officer/save-button";
import { say, sayIf } from "../say";
import { points } from "./decimal";
import { BASE, KINDS, Section } from "./section";
import type { Award, Campaign, Kind, Nominations, Ranked } from "./types";

export function StandingSection({ campaign, onSaved }: Section) {
  const [round, setRound] = useState(0);
  const path = at(`${BASE}/campaigns`, campaign.campaign_id);
  const found = useLoaded(
    async () => ({
      rows: (await call<{ rows: Ranked[] }>("GET", `${path}/ranking`)).body.rows,
      nominations: (await call<Nominations>("GET", `${path}/nominations`)).body,
    }),
    [path, round],
  );
  const again = () => setRound(round + 1);
  return (
    <Show loaded={found}>
      {({ rows, nominations }) => (
        <>
          {campaign.state === "decided" && campaign.decided_at && (
            <p class="notice good">{say("em_decided_at", { at: shortMoment(campaign.decided_at), digest: campaign.digest.slice(0, 16) })}</p>
          )}
          {campaign.rules.awards.map((award) => (
            <OfAward key={award.code} campaign={campaign} award={award} rows={rows} nominations={nominations} onChanged={again} />
          ))}
          {campaign.organises && campaign.state === "open" && <Deciding campaign={campaign} onDecided={onSaved} />}
          {campaign.organises && <Files campaign={campaign} />}
          {KINDS.map((kind) => (
            <Ranking key={kind} campaign={campaign} kind={kind} rows={rows.filter((row) => row.kind === kind)} />
          ))}
        </>
      )}
    </Show>
  );
}

interface AwardProps {
  campaign: Campaign;
  award: Award;
  rows: Ranked[];
  nominations: Nominations;
  onChanged: () => void;
}

interface Act {
  act: "add" | "leave-out" | "undo";
  row: Ranked;
}

function OfAward({ campaign, award, rows, nominations, onChanged }: AwardProps) {
  const [asked, setAsked] = useState<Act | null>(null);
  const nominees = nominations.nominees.filter((each) => each.award === award.code);
  const passed = nominations.passed_over.filter((each) => each.award === award.code);
  const mayChange = campaign.organises && campaign.state === "open";
  const taken = new Set(nominees.map(({ row }) => row.assessment_id));
  const others = rows.filter((row) => row.kind === award.subject && !taken.has(row.assessment_id));
  return (
    <section>
      <h2>
        {award.name} – {sayIf(`em_kind_${award.subject}`, award.subject)}
      </h2>
      {nominees.length === 0 && <p>{say("em_nobody")}</p>}
      {nominees.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label={titleOf(award)}>
          <table>
            <caption class="hidden">{titleOf(award)}</caption>
            <thead>
              <tr>
                <th scope="col">{say("em_who")}</th>
                <th scope="col" class="number">
                  {say("em_place")}
                </th>
                <th scope="col" class="number">
                  {say("em_points")}
                </th>
                <th scope="col">{say("em_nominated_how")}</th>
                {mayChange && <th scope="col">{say("em_change")}</th>}
              </tr>
            </thead>
            <tbody>
              {nominees.map(({ row, how, reason }) => (
                <tr key={row.assessment_id}>
                  <th scope="row">{nameOf(row)}</th>
                  <td class="number">{row.place}</td>
                  <td class="number">{points(row.total)}</td>
                  <td class="words">{how === "added" ? say("em_added_because", { reason }) : say("em_by_rules")}</td>
                  {mayChange && (
                    <td>
                      <button
                        type="button"
                        class="second small"
                        onClick={() => setAsked({ act: how === "added" ? "undo" : "leave-out", row })}
                      >
                        {say(how === "added" ? "em_undo_for" : "em_leave_out_for", { name: row.name })}
                      </button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {passed.length > 0 && (
        <ul>
          {passed.map(({ row, why, reason }) => (
            <li key={`${row.assessment_id} ${why}`} class="row">
              {nameOf(row)}: {why === "tied" ? say("em_tied") : say("em_left_out_because", { reason })}
              {mayChange && why === "left-out" && (
                <button type="button" class="second small" onClick={() => setAsked({ act: "undo", row })}>
                  {say("em_undo_for", { name: row.name })}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayChange && others.length > 0 && <Adding award={award} others={others} onAdd={(row) => setAsked({ act: "add", row })} />}
      {asked && (
        <Ask
          title={say(asked.act === "add" ? "em_add_sure" : asked.act === "undo" ? "em_undo_sure" : "em_leave_out_sure", {
            name: asked.row.name,
            award: award.name,
          })}
          confirm={say("em_change_do")}
          reason
          onClose={() => setAsked(null)}
          onConfirm={async ({ reason }) => {
            const body = { assessment_id: asked.row.assessment_id, award: award.code, act: asked.act, reason };
            await call("POST", at(`${BASE}/campaigns`, campaign.campaign_id, "nominations"), { body });
            onChanged();
          }}
        />
      )}
    </section>
  );
}

function Adding({ award, others, onAdd }: { award: Award; others: Ranked[]; onAdd: (row: Ranked) => void }) {
  const [chosen, setChosen] = useState(others[0]!.assessment_id);
  const row = others.find(({ assessment_id }) => assessment_id === chosen) ?? others[0]!;
  return (
    <div class="line">
      <SelectField
        name={`add.${award.code}`}
        label={say("em_add_whom", { award: titleOf(award) })}
        value={row.assessment_id}
        choices={others.map((each) => ({ value: each.assessment_id, label: `${nameOf(each)} (${points(each.total)})` }))}
        onChange={setChosen}
      />
      <button type="button" class="second" onClick={() => onAdd(row)}>
        {say("em_add")}
      </button>
    </div>
  );
}

const titleOf = (award: Award): string => `${award.name} – ${sayIf(`em_kind_${award.subject}`, award.subject)}`;

const nameOf = (row: Ranked): string =>
  row.kind === "individual" ? [row.name || say("em_forgotten"), row.unit_name].join(", ") : row.name;

function Deciding({ campaign, onDecided }: { campaign: Campaign; onDecided: (saved: Campaign) => void }) {
  const [asked, setAsked] = useState(false);
  return (
    <section>
      <h2>{say("em_decide")}</h2>
      <p>{say("em_decide_text")}</p>
      <button type="button" onClick={() => setAsked(true)}>
        {say("em_decide_do")}
      </button>
      {asked && (
        <Ask
          title={say("em_decide_sure")}
          confirm={say("em_decide_do")}
          grave
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            const path = at(`${BASE}/campaigns`, campaign.campaign_id, "decision");
            onDecided((await call<Nominations>("POST", path, { body: { revision: campaign.revision } })).body.campaign);
          }}
        >
          <p>{say("em_decide_text")}</p>
        </Ask>
      )}
    </section>
  );
}

function Files({ campaign }: { campaign: Campaign }) {
  const path = at(`${BASE}/campaigns`, campaign.campaign_id);
  const list = `danh-sach-khen-thuong-${campaign.campaign_id}`;
  return (
    <section>
      <h2>{say("em_files")}</h2>
      <p class="row">
        {KINDS.map((kind) => (
          <FileButton
            key={kind}
            path={`${path}/evaluation.xlsx?kind=${kind}`}
            name={`thi-dua-${campaign.campaign_id}.xlsx`}
            label={say("em_evaluation_file", { whom: sayIf(`em_kind_${kind}`, kind) })}
          />
        ))}
        <SaveButton label={say("em_list_pdf")} second work={() => saveFile(`${path}/list`, `${list}.pdf`, { format: "pdf" })} />
        <SaveButton label={say("em_list_docx")} second work={() => saveFile(`${path}/list`, `${list}.docx`, { format: "docx" })} />
      </p>
    </section>
  );
}

function Ranking({ campaign, kind, rows }: { campaign: Campaign; kind: Kind; rows: Ranked[] }) {
  if (!campaign.rules[kind].length) return null;
  const leagues = campaign.rules.leagues;
  const title = say(kind === "collective" ? "em_ranking_collectives" : "em_ranking_individuals");
  return (
    <section>
      <h2>{title}</h2>
      <DataTable<Ranked>
        name={`em-ranking-${kind}`}
        caption={title}
        searchable
        limit={50}
        about={[JSON.stringify(rows)]}
        empty={say("em_ranking_none")}
        keyOf={(row) => row.assessment_id}
        filters={
          kind === "collective" && leagues.length > 1
            ? [{ name: "league", label: say("em_league"), choices: leagues.map(({ code, name }) => ({ value: code, label: name })) }]
            : []
        }
        source={ofList({
          rows,
          text: (row) => `${row.name} ${row.unit_name}`,
          value: { total: (row) => row.total },
          has: { league: (row, chosen) => row.league === chosen },
        })}
        columns={[
          { key: "place", label: say("em_place"), isNumber: true, cell: (row) => row.place },
          { key: "name", label: say("em_who"), cell: nameOf },
          ...(kind === "collective"
            ? [
                {
                  key: "league",
                  label: say("em_league"),
                  cell: (row: Ranked) => leagues.find(({ code }) => code === row.league)?.name ?? "–",
                },
              ]
            : []),
          { key: "total", label: say("em_points"), isNumber: true, sortable: true, cell: (row) => points(row.total) },
        ]}
      />
    </section>
  );
}
