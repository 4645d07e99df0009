// A file that only some people may have: fetched with the token, then given to the browser.
import { useState } from "preact/hooks";
import { accessToken } from "../../session";
import { say } from "../say";

const KEPT_MS = 60_000;

export async function saveFile(path: string, name: string): Promise<void> {
  const headers = { Authorization: `Bearer ${await accessToken()}` };
  const response = await fetch(path, { headers, credentials: "omit" });
  if (!response.ok) throw new Error(String(response.status));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

export function FileButton({ path, name }: { path: string; name: string }) {
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
        {say("file_for_excel")}
      </button>
      <span role="status">{state && say(state === "failed" ? "file_failed" : "file_fetching")}</span>
    </>
  );
}
