// What few people need is fetched when it is first wanted: it costs nobody else a byte.
import { ComponentType } from "preact";
import { Show, useLoaded } from "./loaded";

/**
 * A component in a file of its own. While that comes, and when it does not, the person is told - unless it is `quiet`: then
 * nothing is there.
 */
export function later<P extends object>(fetch: () => Promise<ComponentType<P>>, quiet = false): ComponentType<P> {
  let There: ComponentType<P> | null = null;
  const once = async () => {
    There ??= await fetch();
  };
  return function Later(props: P) {
    const found = useLoaded(once, []);
    if (There) return <There {...props} />;
    return quiet ? null : <Show loaded={found}>{() => null}</Show>;
  };
}
