// The frame around every page, and which page belongs to which address.
import { ComponentChildren, JSX, RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Guard } from "./helping/guard";
import { language, say, themed } from "./messages";
import { useValue } from "./observable";
import { AccountPage } from "./pages/account";
import { ContestPage } from "./pages/contest";
import { HomePage } from "./pages/home";
import { JoinPage } from "./pages/join";
import { ReceiptPage } from "./pages/receipt";
import { SignInPage } from "./pages/sign-in";
import { StartPage } from "./launch/page";
import { PaperPage } from "./paper/page";
import { Route, link, route } from "./router";
import { Header } from "./shell/header";
import { later } from "./shell/later";

const ResultsPage = later(() => import("./results/page").then((found) => found.ResultsPage));
const UnitsPage = later(() => import("./results/units-page").then((found) => found.UnitsPage));
const ChartsPage = later(() => import("./results/charts-page").then((found) => found.ChartsPage));
const EmbedPage = later(() => import("./pages/embed").then((found) => found.EmbedPage));
const OwnResultPage = later<{ roundId: string }>(() => import("./own/result").then((own) => own.OwnResultPage));
const PracticePage = later<{ contestId: string; roundId?: string }>(() =>
  import("./practice/practising").then((part) => part.PracticePage),
);
const MyDataPage = later<object>(() => import("./own/data").then((own) => own.MyDataPage));
const CertificatePage = later(() => import("./certificates/page").then((found) => found.CertificatePage));
const HelpPage = later<{ done: boolean }>(() => import("./helping/page").then((part) => part.HelpPage));
const SecurityPage = later<object>(() => import("./security/page").then((part) => part.SecurityPage));
const InvitationPage = later<{ token: string }>(() => import("./security/invitation").then((part) => part.InvitationPage));
const OwnCampaignsPage = later<object>(() => import("./emulation/list").then((part) => part.OwnCampaignsPage));
const OwnCampaignPage = later<{ campaignId: string }>(() => import("./emulation/page").then((part) => part.OwnCampaignPage));
const ReviewPage = later<{ attemptId: string }>(() => import("./pages/review").then((part) => part.ReviewPage));
const VerifyPage = later<{ receipt: string }>(() => import("./pages/verify").then((part) => part.VerifyPage));
const ForgottenPage = later<{ withCode: boolean }>(() => import("./security/forgotten").then((part) => part.ForgottenPage));
const NewPasswordPage = later<{ token: string }>(() => import("./security/forgotten").then((part) => part.NewPasswordPage));

/** First part of the address -> page; the parts after it are handed over. */
const PAGES: Record<string, (parts: Route) => JSX.Element> = {
  "": () => <HomePage />,
  contests: ([id]) => <ContestPage contestId={id ?? ""} />,
  join: (next) => <JoinPage next={next} />,
  "sign-in": (next) => <SignInPage next={next} />,
  me: () => <AccountPage />,
  start: ([id]) => <StartPage key={id} roundId={id ?? ""} />,
  paper: ([id]) => <PaperPage key={id} attemptId={id ?? ""} />,
  receipt: ([id]) => <ReceiptPage key={id} attemptId={id ?? ""} />,
  review: ([id]) => <ReviewPage key={id} attemptId={id ?? ""} />,
  verify: ([receipt]) => <VerifyPage key={receipt} receipt={receipt ?? ""} />,
  security: () => <SecurityPage />,
  invitation: ([token]) => <InvitationPage key={token} token={token ?? ""} />,
  forgotten: ([state]) => <ForgottenPage key={state} withCode={state === "code"} />,
  "new-password": ([token]) => <NewPasswordPage key={token} token={token ?? ""} />,
  practice: ([id, roundId]) => <PracticePage key={id} contestId={id ?? ""} roundId={roundId} />,
  own: ([id]) => <OwnResultPage key={id} roundId={id ?? ""} />,
  "my-data": () => <MyDataPage />,
  certificate: ([code]) => <CertificatePage code={code ?? ""} />,
  help: ([state]) => <HelpPage done={state === "done"} />,
  rounds: ([id, division]) => <ResultsPage roundId={id ?? ""} division={division || undefined} />,
  units: ([id, tree, parent]) => <UnitsPage roundId={id ?? ""} tree={tree} parent={parent || undefined} />,
  charts: (parts) => <ChartsPage parts={parts} />,
  emulation: ([id]) => (id ? <OwnCampaignPage key={id} campaignId={id} /> : <OwnCampaignsPage />),
  embed: ([id]) => <EmbedPage contestId={id ?? ""} />,
};

export function App() {
  const spoken = useValue(language);
  const [name = "", ...parts] = useValue(route);
  const page = PAGES[name];
  const skip = (event: Event) => {
    event.preventDefault();
    document.getElementById("content")?.focus();
  };
  return (
    <div key={spoken} class="frame">
      <a class="skip" href="#content" onClick={skip}>
        {say("skip")}
      </a>
      <Header />
      <Guard />
      <Main address={[name, ...parts].join("/")}>{page ? page(parts) : <NoPage />}</Main>
      <Footer />
    </div>
  );
}

/** A new page begins at its top, and a screen reader begins there too. */
function Main({ address, children }: { address: string; children: ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useTitle(main);
  useLayoutEffect(() => {
    if (!first.current) {
      scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
    first.current = false;
  }, [address]);
  return (
    <main id="content" tabIndex={-1} ref={main}>
      {children}
    </main>
  );
}

/** The tab is named after the page's heading, whenever that appears. */
function useTitle(main: RefObject<HTMLElement>) {
  useLayoutEffect(() => {
    const name = () => {
      const heading = main.current?.querySelector("h1")?.textContent;
      document.title = heading ? `${heading} – ${themed("name")}` : themed("name");
    };
    const watcher = new MutationObserver(name);
    watcher.observe(main.current!, { childList: true, subtree: true });
    name();
    return () => watcher.disconnect();
  }, []);
}

function NoPage() {
  return (
    <div class="page narrow">
      <h1>{say("no_page")}</h1>
      <p>
        <a href={link()}>{say("home")}</a>
      </p>
    </div>
  );
}

function Footer() {
  return (
    <footer>
      <p>{themed("help")}</p>
      <p class="quiet">
        {say("footer")} <a href={link("verify")}>{say("verify")}</a> ·{" "}
        <a href={link("certificate")}>{say("certificate_check")}</a> · <a href="/docs/">{say("docs")}</a>
      </p>
    </footer>
  );
}
