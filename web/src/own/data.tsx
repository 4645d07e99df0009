// The own data: see, correct, take home, withdraw a consent, leave. What the law lets a person ask for is a button here.
import "./own.css";
import { useState } from "preact/hooks";
import { at, load } from "../api";
import { clock } from "../clock";
import { say, sayIf } from "../messages";
import { useValue } from "../observable";
import { forgetAssessments } from "../emulation/forget";
import { forgetPapers } from "../paper/kept";
import { forgetReceipts } from "../paper/receipts";
import { SignInPage } from "../pages/sign-in";
import { link } from "../router";
import { knownAs, person, signOut } from "../session";
import { Facts } from "../shell/facts";
import { Show, useLoaded } from "../shell/loaded";
import { shortMoment } from "../instants";
import type { Purpose, Unit } from "../types";
import { Consents } from "./consents";
import { Correct } from "./correct";
import { calendarDay } from "./days";
import { Erase } from "./erase";
import { Everything, Whole, fetchEverything } from "./everything";
import { Everywhere, NewPassword } from "./password";
import type { Me } from "./types";

interface Data {
  whole: Whole;
  purposes: Purpose[];
  unit: Unit | null;
  partyUnit: Unit | null;
}

export function MyDataPage() {
  const who = useValue(person);
  const [changes, setChanges] = useState(0);
  const [done, setDone] = useState("");
  const [gone, setGone] = useState(false);
  const found = useLoaded(() => (who ? fetchAll() : Promise.resolve(null)), [who?.user_id, changes]);
  if (gone) return <Gone />;
  if (!who) return <SignInPage next={["my-data"]} />;
  const again = (sentence: string) => {
    setDone(sentence);
    scrollTo(0, 0);
    setChanges((count) => count + 1);
  };
  const erased = () => {
    setGone(true);
    forgetPapers(who.user_id);
    forgetReceipts(who.user_id);
    forgetAssessments(who.user_id);
    void signOut();
  };
  return (
    <>
      <div class="said" role="status">
        {done && <p class="notice good">{done}</p>}
      </div>
      <Show loaded={found}>{(data) => data && <MyData data={data} again={again} erased={erased} />}</Show>
    </>
  );
}

async function fetchAll(): Promise<Data> {
  const [whole, { purposes }] = await Promise.all([
    fetchEverything(),
    load<{ purposes: Purpose[] }>("/api/registration/consents"),
  ]);
  const me = whole.registration.person;
  const [unit, partyUnit] = await Promise.all([unitOf(me.unit_id), unitOf(me.party_unit_id)]);
  return { whole, purposes, unit, partyUnit };
}

const unitOf = (id: string | null): Promise<Unit | null> =>
  id ? load<Unit>(at("/api/registration/units", id)).catch(() => null) : Promise.resolve(null);

interface Props {
  data: Data;
  again: (sentence: string) => void;
  erased: () => void;
}

function MyData({ data, again, erased }: Props) {
  const { whole, purposes } = data;
  const me = whole.registration.person;
  const notice = whole.registration.notice;
  const corrected = (now: Me) => {
    knownAs(now);
    again(say("own_corrected"));
  };
  return (
    <div class="page narrow">
      <p>
        <a href={link("me")}>← {say("account")}</a>
      </p>
      <h1>{say("own_data")}</h1>
      <p class="lead">{say("own_data_lead")}</p>
      {notice && Date.parse(notice.erase_at) > clock.now() && (
        <p class="notice">{say("own_notice", { at: shortMoment(notice.erase_at) })}</p>
      )}
      <Profile data={data} />
      <Correct me={me} unit={data.unit} partyUnit={data.partyUnit} done={corrected} />
      <Consents me={me} purposes={purposes} done={() => again(say("own_consents_saved"))} />
      <Everything whole={whole} />
      <h2>{say("own_access")}</h2>
      <NewPassword done={() => again(say("own_password_changed"))} />
      <Everywhere />
      <Erase erased={erased} />
    </div>
  );
}

function Profile({ data: { whole, unit, partyUnit } }: { data: Data }) {
  const me = whole.registration.person;
  const facts: [string, string | null | undefined][] = [
    [say("full_name"), me.name],
    [say("birth_date"), me.birth_date && calendarDay(me.birth_date)],
    [say("own_phone"), me.phone],
    [say("email"), me.email],
    [say("own_division"), sayIf(me.division, me.division)],
    [say("unit"), unit?.name ?? me.unit_id],
    [say("party_unit"), partyUnit?.name ?? me.party_unit_id],
    [say("guardian"), me.guardian && `${me.guardian.name}, ${me.guardian.phone}`],
    [say("own_registered"), shortMoment(me.registered_at)],
  ];
  return <Facts facts={facts} />;
}

function Gone() {
  return (
    <div class="page narrow">
      <h1>{say("own_gone")}</h1>
      <p>{say("own_gone_text")}</p>
      <p>
        <a href={link()}>{say("home")}</a>
      </p>
    </div>
  );
}
