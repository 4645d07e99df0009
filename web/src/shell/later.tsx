import { JSX } from "preact";
import { Show, useLoaded } from "./loaded";

/** A part that few people need: fetched when it is first shown. */
export function later<P extends object>(load: () => Promise<(props: P) => JSX.Element | null>): (props: P) => JSX.Element {
  return (props) => {
    const loaded = useLoaded(load, []);
    return <Show loaded={loaded}>{(Part) => <Part {...props} />}</Show>;
  };
}
