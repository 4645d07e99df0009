// Pages that not everybody needs: their code is fetched when they are opened.
import { FunctionComponent } from "preact";
import { Show, useLoaded } from "./loaded";

export function later<Props extends object>(fetch: () => Promise<FunctionComponent<Props>>): FunctionComponent<Props> {
  return (props) => {
    const found = useLoaded(fetch, []);
    return <Show loaded={found}>{(Page) => <Page {...props} />}</Show>;
  };
}
