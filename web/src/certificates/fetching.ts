// A file of the signed-in person, saved under a name.
import { Problem } from "../http";
import { language, say } from "../messages";
import { accessToken, forgetAccess } from "../session";

/** Fetches and saves; a token whose time is over is renewed once. Raises Problem when the server refuses. */
export async function save(path: string, name: string): Promise<void> {
  let response = await asked(path);
  if (response.status === 401) {
    forgetAccess();
    response = await asked(path);
  }
  if (!response.ok) throw await refusal(response);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** What a person is told. */
export function sentenceOf(error: unknown): string {
  return error instanceof Problem && error.message ? error.message : say("failed");
}

async function asked(path: string): Promise<Response> {
  const headers = { "Accept-Language": language.value === "en" ? "en" : "vi", Authorization: `Bearer ${await accessToken()}` };
  return fetch(path, { headers, credentials: "omit" });
}

async function refusal(response: Response): Promise<Problem> {
  const body = await response.json().catch(() => ({}));
  return new Problem(response.status, String(body.type ?? "").split("/").pop() ?? "", body.detail ?? "", {}, null, body);
}
