// The receipt of a submitted paper: kept on the device, else asked for.
import { useEffect, useState } from "preact/hooks";
import { at, load } from "../api";
import { clockTime, shortMoment } from "../instants";
import { say } from "../messages";
import { useValue } from "../observable";
import { fetchPaper } from "../paper/handing-in";
import { KeptReceipt, keepReceipt, keptReceipt } from "../paper/receipts";
import { go, link } from "../router";
import { person } from "../session";
import { Show, useLoaded } from "../shell/loaded";
import type { Round, Submission } from "../types";
import { WhatNext } from "./receipt-next";
import { SignInPage } from "./sign-in";

export function ReceiptPage({ attemptId }: { attemptId: string }) {
  const who = useValue(person);
  const found = useLoaded(() => (who ? find(attemptId, who.user_id) : Promise.resolve(null)), [attemptId, who?.user_id]);
  if (!who) return <SignInPage next={["receipt", attemptId]} />;
  return (
    <Show loaded={found}>
      {(receipt) => (receipt ? <Receipt {...receipt} /> : <p class="page narrow">{say("not_submitted")}</p>)}
    </Show>
  );
}

async function find(attemptId: string, userId: string): Promise<KeptReceipt | null> {
  const kept = keptReceipt(attemptId, userId);
  if (kept) return kept;
  const paper = await fetchPaper(attemptId);
  if (paper.state === "open") go(["paper", attemptId], true);
  if (!paper.submission) return null;
  const { title } = await load<Round>(at("/api/exam/rounds", paper.round_id));
  keepReceipt({ userId, title, paper }, paper.submission, []);
  return (
    keptReceipt(attemptId, userId) ?? { userId, title, questions: paper.questions.length, submission: paper.submission, late: [] }
  );
}

/** What a person reads out on the telephone: the beginning of the answers' digest. */
export const shortCode = (digest: string): string => (digest.slice(0, 12).toUpperCase().match(/.{4}/g) ?? []).join("-");

export const verifyAddress = (receipt: string): string => `${location.origin}/${link("verify", receipt)}`;

function Receipt({ title, questions, submission, late }: KeptReceipt) {
  return (
    <div class="page narrow">
      <section class="receipt" aria-labelledby="receipt-title">
        <h1 id="receipt-title">
          <Tick />
          {say("received")}
        </h1>
        <Late submission={submission} late={late} />
        <dl class="facts">
          <Fact term={say("receipt_code")}>
            <span class="code">{shortCode(submission.answers_digest)}</span>
          </Fact>
          <Fact term={say("receipt_time")}>
            {clockTime(submission.submitted_at, true)} · {shortMoment(submission.submitted_at).split(" ").pop()}
          </Fact>
          <Fact term={say("receipt_attempt")}>
            {title} · {say("attempt_n", { n: submission.number })}
          </Fact>
          <Fact term={say("receipt_answered")}>
            {submission.answered} / {questions}
          </Fact>
          <Fact term={say("receipt_by")}>
            {say(submission.by === "person" ? "by_person" : "by_server")}
            {submission.late && ` · ${say("receipt_late")}`}
          </Fact>
        </dl>
        <Code submission={submission} title={title} questions={questions} />
      </section>
      <WhatNext attemptId={submission.attempt_id} />
      <p class="row">
        <a class="button second" href={link()}>
          {say("to_rounds")}
        </a>
      </p>
      <p class="quiet">
        <a href={link("verify", submission.receipt)}>{say("verify_link")}</a>
      </p>
    </div>
  );
}

function Fact({ term, children }: { term: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Late({ submission, late }: { submission: Submission; late: number[] }) {
  if (late.length)
    return (
      <p class="notice bad" role="alert">
        {say("not_counted", { n: submission.answered, m: late.length, list: late.join(", ") })}
      </p>
    );
  return submission.by === "server" ? <p class="notice good">{say("counted_all", { n: submission.answered })}</p> : null;
}

function Tick() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="12" fill="currentColor" />
      <path
        d="M6.500 12.500l3.700 3.700 7.300-8"
        fill="none"
        stroke="#fff"
        stroke-width="2.600"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

interface CodeProps {
  submission: Submission;
  title: string;
  questions: number;
}

/** The QR code is drawn by a part that is loaded only here. */
function Code({ submission, title, questions }: CodeProps) {
  const [qr, setQr] = useState<typeof import("../receipt-picture") | null>(null);
  useEffect(() => void import("../receipt-picture").then(setQr, () => undefined), []);
  const address = verifyAddress(submission.receipt);
  const lines = [
    `${say("receipt_code")}: ${shortCode(submission.answers_digest)}`,
    `${say("receipt_time")}: ${clockTime(submission.submitted_at, true)} ${shortMoment(submission.submitted_at).split(" ").pop()}`,
    `${title} · ${say("attempt_n", { n: submission.number })}`,
    `${say("receipt_answered")}: ${submission.answered} / ${questions}`,
  ];
  if (!qr) return null;
  return (
    <>
      <qr.QrCode text={address} label={say("receipt_qr")} />
      <p class="quiet">{say("receipt_text")}</p>
      <p>
        <button
          type="button"
          onClick={() =>
            void qr.download(address, say("received"), lines, `bien-nhan-${shortCode(submission.answers_digest)}.png`)
          }
        >
          {say("download")}
        </button>
      </p>
    </>
  );
}
