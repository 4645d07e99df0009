// Who holds which role where, since when, by whom, with a second factor or not; taking a role away.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { shortMoment } from "../../instants";
import { useValue } from "../../observable";
import { person } from "../../session";
import { Show, useLoaded } from "../../shell/loaded";
import { Ask, Told } from "../base/ask";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { Right, holds, rights } from "../rights";
import { say } from "../say";
import type { Section } from "./page";
import { Holding, ROLES, placeName, roleName, wholeList } from "./types";

const ROLES_OF = "/api/registration/roles";

type Act = "take" | "reset";

export function Holders({ contests }: Section) {
  const [tries, setTries] = useState(0);
  const [asked, setAsked] = useState<{ act: Act; held: Holding } | null>(null);
  const [done, setDone] = useState("");
  const found = useLoaded(() => wholeList<Holding>(ROLES_OF, "roles"), [tries]);
  const where = (held: Holding) => placeName(held, contests);
  const changed = (sentence: string) => {
    setDone(sentence);
    setTries(tries + 1);
  };
  return (
    <section>
      <p role="status" class={done ? "notice good" : ""}>
        {done}
      </p>
      <Show loaded={found}>
        {(holdings) => <Table holdings={holdings} where={where} onAsk={(act, held) => setAsked({ act, held })} />}
      </Show>
      {asked?.act === "take" && <Take held={asked.held} where={where(asked.held)} onDone={changed} onClose={() => setAsked(null)} />}
      {asked?.act === "reset" && <Reset held={asked.held} onDone={changed} onClose={() => setAsked(null)} />}
    </section>
  );
}

interface TableProps {
  holdings: Holding[];
  where: (held: Holding) => string;
  onAsk: (act: Act, held: Holding) => void;
}

function Table({ holdings, where, onAsk }: TableProps) {
  const own = useValue(rights) ?? [];
  const places = [...new Map(holdings.map((held): [string, string] => [`${held.kind}:${held.id}`, where(held)]))];
  return (
    <DataTable<Holding>
      key={holdings.length}
      name="people"
      caption={say("pp_holders")}
      searchable
      empty={say("pp_none")}
      keyOf={({ user_id, role, kind, id }) => [user_id, role, kind, id].join(":")}
      source={ofList({
        rows: holdings,
        text: (held) => `${held.name} ${where(held)} ${roleName(held.role)}`,
        value: { name: ({ name }) => name, where, since: ({ granted_at }) => granted_at },
        has: {
          role: ({ role }, chosen) => role === chosen,
          where: ({ kind, id }, chosen) => `${kind}:${id}` === chosen,
          factor: ({ second_factor }, chosen) => String(second_factor) === chosen,
        },
      })}
      filters={[
        { name: "role", label: say("pp_role"), choices: ROLES.map((value) => ({ value, label: roleName(value) })) },
        { name: "where", label: say("pp_where"), choices: places.map(([value, label]) => ({ value, label })) },
        {
          name: "factor",
          label: say("pp_factor"),
          choices: ["true", "false"].map((value) => ({ value, label: say(value === "true" ? "pp_factor_on" : "pp_factor_off") })),
        },
      ]}
      columns={[
        { key: "name", label: say("pp_name"), sortable: true, cell: ({ name }) => name },
        { key: "role", label: say("pp_role"), cell: ({ role }) => roleName(role) },
        { key: "where", label: say("pp_where"), sortable: true, cell: where },
        {
          key: "since",
          label: say("pp_since"),
          sortable: true,
          cell: ({ granted_at, granted_by_name }) => (
            <>
              {shortMoment(granted_at)}
              {granted_by_name && <div class="quiet">{say("pp_by", { name: granted_by_name })}</div>}
            </>
          ),
        },
        { key: "factor", label: say("pp_factor"), cell: (held) => say(held.second_factor ? "pp_factor_on" : "pp_factor_off") },
        { key: "act", label: say("act"), cell: (held) => <Acts held={held} own={own} onAsk={onAsk} /> },
      ]}
    />
  );
}

interface ActsProps {
  held: Holding;
  own: readonly Right[];
  onAsk: TableProps["onAsk"];
}

function Acts({ held, own, onAsk }: ActsProps) {
  const reset = held.second_factor && holds(own, "operator") && !isMine(held);
  if (!mayTake(held, own) && !reset) return <>–</>;
  return (
    <span class="row">
      {mayTake(held, own) && (
        <button type="button" class="second small" onClick={() => onAsk("take", held)}>
          {say("pp_take")} <span class="hidden">{held.name}</span>
        </button>
      )}
      {reset && (
        <button type="button" class="second small" onClick={() => onAsk("reset", held)}>
          {say("pp_reset")} <span class="hidden">{held.name}</span>
        </button>
      )}
    </span>
  );
}

const isMine = ({ user_id }: Holding): boolean => user_id === person.value?.user_id;

/** Registration decides; what it would refuse for certain is not offered. */
function mayTake(held: Holding, own: readonly Right[]): boolean {
  if (holds(own, "operator")) return !(isMine(held) && held.role === "operator");
  const sameUnit = own.some(({ role, id }) => role === "officer" && id === held.id);
  return holds(own, "organiser") || !sameUnit;
}

interface Asking {
  held: Holding;
  onDone: (sentence: string) => void;
  onClose: () => void;
}

function Take({ held, where, onDone, onClose }: Asking & { where: string }) {
  const take = async ({ reason }: Told) => {
    const wish = reason ? `?${new URLSearchParams({ reason })}` : "";
    await call("DELETE", `${at(ROLES_OF, held.user_id, held.role, held.kind, held.id)}${wish}`);
    onDone(say("pp_taken", { name: held.name, role: roleName(held.role), where }));
  };
  return (
    <Ask title={say("pp_take_ask", { name: held.name })} confirm={say("pp_take")} grave reason onConfirm={take} onClose={onClose}>
      <p>{say("pp_take_text", { role: roleName(held.role), where })}</p>
      {isMine(held) && <p class="notice bad">{say("pp_take_own")}</p>}
    </Ask>
  );
}

function Reset({ held, onDone, onClose }: Asking) {
  const reset = async ({ reason }: Told) => {
    await call("POST", at("/api/registration/second-factors", held.user_id, "reset"), { body: { reason } });
    onDone(say("pp_reset_done", { name: held.name }));
  };
  return (
    <Ask title={say("pp_reset_ask", { name: held.name })} confirm={say("pp_reset")} grave reason onConfirm={reset} onClose={onClose}>
      <p>{say("pp_reset_text")}</p>
    </Ask>
  );
}
