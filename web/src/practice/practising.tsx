// A practice paper: like the real one in everything, but nothing counts, nothing is kept, and the answers are told at its end.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { at, load } from "../api";
import { device } from "../device";
import { isPassing } from "../http";
import { spoken } from "../instants";
import { say } from "../messages";
import { useValue } from "../observable";
import { Reviewed } from "../pages/review";
import { Bar } from "../paper/bar";
import { Speech } from "../paper/speech";
import { Questions } from "../paper/turning";
import { link } from "../router";
import { Show, useLoaded } from "../shell/loaded";
import { useNow } from "../shell/tick";
import type { PracticePaper, SpokenQuestion } from "../types";
import { judged } from "./judging";
import { Opening } from "./opening";
import { keepForLater } from "./offline";
import { Practice, begin, leave, underWay } from "./paper";

const LAST = "practice.last.";
/** How many there are. */
const PAPERS = "practice.papers";

interface Props {
  contestId: string;
  /** The round somebody waits for meanwhile. */
  roundId?: string;
}

export function PracticePage({ contestId, roundId }: Props) {
  const [practice, setPractice] = useState(() => underWay(contestId));
  const start = (paper: PracticePaper) => {
    device.write(LAST + contestId, paper.number);
    setPractice(begin(paper));
  };
  const another = () => {
    leave(contestId);
    setPractice(null);
  };
  return (
    <>
      {roundId && <Opening roundId={roundId} />}
      {practice ? (
        <Trying practice={practice} another={another} />
      ) : (
        <Invitation contestId={contestId} start={start} />
      )}
    </>
  );
}

function Invitation({ contestId, start }: { contestId: string; start: (paper: PracticePaper) => void }) {
  const found = useLoaded(() => nextPaper(contestId), [contestId]);
  return <Show loaded={found}>{(paper) => <Intro paper={paper} start={() => start(paper)} />}</Show>;
}

/** Another one than the last; without network the last again. */
async function nextPaper(contestId: string): Promise<PracticePaper> {
  const last = device.read<number>(LAST + contestId) ?? 0;
  const papers = device.read<number>(PAPERS) ?? 1;
  try {
    return await fetchPaper(contestId, (last % papers) + 1);
  } catch (error) {
    if (!last || !isPassing(error)) throw error;
    return fetchPaper(contestId, last);
  }
}

async function fetchPaper(contestId: string, number: number): Promise<PracticePaper> {
  const address = at("/api/exam/contests", contestId, "practice", number);
  const paper = await load<PracticePaper>(address);
  device.write(PAPERS, paper.papers);
  keepForLater(address);
  return paper;
}

function Intro({ paper, start }: { paper: PracticePaper; start: () => void }) {
  return (
    <div class="page narrow">
      <p>
        <a href={link("contests", paper.contest_id)}>← {paper.title}</a>
      </p>
      <h1>{say("practice")}</h1>
      <p class="lead">{say("facts", { questions: paper.questions.length, time: spoken(paper.paper_seconds) })}</p>
      <ul class="links">
        <li>{say("practice_free")}</li>
        <li>{say("practice_same")}</li>
        <li>{say("practice_why")}</li>
      </ul>
      <p class="row">
        <button type="button" onClick={start}>
          {say("practice_start")}
        </button>
      </p>
    </div>
  );
}

function Trying({ practice, another }: { practice: Practice; another: () => void }) {
  const tried = useValue(practice.kept);
  const left = tried.endsAt - useNow();
  const over = left <= 0;
  useEffect(() => {
    if (over && !tried.done) practice.change({ done: true });
  }, [over]);
  if (tried.done || over) return <Result practice={practice} another={another} />;
  const { contest_id, number, languages } = tried.paper;
  const fetch = async (code: string) =>
    (await load<{ questions: SpokenQuestion[] }>(at("/api/exam/contests", contest_id, "practice", number, "languages", code)))
      .questions;
  return (
    <>
      <Bar work={practice} left={left}>
        <span class="saved practice-mark">{say("practice_mark")}</span>
      </Bar>
      <div class="page narrow paper">
        <h1 class="hidden">{say("practice")}</h1>
        <Questions sheet={practice} check={() => practice.change({ done: true })} end={say("practice_end")}>
          <Speech sheet={practice} languages={languages} fetch={fetch} />
        </Questions>
      </div>
    </>
  );
}

function Result({ practice, another }: { practice: Practice; another: () => void }) {
  const tried = useValue(practice.kept);
  const questions = judged(tried);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  const right = questions.filter((question) => question.is_right).length;
  return (
    <div class="page narrow">
      <p class="eyebrow practice-mark">{say("practice_mark")}</p>
      <h1 tabIndex={-1} ref={heading}>
        {say("review_score", { right, all: questions.length })}
      </h1>
      <p>{say("practice_result")}</p>
      <p class="row">
        <button type="button" onClick={another}>
          {say("practice_again")}
        </button>
        <a class="button second" href={link("contests", tried.paper.contest_id)}>
          {say("to_rounds")}
        </a>
      </p>
      {questions.map((question) => (
        <Reviewed key={question.n} question={question} all={questions.length} />
      ))}
    </div>
  );
}
