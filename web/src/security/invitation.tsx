// The link of an invitation's letter: what is offered, by whom, and taking it.
import { useState } from "preact/hooks";
import { send } from "../http";
import { shortMoment } from "../instants";
import { say } from "../messages";
import { useValue } from "../observable";
import { link } from "../router";
import { forgetAccess, person } from "../session";
import { Show, useLoaded } from "../shell/loaded";
import { useTry } from "./trying";

interface Offer {
  role: string;
  id: string;
  place: string;
  by_name: string;
  expires_at: string;
}

const ROLES: Record<string, () => string> = {
  officer: () => say("inv_officer"),
  organiser: () => say("inv_organiser"),
  operator: () => say("inv_operator"),
};

export function InvitationPage({ token }: { token: string }) {
  const look = async () => (await send<Offer>("POST", "/api/registration/invitations/look", { body: { token } })).body;
  const found = useLoaded(look, [token]);
  return (
    <div class="page narrow">
      <h1>{say("inv_title")}</h1>
      <Show loaded={found}>{(offer) => <Offered offer={offer} token={token} />}</Show>
    </div>
  );
}

function Offered({ offer, token }: { offer: Offer; token: string }) {
  const who = useValue(person);
  const [taken, setTaken] = useState(false);
  const { errors, busy, ask } = useTry();
  const accept = async () => {
    if (!(await ask("", "/api/registration/invitations/accept", { token }))) return;
    forgetAccess(); // the next token has the role
    setTaken(true);
  };
  if (taken) return <p role="status">{say("inv_taken")}</p>;
  return (
    <>
      <p>{say("inv_offer", { name: offer.by_name, role: ROLES[offer.role]?.() ?? offer.role })}</p>
      {offer.id !== "*" && <p class="card">{offer.place}</p>}
      <p class="quiet">{say("inv_until", { until: shortMoment(offer.expires_at) })}</p>
      {errors[""] && <p role="alert">{errors[""]}</p>}
      {who ? (
        <>
          <p>{say("inv_as", { name: who.name })}</p>
          <button type="button" disabled={busy} onClick={() => void accept()}>
            {say("inv_accept")}
          </button>
        </>
      ) : (
        <p class="row">
          <a class="button" href={link("sign-in", "invitation", token)}>
            {say("sign_in")}
          </a>
          <a class="button second" href={link("join", "invitation", token)}>
            {say("join")}
          </a>
        </p>
      )}
    </>
  );
}
