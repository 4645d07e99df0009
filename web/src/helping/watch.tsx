// For whom the device works now, and when the session ends by itself: told before, and prolonged with one touch.
import { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { minutes } from "../instants";
import { say } from "../messages";
import { useValue } from "../observable";
import { go, link, route } from "../router";
import { Person, Whose, person } from "../session";
import "../style/helping.css";
import { leave, papersInWork } from "./leaving";
import { touch, useStanding } from "./use";

type Ending = "asked" | "sending" | "waiting";

const AGAIN_MS = 5000;

interface Props {
  who: Person;
  here: Whose;
}

export function Watch({ who, here }: Props) {
  const { now, more } = useStanding(here);
  const { ending, ask, end, stay } = useEnding(who, here);
  const [page] = useValue(route);
  useEffect(() => {
    if (now.kind === "over" && !ending) void end();
  }, [now.kind, ending]);
  const goOn = () => {
    more();
    stay();
  };
  const panel = ending ? (
    <EndPanel ending={ending} who={who} end={end} stay={goOn} />
  ) : now.kind === "warned" ? (
    <Telling sentence={say("help_quiet")} leftMs={now.leftMs} alert>
      <button type="button" onClick={more}>
        {say("help_go_on")}
      </button>
    </Telling>
  ) : now.kind === "after" ? (
    <Telling sentence={say("help_after")} leftMs={now.leftMs}>
      <button type="button" onClick={more}>
        {say("help_more")}
      </button>
      {page === "receipt" && (
        <button type="button" class="second" onClick={() => print()}>
          {say("help_print")}
        </button>
      )}
      <button type="button" class="second" onClick={() => void end()}>
        {say("help_next")}
      </button>
    </Telling>
  ) : null;
  if (here !== "assisted" && !panel) return null;
  return (
    <section class={panel ? "watch tells" : "watch"} aria-label={say("help_session")}>
      {here === "assisted" && (
        <div class="whom">
          <p>
            {say("help_for")} <strong>{who.name}</strong>
          </p>
          {!panel && (
            <button type="button" class="second" onClick={ask}>
              {say("help_end")}
            </button>
          )}
        </div>
      )}
      {panel}
    </section>
  );
}

/** The end: asked for when a paper is in work, then as soon as the last answer was sent. */
function useEnding(who: Person, here: Whose) {
  const [ending, setEnding] = useState<Ending | null>(null);
  const wanted = useRef(false);
  const end = async () => {
    wanted.current = true;
    setEnding("sending");
    // The page of the paper must not send beside this.
    if (route.value[0] === "paper") go(["help"]);
    while (!(await leave(who))) {
      setEnding("waiting");
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      // Back to work; or the server ended the session: the person is asked to sign in again.
      if (!wanted.current || person.value !== who) return;
    }
    left(here);
  };
  const ask = () => (papersInWork(who.user_id).length ? setEnding("asked") : void end());
  const stay = () => {
    wanted.current = false;
    touch();
    setEnding(null);
  };
  return { ending, ask, end, stay };
}

/** The page begins anew, so that nothing is left in its memory either. */
function left(here: Whose): void {
  location.replace(here === "assisted" ? link("help", "done") : link());
  location.reload();
}

interface EndProps {
  ending: Ending;
  who: Person;
  end: () => Promise<void>;
  stay: () => void;
}

function EndPanel({ ending, who, end, stay }: EndProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.focus(), [ending]);
  const back = (
    <button type="button" class="second" onClick={stay}>
      {say("back")}
    </button>
  );
  if (ending === "sending") return <p role="status">{say("help_ending")}</p>;
  return (
    <div tabIndex={-1} ref={box} role="group" aria-label={say("help_end_ask", { name: who.name })}>
      <p role="status">{ending === "asked" ? say("help_end_paper") : say("help_waiting")}</p>
      <p class="row">
        {ending === "asked" && (
          <button type="button" onClick={() => void end()}>
            {say("help_end_ask", { name: who.name })}
          </button>
        )}
        {back}
      </p>
    </div>
  );
}

interface TellingProps {
  sentence: string;
  leftMs: number;
  alert?: boolean;
  children: ComponentChildren;
}

/** The sentence is read out once, the seconds only when asked. */
function Telling({ sentence, leftMs, alert, children }: TellingProps) {
  return (
    <>
      <p>
        <span role={alert ? "alert" : "status"}>{sentence}</span>{" "}
        <b class="number" role="timer" aria-live="off">
          {minutes(leftMs)}
        </b>
      </p>
      <p class="row">{children}</p>
    </>
  );
}
