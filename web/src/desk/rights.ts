// What the signed-in person may do.
import { Observable } from "../observable";
import { accessToken, person } from "../session";
import { Right, rightsIn } from "./claims";

export { holds, organises } from "./claims";
export type { Right, Role } from "./claims";

/** null: not known yet, or nobody is signed in. */
export const rights = new Observable<readonly Right[] | null>(null);

/** Reads the rights of the present session; nobody signed in: none. */
export async function findRights(): Promise<void> {
  rights.value = person.value ? rightsIn(await accessToken()) : null;
}
