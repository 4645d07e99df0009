// Over every page: watches a session on a device of others, and clears away what an interrupted one left.
import { useEffect } from "preact/hooks";
import { device } from "../device";
import { useValue } from "../observable";
import { GUEST, Person, Whose, person, signOfSession, whose } from "../session";
import { Show, useLoaded } from "../shell/loaded";

export function Guard() {
  const who = useValue(person);
  const here = useValue(whose);
  useEffect(() => {
    if (!who && !signOfSession() && device.read(GUEST)) void import("./leaving").then((part) => part.sweep());
  }, [who]);
  return who && here !== "own" ? <Watched key={who.user_id} who={who} here={here} /> : null;
}

function Watched(props: { who: Person; here: Whose }) {
  const part = useLoaded(() => import("./watch"), []);
  if (part.state === "loading") return null;
  return <Show loaded={part}>{({ Watch }) => <Watch {...props} />}</Show>;
}
