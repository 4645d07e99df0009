// Anybody may check a certificate, without an account: what it is worth today, and what the results say now.
import { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { at, load } from "../api";
import { precise, shortMoment } from "../instants";
import { Key, say, sayIf } from "../messages";
import { go } from "../router";
import { sentenceOf } from "./fetching";

interface Issue {
  at: string;
  division_place: number;
  points: number;
  prize: string | null;
}

interface Check {
  code: string;
  state: "valid" | "corrected" | "withdrawn" | "erased";
  contest: string;
  title: string;
  official_at: string;
  person:
    | (Issue & {
        name: string | null;
        unit: string | null;
        division: string;
        duration_ms: number;
        right: number | null;
        /** Of a unit; servers of before know neither. */
        participants?: number | null;
        rate_percent?: string | null;
      })
    | null;
  earlier: Issue[];
}

export function CertificatePage({ code }: { code: string }) {
  const [text, setText] = useState(code);
  const [found, setFound] = useState<Check | null>(null);
  const [wrong, setWrong] = useState("");
  const check = async (given: string) => {
    setFound(null);
    setWrong("");
    try {
      setFound(await load<Check>(at("/api/scoring/certificates", given)));
    } catch (error) {
      setWrong(sentenceOf(error));
    }
  };
  useEffect(() => {
    if (code) void check(code);
  }, [code]);
  const send = (event: Event) => {
    event.preventDefault();
    const given = text.trim();
    if (!given) return setWrong(say("certificate_need"));
    return given === code ? void check(given) : go(["certificate", given]);
  };
  return (
    <div class="page narrow">
      <h1>{say("certificate_check")}</h1>
      <div role="status">{found && <Judged found={found} />}</div>
      <p>{say("certificate_lead")}</p>
      <form onSubmit={send} noValidate>
        <div class={wrong ? "field is-wrong" : "field"}>
          <label for="code">{say("certificate_number")}</label>
          <p class="quiet" id="code-hint">
            {say("certificate_hint")}
          </p>
          {wrong && (
            <p class="wrong" role="alert" id="code-wrong">
              {wrong}
            </p>
          )}
          <input
            id="code"
            value={text}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            aria-describedby={wrong ? "code-hint code-wrong" : "code-hint"}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </div>
        <button type="submit">{say("verify_send")}</button>
      </form>
    </div>
  );
}

const GOOD = { valid: true, corrected: true, erased: true, withdrawn: false };

function Judged({ found }: { found: Check }) {
  const { state, person, earlier } = found;
  return (
    <div class={`notice ${GOOD[state] ? "good" : "bad"}`}>
      <h2>{say(`certificate_${state}` as Key)}</h2>
      {state !== "valid" && <p>{say(`certificate_${state}_text` as Key)}</p>}
      {earlier.length > 0 && (
        <ul>
          {earlier.map((issue) => (
            <li key={issue.at}>
              {shortMoment(issue.at)}: {summary(issue)}
            </li>
          ))}
        </ul>
      )}
      <dl class="facts">
        {person && <Fact name="name">{person.name ?? say("erased")}</Fact>}
        {person?.unit && <Fact name="unit">{person.unit}</Fact>}
        <Fact name="certificate_contest">
          {found.contest} – {found.title}
        </Fact>
        {person?.prize && <Fact name="prize">{sayIf(person.prize, person.prize)}</Fact>}
        {person && (
          <Fact name="place">
            {person.division_place} ({sayIf(person.division, person.division)})
          </Fact>
        )}
        {person && person.right !== null && <Fact name="right">{person.right}</Fact>}
        {person && person.duration_ms > 0 && <Fact name="time">{precise(person.duration_ms)}</Fact>}
        {person?.participants != null && <Fact name="participants">{person.participants}</Fact>}
        {person?.rate_percent != null && <Fact name="rate">{`${person.rate_percent} %`}</Fact>}
        <Fact name="certificate_official">{shortMoment(found.official_at)}</Fact>
        <Fact name="certificate_number">
          <code>{found.code}</code>
        </Fact>
      </dl>
    </div>
  );
}

function Fact({ name, children }: { name: Key; children: ComponentChildren }) {
  return (
    <div>
      <dt>{say(name)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What an earlier paper said, in short. */
function summary({ prize, division_place, points }: Issue): string {
  const place = say("certificate_earlier", { place: division_place, points });
  return prize ? `${say("prize")} ${sayIf(prize, prize)}, ${place}` : place;
}
