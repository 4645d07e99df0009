// A file that only some people may have: fetched with the token, then given to the browser.
import { useState } from "preact/hooks";
import { problemOf } from "../../http";
import { language } from "../../messages";
import { accessToken } from "../../session";
import { say } from "../say";

const KEPT_MS = 60_000;

/** Fetches and saves; with a body the file is made of what it says. Raises Problem when the server refuses. */
export async function saveFile(path: string, name: string, body?: unknown): Promise<void> {
  handOver(await (await fetchFile(path, body)).blob(), name);
}

/** Raises Problem when the server refuses. */
export async function fetchFile(path: string, body?: unknown): Promise<Response> {
  const headers = {
    Authorization: `Bearer ${await accessToken()}`,
    "Accept-Language": language.value === "en" ? "en" : "vi",
    ...(body === undefined ? {} : { "Content-Type": "application/json" }),
  };
  const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(path, { headers, credentials: "omit", ...sent });
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** To the browser, as a download. */
export function handOver(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

export function FileButton({ path, name, label }: { path: string; name: string; label?: string }) {
  const [state, setState] = useState<"" | "fetching" | "failed">("");
  const fetchIt = () => {
    setState("fetching");
    saveFile(path, name).then(
      () => setState(""),
      () => setState("failed"),
    );
  };
  return (
    <>
      <button type="button" class="second small" disabled={state === "fetching"} onClick={fetchIt}>
        {label ?? say("file_for_excel")}
      </button>
      <span role="status">{state && say(state === "failed" ? "file_failed" : "file_fetching")}</span>
    </>
  );
}
