// What the signed-in person may do.
import { Observable } from "../observable";
import { accessToken, person } from "../session";
import { Right, rightsIn, sleepsIn } from "./claims";

export { holds, organises } from "./claims";
export type { Right, Role } from "./claims";

/** null: not known yet, or nobody is signed in. */
export const rights = new Observable<readonly Right[] | null>(null);

/** Roles wait for the second factor. */
export const asleep = new Observable(false);

/** Reads the rights of the present session; nobody signed in: none. */
export async function findRights(): Promise<void> {
  const token = person.value ? await accessToken() : null;
  asleep.value = token !== null && sleepsIn(token);
  rights.value = token === null ? null : rightsIn(token);
}
