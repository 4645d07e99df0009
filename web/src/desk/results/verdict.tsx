// What was found about a winner - a person or a unit -, and the question before it is said.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Ask, Told } from "../base/ask";
import { Key, say } from "../say";
import { Somebody } from "./types";

export type Decide<Row> = (row: Row, outcome: string) => void;

interface ListsProps<Row> {
  found: { winners: Row[]; refused: Row[]; reserves: Row[] };
  /** A list as a table; `decide` is null for those who would move up. */
  table: (list: { title: Key; rows: Row[]; none: Key; decide: Decide<Row> | null }) => JSX.Element;
  check: (row: Row, body: { outcome: string; reason: string }) => Promise<unknown>;
  again: () => void;
}

/** Winners, those refused, those who would move up; each can be verified or refused. */
export function JudgedLists<Row extends Somebody>({ found, table, check, again }: ListsProps<Row>) {
  const [asked, setAsked] = useState<{ row: Row; outcome: string } | null>(null);
  const decide: Decide<Row> = (row, outcome) => setAsked({ row, outcome });
  const lists: [Key, Row[], Key, Decide<Row> | null][] = [
    ["res_candidates", found.winners, "res_candidates_none", decide],
    ["res_refused", found.refused, "res_refused_none", decide],
    ["res_reserves", found.reserves, "res_reserves_none", null],
  ];
  return (
    <>
      {lists.map(([title, rows, none, may]) => (
        <section key={title}>
          <h2>{say(title)}</h2>
          {table({ title, rows, none, decide: may })}
        </section>
      ))}
      {asked && (
        <Verdict
          name={asked.row.name ?? asked.row.person}
          outcome={asked.outcome}
          check={(body) => check(asked.row, body)}
          onChanged={again}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

interface DecidedProps {
  check: { state: string; reason: string } | null;
  /** null: nothing to decide here. */
  decide: ((outcome: string) => void) | null;
}

export function Decided({ check, decide }: DecidedProps) {
  const state = check?.state ?? "unverified";
  return (
    <>
      <strong>{say(`res_is_${state}` as Key)}</strong>
      {check?.reason && <span class="quiet"> {check.reason}</span>}
      {decide && (
        <span class="row">
          {state !== "verified" && (
            <button type="button" class="second small" onClick={() => decide("verified")}>
              {say("res_verify")}
            </button>
          )}
          {state !== "refused" && (
            <button type="button" class="second small" onClick={() => decide("refused")}>
              {say("res_refuse")}
            </button>
          )}
        </span>
      )}
    </>
  );
}

interface VerdictProps {
  name: string;
  outcome: string;
  check: (body: { outcome: string; reason: string }) => Promise<unknown>;
  onChanged: () => void;
  onClose: () => void;
}

export function Verdict({ name, outcome, check, onChanged, onClose }: VerdictProps) {
  const refused = outcome === "refused";
  const act = async ({ reason }: Told) => {
    await check({ outcome, reason });
    onChanged();
  };
  return (
    <Ask
      title={say(refused ? "res_refuse_ask" : "res_verify_ask", { name })}
      confirm={say(refused ? "res_refuse" : "res_verify")}
      grave={refused}
      reason={refused}
      onConfirm={act}
      onClose={onClose}
    >
      <p>{say(refused ? "res_refuse_text" : "res_verify_text")}</p>
    </Ask>
  );
}
