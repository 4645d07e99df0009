// Small pieces that say what a bank's page needs often: a state, a person, a question with its key.
import type { ComponentChildren } from "preact";
import { Picture } from "../../paper/picture";
import { person } from "../../session";
import type { Pictured } from "../../types";
import { say, sayIf } from "../say";
import type { Asked, Version } from "./types";

export const LEVELS = ["easy", "medium", "hard"];
const LETTERS = "ABCDEFGHIJ";

export const letter = (place: number): string => LETTERS[place]!;
export const levelName = (level: string): string => sayIf(`level_${level}`, level);

export function StateOf({ version: { state } }: { version: Pick<Version, "state"> }) {
  return <span class={state === "approved" ? "state official" : "state planned"}>{say(`qb_${state}`)}</span>;
}

/** Exam knows people by their id alone. */
export function By({ id }: { id: string | null }) {
  if (!id) return <>{say("qb_nobody")}</>;
  return id === person.value?.user_id ? <>{say("qb_you")}</> : <code>{id}</code>;
}

/** The options with the right ones marked, in words too. */
export function Options({ question }: { question: Asked }) {
  return (
    <ul class="keyed">
      {question.options.map((option, place) => {
        const right = question.right.includes(letter(place).toLowerCase());
        return (
          <li key={place} class={right ? "right" : undefined}>
            <strong>{letter(place)}.</strong> {option}
            {right && <span class="mark good"> ✓ {say("qb_right")}</span>}
          </li>
        );
      })}
    </ul>
  );
}

/** As a paper has it. */
export const pictureOf = ({ picture, alt }: Pick<Asked, "picture" | "alt">): Pictured | undefined =>
  picture ? { reference: picture, alt } : undefined;

/** What an organiser knows of a question beside its words. */
export function Whole({ question, children }: { question: Asked; children?: ComponentChildren }) {
  return (
    <>
      {question.picture && <Picture picture={pictureOf(question)!} />}
      <Options question={question} />
      {question.why && (
        <p class="quiet">
          {say("qb_why")}: {question.why}
        </p>
      )}
      {question.source && (
        <p class="quiet">
          {say("qb_source")}: {question.source}
        </p>
      )}
      {children}
    </>
  );
}
