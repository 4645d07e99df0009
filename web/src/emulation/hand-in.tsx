// The end of writing: what is still missing, asked once more, handed in.
import { useState } from "preact/hooks";
import { isClaimed } from "../desk/emulation/types";
import { Errors, ErrorSummary } from "../forms/errors";
import { told, useSending } from "../forms/sending";
import { useValue } from "../observable";
import { decimalOf } from "./decimals";
import { EMPTY, Saving, worth } from "./saving";
import type { OwnCampaign } from "./types";
import { word } from "./words";
import type { Work } from "./work";

interface Props {
  work: Work;
  /** What is wrong with what is written. */
  errors: Errors;
  /** From now on what is missing is told at its field. */
  asked: () => void;
  handedIn: () => void;
}

class NotYet extends Error {}

export function HandIn({ work, errors: wrong, asked, handedIn }: Props) {
  const { own, saving } = useValue(work.kept);
  const [sure, setSure] = useState(false);
  const { errors, round, busy, sendIt } = useSending();
  const open = own.criteria.filter(isClaimed).filter(({ code }) => !saving.typed[code]?.value.trim());
  const check = () => {
    asked();
    return sendIt({
      missing: named({ ...wrong, ...missingIn(own, saving) }),
      doing: word("saving"),
      ask: () => everythingSent(work),
      refusal: (error) => (error instanceof NotYet ? { "": error.message } : told(error)),
      then: () => setSure(true),
    });
  };
  const handIn = () =>
    sendIt({
      doing: word("handing_in"),
      ask: () => work.handIn(),
      refusal: (error) => (setSure(false), named(atFiles(told(error)))),
      then: handedIn,
    });
  return (
    <section>
      <h2>{word("hand_in")}</h2>
      <ErrorSummary errors={errors} round={round} />
      {open.length > 0 && <p>{word("not_claimed", { codes: open.map(({ code }) => code).join(", ") })}</p>}
      {sure ? (
        <div class="notice" role="alert">
          <p>
            <strong>{word("hand_in_sure")}</strong> {word("hand_in_text")}
          </p>
          <p class="row">
            <button type="button" disabled={busy !== null} onClick={() => void handIn()}>
              {word("hand_in_yes")}
            </button>
            <button type="button" class="second" onClick={() => setSure(false)}>
              {word("hand_in_no")}
            </button>
          </p>
        </div>
      ) : (
        <button type="button" disabled={busy !== null} onClick={() => void check()}>
          {word("hand_in_do")}
        </button>
      )}
      <p role="status">{busy}</p>
    </section>
  );
}

/** Sends what waits. Raises NotYet. */
async function everythingSent(work: Work): Promise<void> {
  if (work.files.waiting.value.length) throw new NotYet(word("files_first"));
  if (!(await work.settled())) throw new NotYet(word("send_first"));
}

/** Emulation's rule (domain/assessment.py), told before it is asked. */
export function missingIn({ criteria, assessment }: OwnCampaign, { typed }: Saving): Errors {
  const claimed = criteria.filter(isClaimed);
  const valueOf = (code: string) => decimalOf((typed[code] ?? EMPTY).value);
  if (claimed.length && claimed.every(({ code }) => valueOf(code) === null)) return { "": word("nothing_claimed") };
  const shown = new Set(assessment?.files.map(({ code }) => code));
  const bare = claimed.filter(
    (each) => each.evidence === "required" && worth(each, valueOf(each.code)) > 0 && !shown.has(each.code),
  );
  return Object.fromEntries(bare.map(({ code }) => [`files.${code}`, word("evidence_missing")]));
}

/** The server tells of a missing file at the claim; here it is mended at the files. */
const atFiles = (errors: Errors): Errors =>
  Object.fromEntries(Object.entries(errors).map(([path, sentence]) => [path.replace(/^claims\./, "files."), sentence]));

/** The code of the criterion before each sentence: "from 0 to 30" of what? */
const named = (errors: Errors): Errors =>
  Object.fromEntries(
    Object.entries(errors).map(([path, sentence]) => {
      const code = path.split(".")[1];
      return [path, code ? `${code}: ${sentence}` : sentence];
    }),
  );
