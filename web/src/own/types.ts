// What the services keep of a person and tell them: the answers of their doors "/me/export" and "/me/complaints".

export interface Period {
  since: string;
  until: string;
  official_by: string;
  open: boolean;
}

export interface OwnAttempt {
  attempt_id: string;
  number: number;
  right: number | null;
  points: number | null;
  duration_ms: number;
  submitted_at: string;
  late: boolean;
}

export interface Place {
  place: number;
  division_place: number;
  division: string;
  right: number;
  points: number;
  duration_ms: number;
  prediction: number | null;
  prediction_error: number | null;
  prize: string | null;
  number: number;
}

export interface Mine {
  round_id: string;
  state: string;
  attempts: OwnAttempt[];
  result?: Place | null;
  invalidated?: { number: number; reason: string; at: string }[];
  complaints?: Period | null;
}

export interface Complaint {
  complaint_id: string;
  round_id: string;
  kind: string;
  text: string;
  attempt_number: number | null;
  state: string;
  received_at: string;
  decide_by: string;
  overdue: boolean;
  said: { by: "person" | "organiser"; text: string; at: string }[];
  reason: string;
  decided_at: string | null;
}

export interface Consent {
  purpose: string;
  version: string;
  given_at: string;
}

export interface Me {
  user_id: string;
  name: string;
  birth_date: string | null;
  division: string;
  unit_id: string | null;
  party_unit_id: string | null;
  phone: string | null;
  email: string | null;
  registered_at: string;
  guardian: { name: string; phone: string; consented_at: string } | null;
  consents: Consent[];
}

export interface Registration {
  person: Me;
  sessions: { session_id: string; created_at: string; used_at: string; expires_at: string }[];
  roles: { role: string; kind: string; id: string }[];
  history: { at: string; what: string; fields: string[] }[];
  notice: { erase_at: string } | null;
}

export interface Exam {
  attempts: {
    attempt_id: string;
    round_id: string;
    number: number;
    state: string;
    started_at: string;
    answers: Record<string, string>;
  }[];
}

export interface OwnRound extends Mine {
  title: string;
  contest_title: string | null;
}

export interface Scoring {
  rounds: OwnRound[];
  complaints: Complaint[];
}

export interface Emulation {
  assessments: object[];
}

export interface Notify {
  contact: object | null;
  deliveries: { occasion: string; state: string; address: string | null; noted_at: string }[];
  messages: { message_id: string; subject: string; text: string; at: string }[];
}
