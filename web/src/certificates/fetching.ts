// A file of the signed-in person, saved under a name.
import { Problem, Unreachable, problemOf } from "../http";
import { language, say } from "../messages";
import { accessToken, forgetAccess } from "../session";

/** Fetches and saves. Raises as `answered`. */
export async function save(path: string, name: string): Promise<void> {
  const response = await answered(path);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * What the server answers, however long that takes: on a weak signal a file goes on for minutes. A token whose time is over is
 * renewed once. Raises Problem when the server refuses, Unreachable.
 */
export async function answered(path: string, more: RequestInit = {}): Promise<Response> {
  let response = await asked(path, more);
  if (response.status === 401) {
    forgetAccess();
    response = await asked(path, more);
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** What a person is told. */
export function sentenceOf(error: unknown): string {
  return error instanceof Problem && error.message ? error.message : say("failed");
}

async function asked(path: string, more: RequestInit): Promise<Response> {
  const told = { "Accept-Language": language.value === "en" ? "en" : "vi", Authorization: `Bearer ${await accessToken()}` };
  const headers = { ...told, ...(more.headers as Record<string, string> | undefined) };
  return fetch(path, { ...more, headers, credentials: "omit" }).catch(() => {
    throw new Unreachable();
  });
}
