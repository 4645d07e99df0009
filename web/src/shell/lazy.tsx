// What not everybody needs is a file of its own, fetched when it is first wanted.
import { FunctionComponent } from "preact";
import { Show, useLoaded } from "./loaded";

/**
 * A component in a file of its own. While that comes, and when it does not, the person is told - unless it is `quiet`: then
 * nothing is there.
 */
export function lazily<P extends object>(fetch: () => Promise<FunctionComponent<P>>, quiet = false): FunctionComponent<P> {
  let View: FunctionComponent<P> | null = null;
  const once = async () => {
    View ??= await fetch();
  };
  return function Lazy(props: P) {
    const found = useLoaded(once, []);
    if (View) return <View {...props} />;
    return quiet ? null : <Show loaded={found}>{() => null}</Show>;
  };
}
