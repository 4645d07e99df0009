// What the doors answer; the whole is in their OpenAPI documents.

export interface RoundPlan {
  round_id: string;
  number: number;
  title: string;
  opens_at: string;
  closes_at: string;
}

export interface ContestLine {
  contest_id: string;
  title: string;
  state: string;
  rounds: RoundPlan[];
}

export interface Prize {
  name: string;
  count: number;
}

export interface Rules {
  paper_size: number;
  paper_seconds: number;
  several: boolean;
  attempts_per_day: number | null;
  attempts_per_round: number | null;
  attempts_in_all: number | null;
  counting: string;
  prediction: string;
  tie_break: string;
  answers_shown: string;
  divisions: { name: string }[];
  prizes: Prize[];
  season_prizes?: Prize[];
  collective: string;
  collective_least_rate: number;
  publication: { provisional_within_hours: number; complaint_working_days: number; official_within_working_days: number };
}

export interface Contest extends ContestLine {
  rules: Rules;
  /** What was changed after the publication; missing on servers that know no amendments. */
  amendments?: { revision: number; notice: string; announced_at: string }[];
  /** How many practice papers there are; 0: none. */
  practice_papers?: number;
}

export interface Notice {
  previous_closes_at: string;
  closes_at: string;
  reason: string;
  notice: string;
  announced_at: string;
}

export interface Round extends RoundPlan {
  contest_id: string;
  state: string;
  paper_size: number;
  paper_seconds: number;
  grace_seconds: number;
  attempts_per_day: number | null;
  attempts_per_round: number | null;
  prediction: string;
  answers_shown: string;
  divisions: string[];
  notices: Notice[];
  /** Missing on servers that know no halt. */
  halts?: { notice: string; resumed_at: string | null }[];
  start_window_seconds?: number;
  practice_papers?: number;
}

export interface Option {
  letter: string;
  text: string;
}

export interface Pictured {
  reference: string;
  alt: string;
}

export interface Question {
  n: number;
  text: string;
  several: boolean;
  options: Option[];
  picture?: Pictured;
}

/** A language in which a paper can be read (`texts`) or heard (`sounds`). */
export interface PaperLanguage {
  code: string;
  name: string;
  texts: boolean;
  sounds: boolean;
}

/** A question as it is said in a language; what is not there is left out. `sound`: the reference of an audio file. */
export interface SpokenQuestion {
  n: number;
  text?: string;
  sound?: string;
  options: { letter: string; text?: string; sound?: string }[];
}

export interface PracticeQuestion extends Question {
  right: string;
  why: string;
  source: string;
}

export interface PracticePaper {
  contest_id: string;
  title: string;
  number: number;
  papers: number;
  paper_seconds: number;
  languages: PaperLanguage[];
  questions: PracticeQuestion[];
}

export type Answers = Record<string, string>;

export interface Prediction {
  kind: string;
  sealed: number | null;
}

export interface Submission {
  attempt_id: string;
  number: number;
  submitted_at: string;
  by: "person" | "server";
  late: boolean;
  answered: number;
  receipt: string;
  answers_digest: string;
  prediction: Prediction;
}

export interface Paper {
  attempt_id: string;
  round_id: string;
  contest_id: string;
  number: number;
  state: "open" | "submitted" | "void";
  started_at: string;
  deadline_at: string;
  questions: Question[];
  answers: Answers;
  prediction: Prediction;
  /** How many saves the server has taken; missing on servers that do not count them. */
  seq?: number;
  submission?: Submission | null;
  languages?: PaperLanguage[];
}

export interface OwnAttempts {
  left: { today: number | null; round: number | null; in_all: number | null };
  attempts: {
    attempt_id: string;
    number: number;
    state: string;
    started_at: string;
    deadline_at: string;
    submitted_at: string | null;
    by: string | null;
    late: boolean;
  }[];
}

export interface Unit {
  id: string;
  name: string;
  kind: string;
  parent_name: string | null;
}

export interface Purpose {
  purpose: string;
  version: string;
  required: boolean;
  title: string;
  text: string;
  retention: string;
}

export interface ReviewedQuestion extends Question {
  chosen: string;
  right: string;
  is_right: boolean;
  corrected: boolean;
  why: string;
  source: string;
}

export interface Review {
  attempt_id: string;
  number: number;
  submitted_at: string;
  right: number;
  questions: ReviewedQuestion[];
}

/** A round as scoring tells of it; no counts while they would tell what is to be predicted. */
export interface ScoredRound {
  round_id: string;
  contest_id?: string;
  title: string;
  closes_at?: string | null;
  state: string;
  counts?: { attempts: number; participants: number };
}

export type Scored = Record<string, ScoredRound>;
