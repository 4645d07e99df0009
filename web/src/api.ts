// Requests to the platform, with the person's token where one is needed.
import { Answer, Problem, Wish, send } from "./http";
import { accessToken, forgetAccess } from "./session";

/** A public answer. */
export async function load<T>(path: string): Promise<T> {
  return (await send<T>("GET", path)).body;
}

/** A request of the signed-in person. A token whose time is over is renewed once, unseen. */
export async function call<T>(method: string, path: string, wish: Wish = {}): Promise<Answer<T>> {
  try {
    return await signed<T>(method, path, wish);
  } catch (error) {
    // A password that was asked for and is wrong says nothing about the token.
    if (!(error instanceof Problem) || error.status !== 401 || error.slug === "wrong-password") throw error;
    forgetAccess();
    return signed<T>(method, path, wish);
  }
}

async function signed<T>(method: string, path: string, wish: Wish): Promise<Answer<T>> {
  const headers = { ...wish.headers, Authorization: `Bearer ${await accessToken()}` };
  return send<T>(method, path, { ...wish, headers });
}

/** An address with its parts made safe: at("/api/exam/rounds", id, "attempts"). */
export const at = (base: string, ...parts: (string | number)[]): string =>
  [base, ...parts.map((part) => encodeURIComponent(part))].join("/");
