// Files that go up and come down with the person's token: what `api.ts` does for JSON, for spreadsheets.
import { Problem } from "../../http";
import { language } from "../../messages";
import { accessToken } from "../../session";

export const EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const KEPT_MS = 60_000;

interface Sent {
  body?: Blob | string;
  type?: string;
}

async function asked(method: string, path: string, { body, type }: Sent): Promise<Response> {
  const headers: Record<string, string> = {
    Authorization: `Bearer ${await accessToken()}`,
    "Accept-Language": language.value === "en" ? "en" : "vi",
  };
  if (type) headers["Content-Type"] = type;
  const response = await fetch(path, { method, headers, body, credentials: "omit" });
  if (response.ok) return response;
  const told = await response.json().catch(() => ({}));
  throw new Problem(response.status, "", String(told.detail ?? ""), {}, null, told);
}

/** Hands a file in, a spreadsheet unless its type is named; what the server says about it. */
export async function handIn<T>(path: string, file: Blob, type = EXCEL): Promise<T> {
  return (await asked("POST", path, { body: file, type })).json();
}

/** Gives the answer to the browser as a file. */
export async function save(name: string, path: string, sent?: Sent): Promise<void> {
  const response = await asked(sent ? "POST" : "GET", path, sent ?? {});
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
