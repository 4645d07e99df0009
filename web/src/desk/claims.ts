// What an access token says of the rights of its person; every door checks it again.

export type Role = "organiser" | "officer" | "operator";

export interface Right {
  role: Role;
  /** "contest", "unit" or "platform". */
  kind: string;
  /** An id, "*" for all. */
  id: string;
}

export function rightsIn(token: string): Right[] {
  return rolesIn(token, "roles").map((text) => {
    const [role, kind, ...id] = text.split(":");
    return { role: role as Role, kind: kind ?? "", id: id.join(":") };
  });
}

/** Whether the person has roles that wait for the second factor. */
export const sleepsIn = (token: string): boolean => rolesIn(token, "asleep").length > 0;

const rolesIn = (token: string, name: "roles" | "asleep"): string[] =>
  JSON.parse(decoded(token.split(".")[1] ?? ""))[name] ?? [];

/** Whether one of the roles is held, whatever for. */
export const holds = (held: readonly Right[], ...roles: Role[]): boolean => held.some(({ role }) => roles.includes(role));

/** Whether the person organises this contest. */
export const organises = (held: readonly Right[], contestId: string): boolean =>
  held.some(({ role, kind, id }) => role === "organiser" && kind === "contest" && (id === "*" || id === contestId));

/** base64url of UTF-8. */
function decoded(part: string): string {
  const bytes = atob(part.replace(/-/g, "+").replace(/_/g, "/"));
  return new TextDecoder().decode(Uint8Array.from(bytes, (sign) => sign.charCodeAt(0)));
}
