// Anybody may check a receipt, without an account. What stands in the address is not sent until this page sends it.
import { useEffect, useState } from "preact/hooks";
import { Problem, send } from "../http";
import { clockTime, shortMoment } from "../instants";
import { Key, say } from "../messages";
import { shortCode } from "./receipt";

interface Verdict {
  valid: boolean;
  reason: string;
  covers: { attempt_id: string; answers_digest: string; submitted_at: string; by: string; late: boolean } | null;
}

export function VerifyPage({ receipt }: { receipt: string }) {
  const [text, setText] = useState(receipt);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const verify = async (given: string) => {
    setVerdict(null);
    setWrong(null);
    if (!given.trim()) return setWrong(say("need_receipt"));
    try {
      setVerdict((await send<Verdict>("POST", "/api/exam/receipts/verify", { body: { receipt: bare(given) } })).body);
    } catch (error) {
      setWrong(error instanceof Problem && !error.passing ? error.message : say("failed"));
    }
  };
  useEffect(() => {
    if (receipt) void verify(receipt);
  }, [receipt]);
  return (
    <div class="page narrow">
      <h1>{say("verify")}</h1>
      <div role="status">{verdict && <Judged verdict={verdict} />}</div>
      <p>{say("verify_lead")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void verify(text);
        }}
        noValidate
      >
        <div class={wrong ? "field is-wrong" : "field"}>
          <label for="receipt">{say("verify_field")}</label>
          {wrong && (
            <p class="wrong" role="alert" id="receipt-wrong">
              {wrong}
            </p>
          )}
          <textarea
            id="receipt"
            spellcheck={false}
            value={text}
            aria-describedby={wrong ? "receipt-wrong" : undefined}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </div>
        <button type="submit">{say("verify_send")}</button>
      </form>
    </div>
  );
}

/** The receipt alone, also out of the address of a QR code. */
const bare = (text: string): string => decodeURIComponent(text.trim().split("/").pop() ?? "").trim();

function Judged({ verdict }: { verdict: Verdict }) {
  if (!verdict.valid || !verdict.covers) return <p class="notice bad">{say(`verdict_${verdict.reason}` as Key)}</p>;
  const { covers } = verdict;
  return (
    <div class="notice good">
      <h2>{say("verdict_ok")}</h2>
      <p>{say("verdict_ok_text")}</p>
      <dl class="facts">
        <div>
          <dt>{say("receipt_code")}</dt>
          <dd>{shortCode(covers.answers_digest)}</dd>
        </div>
        <div>
          <dt>{say("receipt_time")}</dt>
          <dd>
            {clockTime(covers.submitted_at, true)} · {shortMoment(covers.submitted_at)}
          </dd>
        </div>
        <div>
          <dt>{say("receipt_by")}</dt>
          <dd>
            {say(covers.by === "person" ? "by_person" : "by_server")}
            {covers.late && ` · ${say("receipt_late")}`}
          </dd>
        </div>
        <div>
          <dt>{say("digest_short")}</dt>
          <dd>
            <code>{covers.answers_digest}</code>
          </dd>
        </div>
      </dl>
    </div>
  );
}
