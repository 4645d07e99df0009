// A page that few people need is fetched when it is first opened: it costs nobody else a byte.
import { ComponentType } from "preact";
import { Show, useLoaded } from "./loaded";

export function later<P extends object>(fetch: () => Promise<ComponentType<P>>): ComponentType<P> {
  let there: ComponentType<P> | null = null;
  return function Later(props: P) {
    const found = useLoaded(async () => ({ Page: (there ??= await fetch()) }), []);
    return <Show loaded={found}>{({ Page }) => <Page {...props} />}</Show>;
  };
}
