// People with rights: who holds which role, giving one, invitations that are out.
import type { JSX } from "preact";
import { Route, link } from "../../router";
import { useLoaded } from "../../shell/loaded";
import { Line, fetchContests } from "../contests/lines";
import { Key, say } from "../say";
import { Give } from "./give";
import { Holders } from "./holders";
import { Invitations } from "./invitations";

export interface Section {
  contests: Line[];
}

const SECTIONS: Record<string, { name: Key; of: (props: Section) => JSX.Element }> = {
  holders: { name: "pp_holders", of: Holders },
  give: { name: "pp_give", of: Give },
  invitations: { name: "pp_invitations", of: Invitations },
};

export default function PeoplePage({ parts: [section = "holders"] }: { parts: Route }) {
  // Titles are a comfort: without them contests are called by their ids.
  const contests = useLoaded(() => fetchContests().catch(() => []), []);
  const { of: Shown } = SECTIONS[section] ?? SECTIONS.holders!;
  return (
    <div class="page">
      <h1>{say("menu_people")}</h1>
      <p class="lead">{say("pp_lead")}</p>
      <ul class="tabs" aria-label={say("menu_people")}>
        {Object.entries(SECTIONS).map(([path, { name }]) => (
          <li key={path}>
            <a href={link("people", path)} aria-current={path === section ? "page" : undefined}>
              {say(name)}
            </a>
          </li>
        ))}
      </ul>
      {contests.state === "there" && <Shown contests={contests.value} />}
    </div>
  );
}
