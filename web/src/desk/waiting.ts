// What waits for a second person, at both services that keep proposals, and how much of it waits for this one.
import { call } from "../api";
import { Observable } from "../observable";
import { person } from "../session";

export interface Proposal {
  proposal_id: string;
  act: "official" | "keys";
  /** The round. */
  subject: string;
  /** The contest; empty in old ones. */
  scope: string;
  body: Record<string, string>;
  by: string;
  at: string;
  expires_at: string;
  state: "open" | "confirmed" | "withdrawn" | "expired";
  closed_by: string | null;
  closed_at: string | null;
  reason: string;
}

const KEPT_BY = { official: "scoring", keys: "exam" } as const;

/** The number at the menu. */
export const waiting = new Observable(0);

/** Newest first. */
export async function fetchProposals(): Promise<Proposal[]> {
  const found = await Promise.all(Object.values(KEPT_BY).map(fetchOf));
  const all = found.flat().sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  waiting.value = all.filter(waitsForMe).length;
  return all;
}

const fetchOf = async (service: string): Promise<Proposal[]> =>
  (await call<{ proposals: Proposal[] }>("GET", `/api/${service}/proposals`)).body.proposals;

export const isOwn = ({ by }: Proposal): boolean => by === person.value?.user_id;

export const waitsForMe = (proposal: Proposal): boolean => proposal.state === "open" && !isOwn(proposal);

/** Given up by somebody else than who proposed it. */
export const isRefused = ({ state, closed_by, by }: Proposal): boolean => state === "withdrawn" && closed_by !== by;

const pathOf = ({ act, subject, proposal_id }: Proposal): string =>
  `/api/${KEPT_BY[act]}/rounds/${encodeURIComponent(subject)}/proposals/${encodeURIComponent(proposal_id)}`;

export const confirm = async (proposal: Proposal): Promise<void> =>
  void (await call("POST", `${pathOf(proposal)}/confirmation`));

/** The own one is withdrawn; who refuses another one's gives a reason. */
export const giveUp = async (proposal: Proposal, reason: string): Promise<void> =>
  void (await call("POST", `${pathOf(proposal)}/withdrawal`, { body: { reason } }));
