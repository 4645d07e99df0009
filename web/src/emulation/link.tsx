// On the page of the account: the way to the own campaigns, where there is one. Nothing where there is none, or no such service.
import { say } from "../messages";
import { link } from "../router";
import { useLoaded } from "../shell/loaded";
import { fetchLines } from "./lines";

export function OwnCampaignsLink() {
  const found = useLoaded(fetchLines, []);
  if (found.state !== "there" || !found.value.length) return null;
  const returned = found.value.some(({ state, mine }) => state === "open" && mine === "returned");
  return (
    <p>
      <a href={link("emulation")}>{say("emulation_link")}</a>
      {returned && <strong> – {say("emulation_returned")}</strong>}
    </p>
  );
}
