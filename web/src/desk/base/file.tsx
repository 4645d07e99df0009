// A file that only some people may have: fetched with the token, then given to the browser.
import { useState } from "preact/hooks";
import { Problem, problemOf } from "../../http";
import { language } from "../../messages";
import { accessToken } from "../../session";
import { say } from "../say";

const KEPT_MS = 60_000;

/** Fetches and saves; with a body the file is made of what it says. Raises Problem when the server refuses. */
export async function saveFile(path: string, name: string, body?: unknown): Promise<void> {
  await saved(path, name, body);
}

/** The same; what its headers tell. */
async function saved(path: string, name: string, body?: unknown): Promise<Headers> {
  const response = await fetchFile(path, body);
  handOver(await response.blob(), name);
  return response.headers;
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

interface FileProps {
  path: string;
  name: string;
  label?: string;
  /** What is to be said of a file that was saved, from its headers. */
  remark?: (headers: Headers) => string;
}

export function FileButton({ path, name, label, remark }: FileProps) {
  const [fetching, setFetching] = useState(false);
  const [told, setTold] = useState("");
  const fetchIt = () => {
    setFetching(true);
    setTold("");
    saved(path, name).then(
      (headers) => {
        setFetching(false);
        setTold(remark?.(headers) ?? "");
      },
      (error) => {
        setFetching(false);
        setTold(error instanceof Problem ? error.message : say("file_failed"));
      },
    );
  };
  return (
    <>
      <button type="button" class="second small" disabled={fetching} onClick={fetchIt}>
        {label ?? say("file_for_excel")}
      </button>
      <span role="status">{fetching ? say("file_fetching") : told}</span>
    </>
  );
}
