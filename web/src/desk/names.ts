// Names of people who act by a role. The log and the proposals know ids; registration tells a name to who may read the log.
import { useEffect, useState } from "preact/hooks";
import { call } from "../api";

const MOST = 200;
const known = new Map<string, Named | null>();

interface Named {
  user_id: string;
  name: string;
  /** Those of now and of once, "organiser:contest:hg". */
  roles: string[];
}

/** Asks for those that are not known yet. What cannot be told stays an id. */
export async function findNames(ids: Iterable<string>): Promise<void> {
  const unknown = [...new Set(ids)].filter((id) => id && !known.has(id));
  for (let start = 0; start < unknown.length; start += MOST) {
    const asked = unknown.slice(start, start + MOST);
    const { people } = (await call<{ people: Named[] }>("POST", "/api/registration/roles/names", { body: { user_ids: asked } })).body;
    asked.forEach((id) => known.set(id, null));
    people.forEach((person) => known.set(person.user_id, person));
  }
}

export const nameOf = (id: string): string => known.get(id)?.name ?? id;

export const rolesOf = (id: string): string[] => known.get(id)?.roles ?? [];

/** Draws again once the names are there; they are never waited for. */
export function useNames(ids: string[]): (id: string) => string {
  const [, draw] = useState(0);
  useEffect(() => {
    let here = true;
    findNames(ids).then(
      () => here && draw((count) => count + 1),
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [ids.join()]);
  return nameOf;
}
