// What joining and signing in share: a try at a time, what is wrong on top, waiting told, then on to where the person wanted to go.
import type { Answer } from "../http";
import { Route, go } from "../router";
import { SignedIn, signedIn } from "../session";
import { Sending, useSending } from "./sending";

type Try = Omit<Sending<Answer<SignedIn>>, "then">;

export function useComingIn(next: Route) {
  const { sendIt, ...state } = useSending();
  const comeIn = (one: Try) =>
    sendIt({
      ...one,
      then: (answer) => {
        signedIn(answer.body);
        go([...next], true);
      },
    });
  return { ...state, comeIn };
}
