// Roles and invitations as registration answers them, and what they are called.
import { call } from "../../api";
import type { Line } from "../contests/lines";
import type { Role } from "../rights";
import { say } from "../say";

export interface Holding {
  user_id: string;
  name: string;
  role: Role;
  kind: string;
  id: string;
  /** The unit's name; the contest's id. */
  place: string;
  granted_by_name: string;
  granted_at: string;
  second_factor: boolean;
}

export interface Invitation {
  invitation_id: string;
  email: string;
  role: Role;
  kind: string;
  id: string;
  place: string;
  by_name: string;
  invited_at: string;
  expires_at: string;
  state: "open" | "accepted" | "withdrawn" | "expired";
}

export const ROLES: Role[] = ["officer", "organiser", "operator"];

export const roleName = (role: Role): string => say(`pp_role_${role}`);

/** Where a role counts: the unit, the contest by its title, everything. */
export function placeName({ id, place, kind }: { id: string; place: string; kind: string }, contests: Line[]): string {
  if (id === "*") return say(kind === "platform" ? "pp_platform" : "pp_every_contest");
  return contests.find(({ contest_id }) => contest_id === id)?.title ?? place;
}

/** All pages of a list. */
export async function wholeList<T>(path: string, name: string): Promise<T[]> {
  const found: T[] = [];
  for (let after = ""; ; ) {
    const wish = new URLSearchParams({ limit: "200", ...(after ? { after } : {}) });
    const { body } = await call<Record<string, T[] | string | null>>("GET", `${path}?${wish}`);
    found.push(...(body[name] as T[]));
    if (!body.next) return found;
    after = body.next as string;
  }
}
