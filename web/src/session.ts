// Who is signed in. The refresh token is in a cookie that no script can read, the same for all tabs; the access token lives in this
// tab's memory. A second cookie says only that there is a session and on whose device: without it nobody needs to be asked.
import { Drawer, device, hearTabs, tab } from "./device";
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

/** Whose device it is: the person's own, one that many share, or that of a helper who lets the person use it. */
export type Whose = "own" | "shared" | "assisted";

export interface SignedIn {
  user: Person;
  access_token: string;
  expires_in_s: number;
  device: Whose;
}

interface Access {
  token: string;
  until: number;
}

const ROOM = "person";
/** Written whenever somebody came or left, so that other tabs look again. */
const TURN = "turn";
/** Somebody uses a device of others. Should the browser be closed before the end, what is left is swept at the next visit. */
export const GUEST = "guest";
/** The person left while the server could not be reached. */
const OWED = "sign-out-owed";
const SIGN = "hoithi-device";
const DOOR = "/api/registration/session";
const EARLY_MS = 30_000;

export const person = new Observable<Person | null>(null);
export const whose = new Observable<Whose>("own");
/** True when the server ended the session: the person is asked to sign in again and loses nothing. */
export const ended = new Observable(false);

let access: Access | null = null;
let renewing: Promise<void> | null = null;
/** Counts who came and left: a token that was asked for before that is nobody's. */
let turns = 0;

/** The session of this browser. Whose it is stands on an own device; elsewhere the server says it, and is waited for if `wait`. */
export async function findSession(wait: boolean): Promise<void> {
  hearTabs(TURN, () => void lookAgain());
  if (device.read(OWED)) void signOutThere();
  const here = signOfSession();
  if (!here) return forgetPerson();
  whose.value = here;
  person.value = shelf(here).read<Person>(ROOM);
  if (person.value) return;
  const asked = accessToken().catch(() => undefined);
  if (wait) await asked;
}

export function signedIn(entered: SignedIn): void {
  device.remove(OWED);
  turns += 1;
  adopt(entered);
  tellTabs();
}

/** The person corrected the own data. Other tabs show them when they are opened again. */
export function knownAs(user: Person): void {
  person.value = shown(user);
  shelf(whose.value).write(ROOM, person.value);
}

/** A token that is good for at least `forMs`. Raises Problem 401 (session over), Unreachable. */
export async function accessToken(forMs = 0): Promise<string> {
  if (!isGood(forMs)) await (renewing ??= alone(renew).finally(() => (renewing = null)));
  if (!access) throw nobody();
  return access.token;
}

const isGood = (forMs: number) => access !== null && performance.now() + forMs <= access.until;

/** The server did not take the token, whatever its time: get another one. */
export function forgetAccess(): void {
  access = null;
}

/** Ends the session here at once, and at the server when it can be reached: now or at the next visit. */
export async function signOut(): Promise<void> {
  device.write(OWED, true);
  leave();
  await signOutThere();
}

/** After a renewal that is under way: its cookie would come back later than this one goes. Nothing when somebody came meanwhile. */
async function signOutThere(): Promise<void> {
  await renewing?.catch(() => undefined);
  await alone(async () => {
    if (!device.read(OWED)) return;
    await send("POST", `${DOOR}/sign-out`, { session: true, keepalive: true }).then(
      () => device.remove(OWED),
      () => undefined,
    );
  });
}

async function renew(): Promise<void> {
  if (!signOfSession()) throw nobody();
  const turn = turns;
  try {
    const answer: Answer<SignedIn> = await send("POST", `${DOOR}/refresh`, { session: true });
    if (turn !== turns) throw nobody();
    adopt(answer.body);
  } catch (error) {
    if (error instanceof Problem && error.status === 401 && turn === turns) {
      leave();
      ended.value = true;
    }
    throw error;
  }
}

const nobody = () => new Problem(401, "not-signed-in", "", {}, null, {});

/** One tab at a time, so that the cookie of the last answer is the newest. Where there are no locks the server bears it. */
async function alone(work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request("hoithi.session", work);
}

function adopt({ user, access_token, expires_in_s, device: here }: SignedIn): void {
  access = { token: access_token, until: performance.now() + expires_in_s * 1000 - EARLY_MS };
  ended.value = false;
  whose.value = here;
  // The same person stays the same value: nothing is drawn again for a new token.
  if (person.value?.user_id !== user.user_id) person.value = shown(user);
  shelf(here).write(ROOM, person.value);
  if (here !== "own") device.write(GUEST, true);
}

/** What the page shows of a person, and nothing more is kept. */
const shown = ({ user_id, name, division, unit_id, phone, email }: Person): Person => ({
  user_id,
  name,
  division,
  unit_id,
  phone,
  email,
});

/** On a device of others the name goes with the tab. */
const shelf = (here: Whose): Drawer => (here === "own" ? device : tab);

/** Another tab signed somebody in or out. */
async function lookAgain(): Promise<void> {
  access = null;
  if (!signOfSession()) return forgetPerson();
  await accessToken().catch(() => undefined);
}

function leave(): void {
  document.cookie = `${SIGN}=; Path=/; Max-Age=0; SameSite=Strict`;
  forgetPerson();
  tellTabs();
}

function forgetPerson(): void {
  turns += 1;
  access = null;
  device.remove(ROOM);
  tab.remove(ROOM);
  person.value = null;
}

/** On whose device a session is open; null when there is none. */
export function signOfSession(): Whose | null {
  const found = document.cookie.split("; ").find((each) => each.startsWith(`${SIGN}=`));
  return (found?.slice(SIGN.length + 1) as Whose) || null;
}

function tellTabs(): void {
  device.write(TURN, `${Date.now()} ${Math.random()}`);
}
