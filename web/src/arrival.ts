// What the address says when the page is opened: a shared link (/c/…, /r/…, /z/…) and the channel it came by (?from=…).
// Both are taken over before anything is drawn, without asking the server again; then the address is that of the page.
import { tab } from "./device";

export const CHANNEL = /^[A-Za-z0-9-]{1,32}$/;
const SHARED = /^\/([crz])\/([A-Za-z0-9-]+)$/;
const PAGES: Record<string, string> = { c: "contests", r: "rounds", z: "certificate" };

/** The address that stands for another one; null when it is right as it is. */
export function rightAddress(path: string, search: string, hash: string): string | null {
  const shared = SHARED.exec(path);
  if (shared && !hash) return `/#/${PAGES[shared[1]!]}/${shared[2]}`;
  return shared || new URLSearchParams(search).has("from") ? `/${hash}` : null;
}

/** The channel in an address, when it is one. */
export function channelIn(search: string): string | null {
  const code = new URLSearchParams(search).get("from") ?? "";
  return CHANNEL.test(code) ? code.toLowerCase() : null;
}

if (typeof location !== "undefined") {
  const code = channelIn(location.search);
  if (code) tab.write("channel", { code });
  const right = rightAddress(location.pathname, location.search, location.hash);
  if (right) history.replaceState(null, "", right);
}
