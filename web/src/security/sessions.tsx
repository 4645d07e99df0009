// Where the account is signed in; each place can be ended.
import { useState } from "preact/hooks";
import { at, call } from "../api";
import { shortMoment } from "../instants";
import { say } from "../messages";
import { Show, useLoaded } from "../shell/loaded";

const SESSIONS = "/api/registration/me/sessions";

interface Place {
  session_id: string;
  client: string;
  created_at: string;
  used_at: string;
  second_factor: boolean;
  current: boolean;
}

export function Sessions() {
  const [changes, setChanges] = useState(0);
  const found = useLoaded(async () => (await call<{ sessions: Place[] }>("GET", SESSIONS)).body.sessions, [changes]);
  const end = async (place: Place) => {
    await call("DELETE", at(SESSIONS, place.session_id)).catch(() => undefined); // the list then shows that it is there still
    setChanges((count) => count + 1);
  };
  return (
    <section>
      <h2>{say("sec_sessions")}</h2>
      <Show loaded={found}>
        {(places) => (
          <ul class="places">
            {[...places].reverse().map((place) => (
              <li key={place.session_id} class="card">
                <PlaceLines place={place} />
                {!place.current && (
                  <button type="button" class="second" onClick={() => void end(place)}>
                    {say("sec_end")}
                    <span class="hidden"> {nameOf(place)}</span>
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Show>
    </section>
  );
}

function PlaceLines({ place }: { place: Place }) {
  return (
    <>
      <p>
        <strong>{nameOf(place)}</strong>
        {place.current && ` · ${say("sec_here")}`}
      </p>
      <p class="quiet">
        {say("sec_used", { used: shortMoment(place.used_at), since: shortMoment(place.created_at) })}
        {place.second_factor && ` · ${say("sec_with_factor")}`}
      </p>
    </>
  );
}

const nameOf = (place: Place) => place.client || say("sec_some_device");
