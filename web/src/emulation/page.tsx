// One campaign: begin, write, hand in, read how it was reviewed and decided. What is written stays on the device until it is sent.
import "./emulation.css";
import { useEffect, useState } from "preact/hooks";
import { at, call } from "../api";
import { clock } from "../clock";
import { isPassing } from "../http";
import { useValue } from "../observable";
import { SignInPage } from "../pages/sign-in";
import { link } from "../router";
import { person } from "../session";
import { Show, useLoaded } from "../shell/loaded";
import { Begin } from "./begin";
import { Dates } from "./dates";
import { drop, keptOf } from "./kept";
import { Reading } from "./reading";
import { BASE, OwnCampaign, isWritable } from "./types";
import { word } from "./words";
import { Work, workOn } from "./work";
import { Writing } from "./writing";

interface Found {
  own: OwnCampaign;
  /** Where there is something to write. */
  work: Work | null;
}

export function OwnCampaignPage({ campaignId }: { campaignId: string }) {
  const who = useValue(person);
  const [round, setRound] = useState(0);
  const found = useLoaded(
    () => (who ? open(campaignId, who.user_id) : Promise.resolve(null)),
    [campaignId, who?.user_id, round],
  );
  if (!who) return <SignInPage next={["emulation", campaignId]} />;
  const again = () => setRound(round + 1);
  return <Show loaded={found}>{(there) => there && <Opened {...there} userId={who.user_id} again={again} />}</Show>;
}

/** From the server; what this device has is good enough while the network is away. */
async function open(campaignId: string, userId: string): Promise<Found> {
  const kept = keptOf(campaignId, userId);
  try {
    const own = (await call<OwnCampaign>("GET", at(`${BASE}/me/campaigns`, campaignId))).body;
    if (isWritable(own, clock.now()) && own.assessment) return { own, work: workOn(own, own.assessment, userId) };
    if (kept && !kept.unsent) drop(campaignId, userId);
    return { own, work: null };
  } catch (error) {
    if (!kept || !isPassing(error)) throw error;
    return { own: kept.own, work: isWritable(kept.own, clock.now()) ? new Work(kept) : null };
  }
}

interface Props extends Found {
  userId: string;
  again: () => void;
}

function Opened({ own, work, userId, again }: Props) {
  if (work) return <InWork work={work} again={again} />;
  return (
    <div class="page narrow">
      <p>
        <a href={link("emulation")}>← {word("title")}</a>
      </p>
      <h1>{own.title}</h1>
      <Dates own={own} />
      {own.may_begin && <Begin own={own} begun={again} />}
      {!own.assessment && !own.may_begin && <p class="notice">{word("too_late")}</p>}
      {own.assessment && <Reading own={own} assessment={own.assessment} userId={userId} />}
    </div>
  );
}

/** The network comes and goes; the page is hidden, perhaps for good. */
function InWork({ work, again }: { work: Work; again: () => void }) {
  const waiting = useValue(work.files.waiting).length > 0;
  useEffect(() => {
    const online = () => (work.sender.online(), work.files.online());
    const hidden = () => document.visibilityState === "hidden" && void work.sender.flush();
    addEventListener("online", online);
    addEventListener("pagehide", hidden);
    document.addEventListener("visibilitychange", hidden);
    if (work.unsent) void work.sender.flush();
    return () => {
      removeEventListener("online", online);
      removeEventListener("pagehide", hidden);
      document.removeEventListener("visibilitychange", hidden);
      if (work.unsent) void work.sender.flush();
      work.stop();
    };
  }, [work]);
  useEffect(() => {
    if (!waiting) return;
    // A file that waits is only in this tab.
    const asked = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", asked);
    return () => removeEventListener("beforeunload", asked);
  }, [waiting]);
  return <Writing work={work} again={again} />;
}
