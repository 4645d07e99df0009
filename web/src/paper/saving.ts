// Answers on their way to the server. Plain values in, plain values out.
import type { Answers } from "../types";

/** One save as it was sent: its number and the answers in it ("" clears one). */
export interface Save {
  seq: number;
  answers: Answers;
}

/**
 * `chosen`: what the person sees. `known`: what the server said it has. `seq`: the last number the server took.
 * `tried`: a save whose fate is not known yet, because its answer was lost.
 */
export interface Saving {
  seq: number;
  chosen: Answers;
  known: Answers;
  tried: Save | null;
}

export function saving(answers: Answers, seq: number): Saving {
  return { seq, chosen: { ...answers }, known: { ...answers }, tried: null };
}

/** The person chose letters for a question; "" takes the answer back. */
export function choose(now: Saving, question: number, letters: string): Saving {
  const { [question]: _, ...others } = now.chosen;
  return { ...now, chosen: letters ? { ...others, [question]: letters } : others };
}

/** A letter was pressed: with one right option it replaces, with several it is added or taken away. */
export function pressed(before: string, letter: string, several: boolean): string {
  if (!several) return letter;
  const letters = before.includes(letter) ? before.replace(letter, "") : before + letter;
  return [...letters].sort().join("");
}

/**
 * All answers the server is not known to have. Those of a save whose fate is not known are among them even when the person
 * went back to what the server had before: the save may have arrived.
 */
export function pending(now: Saving): Answers {
  const unsure = now.tried?.answers ?? {};
  const numbers = new Set([...Object.keys(now.chosen), ...Object.keys(now.known), ...Object.keys(unsure)]);
  const differing = [...numbers].filter((number) => number in unsure || (now.chosen[number] ?? "") !== (now.known[number] ?? ""));
  return Object.fromEntries(differing.map((number) => [number, now.chosen[number] ?? ""]));
}

/**
 * The next save, or null when there is nothing to send. Repeating a save that may have arrived keeps its number: the server
 * takes the same twice. With other answers in it, it is another save.
 */
export function nextSave(now: Saving): { now: Saving; save: Save } | null {
  const answers = pending(now);
  if (!Object.keys(answers).length) return null;
  const save =
    now.tried && same(now.tried.answers, answers) ? now.tried : { seq: Math.max(now.seq, now.tried?.seq ?? 0) + 1, answers };
  return { now: { ...now, tried: save }, save };
}

/** The server took a save. What was chosen since stays pending. */
export function accepted(now: Saving, save: Save): Saving {
  return { ...now, known: merged(now.known, save.answers), seq: save.seq, tried: null };
}

/**
 * The server's answers, perhaps from another device: each question keeps what was chosen here and not yet sent, the others
 * show what the server has. `changed`: the questions that now show something else.
 */
export function joined(now: Saving, answers: Answers, seq: number): { now: Saving; changed: number[] } {
  const chosen = merged(answers, pending(now));
  const numbers = new Set([...Object.keys(chosen), ...Object.keys(now.chosen)]);
  const changed = [...numbers].filter((number) => (chosen[number] ?? "") !== (now.chosen[number] ?? "")).map(Number);
  return {
    now: { seq: Math.max(seq, now.seq), chosen, known: { ...answers }, tried: null },
    changed: changed.sort((one, other) => one - other),
  };
}

/** Questions whose last choice here is not among what was accepted. */
export function notCounted(chosen: Answers, accepted: Answers): number[] {
  const numbers = new Set([...Object.keys(chosen), ...Object.keys(accepted)]);
  return [...numbers]
    .filter((number) => (chosen[number] ?? "") !== (accepted[number] ?? ""))
    .map(Number)
    .sort((one, other) => one - other);
}

function merged(before: Answers, changes: Answers): Answers {
  return Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, letters]) => letters));
}

function same(one: Answers, other: Answers): boolean {
  const numbers = Object.keys(one);
  return numbers.length === Object.keys(other).length && numbers.every((number) => one[number] === other[number]);
}
