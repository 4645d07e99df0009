import type { Drawn, UnitShare } from "./types";

/** Asks scoring, as somebody who is signed in or not. */
export type Ask = <T>(path: string) => Promise<T>;

/** The units right below; at the top of a tree with one root those below it. `path`: of the round or season. */
export async function fetchShares(ask: Ask, path: string, tree: string, unitId: string | null): Promise<UnitShare[]> {
  const family = async (id: string | null): Promise<UnitShare[]> => {
    const wish = new URLSearchParams(id === null ? { tree } : { unit_id: id });
    return (await ask<{ rows: UnitShare[] }>(`${path}/participation?${wish}`)).rows;
  };
  const rows = await family(unitId);
  return unitId === null && rows.length === 1 ? family(rows[0]!.unit_id) : rows;
}

/** The charts of everybody or of a unit. */
export const fetchCharts = <Found extends Drawn>(ask: Ask, path: string, unitId: string | null): Promise<Found> =>
  ask<Found>(`${path}/charts${unitId === null ? "" : `?unit_id=${encodeURIComponent(unitId)}`}`);
