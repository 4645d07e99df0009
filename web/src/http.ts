// One request and its answer: the clock is heard, problem details become errors. Tokens are api.ts's matter.
import { hearServer } from "./clock";
import { language } from "./messages";

const PATIENCE_MS = 20_000;

export interface Wish {
  body?: unknown;
  headers?: Record<string, string>;
  /** Goes on when the page is being closed. */
  keepalive?: boolean;
  /** A door of the page's session: the cookie goes along, and the header that no other site can make a browser send. */
  session?: boolean;
}

export interface Answer<T> {
  status: number;
  body: T;
  retryAfterS: number | null;
}

/** The server refused: RFC 9457. `slug` is the last part of its type; `fields`: path -> sentence. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly slug: string,
    sentence: string,
    readonly fields: Record<string, string>,
    readonly retryAfterS: number | null,
    readonly body: Record<string, unknown>,
  ) {
    super(sentence);
  }

  /** Not the person's fault; the same request may work in a while. */
  get passing(): boolean {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }
}

/** No answer came: no network, or too slow a one. */
export class Unreachable extends Error {}

/** Whether waiting and trying again is right. */
export function isPassing(error: unknown): error is Problem | Unreachable {
  return error instanceof Unreachable || (error instanceof Problem && error.passing);
}

export async function send<T>(method: string, path: string, wish: Wish = {}): Promise<Answer<T>> {
  const sent = performance.now();
  const response = await fetched(method, path, wish);
  hearTime(response, sent);
  const text = await response.text().catch(() => unreachable());
  const body = parsed(text);
  if (!response.ok) throw problem(response, body);
  return { status: response.status, body: body as T, retryAfterS: retryAfter(response) };
}

async function fetched(method: string, path: string, wish: Wish): Promise<Response> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  const headers: Record<string, string> = { "Accept-Language": language.value === "en" ? "en" : "vi", ...wish.headers };
  if (wish.body !== undefined) headers["Content-Type"] = "application/json";
  if (wish.session) headers["X-Hoithi-Page"] = "1";
  const body = wish.body === undefined ? undefined : JSON.stringify(wish.body);
  // Everywhere else the cookie has no business: those doors go by the token alone.
  const credentials = wish.session ? "same-origin" : "omit";
  try {
    return await fetch(path, { method, headers, body, signal: patience.signal, keepalive: wish.keepalive, credentials });
  } catch {
    return unreachable();
  } finally {
    clearTimeout(timer);
  }
}

/** Answers out of the service worker's cache are old: they must not set the clock. */
function hearTime(response: Response, sent: number) {
  const seconds = Number(response.headers.get("X-Server-Time"));
  if (seconds && !response.headers.has("X-From-Cache")) hearServer(seconds * 1000, sent, performance.now());
}

function unreachable(): never {
  throw new Unreachable();
}

function parsed(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** What an answer that was fetched elsewhere refuses. */
export const problemOf = async (response: Response): Promise<Problem> =>
  problem(response, parsed(await response.text().catch(() => "")));

function problem(response: Response, body: unknown): Problem {
  const told = (typeof body === "object" && body ? body : {}) as Record<string, unknown>;
  const errors = (Array.isArray(told.errors) ? told.errors : []) as { field: string; message: string }[];
  const fields = Object.fromEntries(errors.map((error) => [error.field, error.message]));
  const slug =
    String(told.type ?? "")
      .split("/")
      .pop() ?? "";
  return new Problem(response.status, slug, String(told.detail ?? ""), fields, retryAfter(response), told);
}

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get("Retry-After") ?? NaN);
  return Number.isFinite(seconds) ? seconds : null;
}
