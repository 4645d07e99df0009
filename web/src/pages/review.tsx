// The own paper with the right answers, once the rules show them.
import { at, call } from "../api";
import { Key, say } from "../messages";
import { useValue } from "../observable";
import { Picture } from "../paper/picture";
import { link } from "../router";
import { person } from "../session";
import { Show, useLoaded } from "../shell/loaded";
import type { Review, ReviewedQuestion } from "../types";
import { SignInPage } from "./sign-in";

export function ReviewPage({ attemptId }: { attemptId: string }) {
  const who = useValue(person);
  const found = useLoaded(
    async () => (who ? (await call<Review>("GET", at("/api/exam/attempts", attemptId, "review"))).body : null),
    [attemptId, who?.user_id],
  );
  if (!who) return <SignInPage next={["review", attemptId]} />;
  return (
    <Show loaded={found}>
      {(review) =>
        review && (
          <div class="page narrow">
            <p>
              <a href={link("me")}>← {say("my_attempts")}</a>
            </p>
            <h1>{say("review_title")}</h1>
            <p class="lead">{say("review_score", { right: review.right, all: review.questions.length })}</p>
            {review.questions.map((question) => (
              <Reviewed key={question.n} question={question} all={review.questions.length} />
            ))}
          </div>
        )
      }
    </Show>
  );
}

export function Reviewed({ question, all }: { question: ReviewedQuestion; all: number }) {
  return (
    <section class="reviewed">
      <p class="which">
        {say("question_of", { n: question.n, all })} ·{" "}
        <span class={question.is_right ? "mark good" : "mark bad"}>{say(question.is_right ? "is_right" : "is_wrong")}</span>
        {!question.chosen && ` · ${say("no_answer")}`}
      </p>
      <h2>{question.text}</h2>
      {question.picture && <Picture picture={question.picture} />}
      <ul>
        {question.options.map(({ letter, text }) => {
          const [chosen, right] = [question.chosen.includes(letter), question.right.includes(letter)];
          const notes = ([chosen && "your_answer", right && "right_answer"].filter(Boolean) as Key[]).map((key) => say(key));
          return (
            <li key={letter} class={right ? "right" : chosen ? "wrong" : ""}>
              {letter}. {text}
              {notes.length > 0 && <strong> ({notes.join(", ")})</strong>}
            </li>
          );
        })}
      </ul>
      {question.corrected && <p class="notice">{say("corrected")}</p>}
      {question.why && <p>{question.why}</p>}
      {question.source && <p class="quiet">{say("source", { text: question.source })}</p>}
    </section>
  );
}
