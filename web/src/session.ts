// Who is signed in. The access token lives in memory; the refresh token in this tab's session storage, which other tabs
// cannot read: they ask by a channel, so that all tabs of one browser share one session. Closing the browser ends it.
import { tab } from "./device";
import { Answer, Problem, send } from "./http";
import { Observable } from "./observable";

export interface Person {
  user_id: string;
  name: string;
  division: string;
  unit_id: string | null;
  phone: string | null;
  email: string | null;
}

interface Session {
  person: Person;
  refresh: string;
}

export interface SignedIn {
  user: Person;
  access_token: string;
  expires_in_s: number;
  refresh_token: string;
}

interface Access {
  token: string;
  until: number;
}

type Word = { kind: "ask" } | { kind: "have"; session: Session; token: string; lastsMs: number } | { kind: "ended" };

const ROOM = "session";
const EARLY_MS = 30_000;
const ANSWER_MS = 250;

export const person = new Observable<Person | null>(null);
/** True when the server ended the session: the person is asked to sign in again and loses nothing. */
export const ended = new Observable(false);

let session: Session | null = null;
let access: Access | null = null;
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("hoithi.session");

/** The session of this tab, else that of another one: its answer is waited for only where a page is of no use without it. */
export async function findSession(wait: boolean): Promise<void> {
  adopt(tab.read<Session>(ROOM));
  if (channel) channel.onmessage = (event: MessageEvent<Word>) => hear(event.data);
  if (session) return;
  const asked = askOthers();
  if (wait) await asked;
}

export function signedIn(entered: SignedIn): void {
  adopt({ person: entered.user, refresh: entered.refresh_token });
  access = { token: entered.access_token, until: performance.now() + entered.expires_in_s * 1000 - EARLY_MS };
  shareSession();
}

/** The person corrected the own data: every tab shows them. */
export function knownAs(user: Person): void {
  if (!session) return;
  adopt({ ...session, person: user });
  shareSession();
}

/** A token that is good for at least `forMs`. Raises Problem 401 (session over), Unreachable. */
export async function accessToken(forMs = 0): Promise<string> {
  if (!isGood(forMs)) await alone(() => renew(forMs));
  return access!.token;
}

const isGood = (forMs: number) => access !== null && performance.now() + forMs <= access.until;

/** The server did not take the token, whatever its time: get another one. */
export function forgetAccess(): void {
  access = null;
}

/** Ends the session here at once, and at the server when it can be reached. */
export async function signOut(): Promise<void> {
  const token = access?.token ?? (await accessToken().catch(() => null));
  drop();
  tell({ kind: "ended" });
  if (token)
    await send("POST", "/api/registration/sign-out", { headers: { Authorization: `Bearer ${token}` } }).catch(() => undefined);
}

async function renew(forMs: number): Promise<void> {
  // Another tab may have got new tokens while this one waited or slept: using an old one would end the session.
  await askOthers();
  if (isGood(forMs)) return;
  if (!session) throw new Problem(401, "not-signed-in", "", {}, null, {});
  try {
    const answer: Answer<SignedIn> = await send("POST", "/api/registration/refresh", {
      body: { refresh_token: session.refresh },
    });
    signedIn(answer.body);
  } catch (error) {
    if (error instanceof Problem && error.status === 401) {
      drop();
      ended.value = true;
    }
    throw error;
  }
}

/** One tab at a time renews: the token of a second one would be an old one. */
async function alone(work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request("hoithi.session", async () => {
    await work();
  });
}

function adopt(found: Session | null): void {
  session = found;
  person.value = found?.person ?? null;
  if (!found) return;
  ended.value = false;
  tab.write(ROOM, found);
}

function drop(): void {
  session = access = null;
  tab.remove(ROOM);
  person.value = null;
}

async function askOthers(): Promise<void> {
  if (!channel) return;
  tell({ kind: "ask" });
  await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
}

function shareSession(): void {
  if (session && access) tell({ kind: "have", session, token: access.token, lastsMs: access.until - performance.now() });
}

function hear(word: Word): void {
  if (word.kind === "ask") shareSession();
  if (word.kind === "ended") drop();
  if (word.kind === "have") {
    // Of two tabs that both have tokens the later ones count.
    if (access && performance.now() + word.lastsMs < access.until) return;
    adopt(word.session);
    access = { token: word.token, until: performance.now() + word.lastsMs };
  }
}

function tell(word: Word): void {
  channel?.postMessage(word);
}
