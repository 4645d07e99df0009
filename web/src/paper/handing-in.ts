// Handing in: once, until the server has said what it accepted.
import { at, call } from "../api";
import { Problem, isPassing } from "../http";
import type { Answers, Paper, SpokenQuestion, Submission } from "../types";

const OVER = ["time-over", "already-submitted", "round-closed"];

/** True for a refusal that means: the paper's time is over, or it was submitted already. */
export const isOver = (error: unknown): boolean => error instanceof Problem && OVER.includes(error.slug);

/** The receipt, or null when the paper is not the person's to submit any more: then the server has it, or takes it. */
export async function submit(attemptId: string, answers: Answers, prediction: number | null): Promise<Submission | null> {
  try {
    return (await call<Submission>("POST", at("/api/exam/attempts", attemptId, "submit"), { body: { answers, prediction } }))
      .body;
  } catch (error) {
    if (isOver(error)) return null;
    throw error;
  }
}

/** The paper as the server has it, with its receipt once it was submitted. */
export async function fetchPaper(attemptId: string): Promise<Paper> {
  return (await call<Paper>("GET", at("/api/exam/attempts", attemptId))).body;
}

/** The paper's questions in another language, or with their audio files. */
export async function fetchInLanguage(attemptId: string, code: string): Promise<SpokenQuestion[]> {
  const path = at("/api/exam/attempts", attemptId, "languages", code);
  return (await call<{ questions: SpokenQuestion[] }>("GET", path)).body.questions;
}

/** What to show of an error: null for trouble that passes. */
export function sentenceOf(error: unknown): string | null {
  return isPassing(error) || !(error instanceof Problem) ? null : error.message;
}
