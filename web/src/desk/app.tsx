// The frame of the desk: who is here, what they may do, the page they are on.
import emblem from "@theme/public/emblem.svg?url";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { language, languages, say as sayToAll, themed } from "../messages";
import { useValue } from "../observable";
import { SignInPage } from "../pages/sign-in";
import { Route, link, route } from "../router";
import { person, signOut } from "../session";
import { Show, useLoaded } from "../shell/loaded";
import { usePolled } from "./base/polled";
import { DeskPage, PAGES } from "./pages";
import { Right, asleep, findRights, holds, rights } from "./rights";
import { say, speakDesk } from "./say";
import { fetchProposals, waiting } from "./waiting";

const WAITING_MS = 60_000;

export function Desk() {
  const spoken = useValue(language);
  const who = useValue(person);
  const held = useValue(rights);
  const address = useValue(route);
  useEffect(() => void findRights().catch(() => undefined), [who?.user_id]);
  const skip = (event: Event) => {
    event.preventDefault();
    document.getElementById("content")?.focus();
  };
  return (
    <div key={spoken} class="frame desk">
      <a class="skip" href="#content" onClick={skip}>
        {sayToAll("skip")}
      </a>
      <Top />
      <div class="desk-body">
        {who && held && held.length > 0 && <Menu held={held} here={address[0] ?? ""} />}
        <Main address={address.join("/")}>{who ? <Inside held={held} address={address} /> : <Outside address={address} />}</Main>
      </div>
    </div>
  );
}

function Outside({ address }: { address: Route }) {
  // The participant's page has the registration; here nobody joins.
  if (address[0] === "join") location.replace("/#/join");
  return <SignInPage next={address[0] === "sign-in" ? address.slice(1) : address} />;
}

function Inside({ held, address: [path = "", ...parts] }: { held: readonly Right[] | null; address: Route }) {
  if (!held)
    return (
      <p class="page quiet" role="status">
        {sayToAll("loading")}
      </p>
    );
  const own = PAGES.filter((page) => holds(held, ...page.roles));
  if (!own.length) return <NoRole />;
  const page = path === "" || path === "sign-in" ? own[0] : own.find((each) => each.path === path);
  return page ? <Opened key={page.path} page={page} parts={parts} /> : <NotHere />;
}

function Opened({ page, parts }: { page: DeskPage; parts: Route }) {
  const loaded = useLoaded(page.load, [page.path]);
  return <Show loaded={loaded}>{({ default: Page }) => <Page parts={parts} />}</Show>;
}

function NoRole() {
  if (asleep.value) return <Asleep />;
  return (
    <div class="page narrow">
      <h1>{say("no_role")}</h1>
      <p class="lead">{say("no_role_text")}</p>
      <p>
        <a class="button" href="/">
          {say("to_participants")}
        </a>
      </p>
    </div>
  );
}

function Asleep() {
  return (
    <div class="page narrow">
      <h1>{say("asleep")}</h1>
      <p class="lead">{say("asleep_text")}</p>
      <p>
        <a class="button" href="/#/security">
          {say("to_security")}
        </a>
      </p>
    </div>
  );
}

function NotHere() {
  return (
    <div class="page narrow">
      <h1>{sayToAll("no_page")}</h1>
      <p>
        <a href={link()}>{say("to_desk")}</a>
      </p>
    </div>
  );
}

/** A new page begins at its top, and a screen reader begins there too. */
function Main({ address, children }: { address: string; children: preact.ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  const before = useRef(address);
  useLayoutEffect(() => {
    const watcher = new MutationObserver(() => name(main.current));
    watcher.observe(main.current!, { childList: true, subtree: true });
    return () => watcher.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (before.current !== address) {
      scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
    before.current = address;
  }, [address]);
  return (
    <main id="content" tabIndex={-1} ref={main}>
      {children}
    </main>
  );
}

function name(main: HTMLElement | null) {
  const heading = main?.querySelector("h1")?.textContent ?? say("desk");
  document.title = `${heading} – ${say("desk")}`;
}

function Top() {
  const who = useValue(person);
  return (
    <header>
      <a class="brand" href={link()}>
        <img src={emblem} alt="" width="32" height="32" />
        <span>
          {say("desk")} <small>{themed("name")}</small>
        </span>
      </a>
      <nav aria-label={sayToAll("account")}>
        <a href="/">{say("to_participants")}</a>
        {who && <span>{who.name}</span>}
        {who && (
          <button type="button" class="plain" onClick={() => void signOut()}>
            {sayToAll("sign_out")}
          </button>
        )}
        {languages
          .filter(([code]) => code !== language.value)
          .map(([code, own]) => (
            <button key={code} type="button" class="plain" lang={code} onClick={() => void speakDesk(code)}>
              {own}
            </button>
          ))}
      </nav>
    </header>
  );
}

/** On a phone it is folded behind a button. */
function Menu({ held, here }: { held: readonly Right[]; here: string }) {
  const [open, setOpen] = useState(false);
  const shown = PAGES.filter((page) => page.inMenu && holds(held, ...page.roles));
  const first = shown[0]?.path;
  const counts = holds(held, "organiser");
  usePolled(() => (counts ? fetchProposals() : Promise.resolve([])), WAITING_MS, [counts]);
  return (
    <nav class="menu" aria-label={say("menu")}>
      <button type="button" class="second menu-button" aria-expanded={open} aria-controls="menu" onClick={() => setOpen(!open)}>
        {say("menu")}
        {counts && <Count of={waiting} />}
      </button>
      <ul id="menu" class={open ? "is-open" : ""} onClick={() => setOpen(false)}>
        {shown.map((page) => (
          <li key={page.path}>
            <a href={link(page.path)} aria-current={page.path === (here || first) ? "page" : undefined}>
              {say(page.name)}
              {page.count && <Count of={page.count} />}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Count({ of }: { of: NonNullable<DeskPage["count"]> }) {
  const waits = useValue(of);
  if (!waits) return null;
  return (
    <span class="count menu-count">
      {waits}
      <span class="hidden"> {say("cf_waiting")}</span>
    </span>
  );
}
