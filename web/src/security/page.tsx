// The account's security: the second factor, and where the account is signed in.
import { useState } from "preact/hooks";
import "../style/security.css";
import { say } from "../messages";
import { useValue } from "../observable";
import { SignInPage } from "../pages/sign-in";
import { person } from "../session";
import { Factor } from "./factor";
import { Sessions } from "./sessions";

export function SecurityPage() {
  const who = useValue(person);
  const [turn, setTurn] = useState(0); // switching the factor on or off ends other sessions
  if (!who) return <SignInPage next={["security"]} />;
  return (
    <div class="page narrow">
      <h1>{say("sec_title")}</h1>
      <Factor onChange={() => setTurn((count) => count + 1)} />
      <Sessions key={turn} />
    </div>
  );
}
