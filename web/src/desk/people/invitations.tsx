// Invitations that are out, and what became of the others; withdrawing one.
import { useState } from "preact/hooks";
import { at, call } from "../../api";
import { shortMoment } from "../../instants";
import { Show, useLoaded } from "../../shell/loaded";
import { Ask, Told } from "../base/ask";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { say } from "../say";
import type { Section } from "./page";
import { Invitation, placeName, roleName, wholeList } from "./types";

const INVITATIONS = "/api/registration/invitations";
const STATES = ["open", "accepted", "withdrawn", "expired"] as const;

export function Invitations({ contests }: Section) {
  const [tries, setTries] = useState(0);
  const [asked, setAsked] = useState<Invitation | null>(null);
  const found = useLoaded(() => wholeList<Invitation>(INVITATIONS, "invitations"), [tries]);
  return (
    <section>
      <p>{say("pp_invitations_lead")}</p>
      <Show loaded={found}>
        {(invitations) => (
          <Table invitations={invitations} where={(each) => placeName(each, contests)} onWithdraw={setAsked} />
        )}
      </Show>
      {asked && <Withdraw invitation={asked} onDone={() => setTries(tries + 1)} onClose={() => setAsked(null)} />}
    </section>
  );
}

interface TableProps {
  invitations: Invitation[];
  where: (each: Invitation) => string;
  onWithdraw: (each: Invitation) => void;
}

function Table({ invitations, where, onWithdraw }: TableProps) {
  const open = invitations.filter(({ state }) => state === "open").length;
  return (
    <DataTable<Invitation>
      key={open}
      name="invitations"
      caption={say("pp_invitations")}
      searchable
      empty={say("pp_invitations_none")}
      keyOf={({ invitation_id }) => invitation_id}
      source={ofList({
        rows: invitations,
        text: (each) => `${each.email} ${where(each)} ${each.by_name}`,
        value: { invited: ({ invited_at }) => invited_at, until: ({ expires_at }) => expires_at },
        has: { state: ({ state }, chosen) => state === chosen },
      })}
      filters={[
        { name: "state", label: say("state"), choices: STATES.map((value) => ({ value, label: say(`pp_state_${value}`) })) },
      ]}
      columns={[
        { key: "email", label: say("pp_email"), cell: ({ email }) => email },
        { key: "role", label: say("pp_role"), cell: ({ role }) => roleName(role) },
        { key: "where", label: say("pp_where"), cell: where },
        {
          key: "invited",
          label: say("pp_invited"),
          sortable: true,
          cell: ({ invited_at, by_name }) => (
            <>
              {shortMoment(invited_at)}
              {by_name && <div class="quiet">{by_name}</div>}
            </>
          ),
        },
        { key: "until", label: say("pp_until"), sortable: true, cell: ({ expires_at }) => shortMoment(expires_at) },
        { key: "state", label: say("state"), cell: ({ state }) => say(`pp_state_${state}`) },
        {
          key: "act",
          label: say("act"),
          cell: (each) =>
            each.state === "open" ? (
              <button type="button" class="second small" onClick={() => onWithdraw(each)}>
                {say("pp_take")} <span class="hidden">{each.email}</span>
              </button>
            ) : (
              "–"
            ),
        },
      ]}
    />
  );
}

function Withdraw({ invitation, onDone, onClose }: { invitation: Invitation; onDone: () => void; onClose: () => void }) {
  const withdraw = async ({ reason }: Told) => {
    await call("POST", at(INVITATIONS, invitation.invitation_id, "withdrawal"), { body: { reason } });
    onDone();
  };
  return (
    <Ask
      title={say("pp_withdraw_ask", { email: invitation.email })}
      confirm={say("pp_withdraw")}
      grave
      reason
      onConfirm={withdraw}
      onClose={onClose}
    >
      <p>{say("pp_withdraw_text")}</p>
    </Ask>
  );
}
