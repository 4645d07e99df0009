// Addresses are behind the #: the page works from a cache, and what stands there is never sent to a server.
import "./arrival";
import { Observable } from "./observable";

export type Route = readonly string[];

export const route = new Observable<Route>(read());

addEventListener("hashchange", () => {
  route.value = read();
});

/** "#/rounds/a%2Fb" for ("rounds", "a/b"). */
export const link = (...parts: (string | undefined)[]): string =>
  `#/${parts
    .filter((part) => part !== undefined && part !== "")
    .map((part) => encodeURIComponent(part!))
    .join("/")}`;

/** In the place of a round, all of a contest's: #/charts/season/<contest>. No round is called so: their ids have a number. */
export const SEASON = "season";

/** Go to a page; `instead`: without leaving the present one in the history. */
export function go(parts: string[], instead = false): void {
  const address = link(...parts);
  if (instead) {
    history.replaceState(null, "", address);
    route.value = read();
  } else {
    location.hash = address;
  }
}

function read(): Route {
  return location.hash.split("/").slice(1).map(decoded);
}

/** A mistyped address is a page that does not exist, not a failure. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
