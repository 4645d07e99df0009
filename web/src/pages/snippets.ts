// What a newspaper pastes into its pages: HTML made for one contest, one language and one channel.
import type { Contest } from "../types";

export function snippets(contest: Pick<Contest, "contest_id" | "title">, site: string, spoken: string, code: string) {
  const from = code ? `from=${code}` : "";
  const asked = [spoken === "en" ? "lang=en" : "", from].filter(Boolean).join("&amp;");
  const card = `${site}/card/${contest.contest_id}`;
  const image = `${card}.svg${spoken === "en" ? "?lang=en" : ""}`;
  const shared = `${site}/c/${contest.contest_id}${from && `?${from}`}`;
  const title = contest.title.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return {
    image,
    frame: `<iframe src="${card}${asked && `?${asked}`}" title="${title}" width="320" height="100" loading="lazy" style="border:0;width:100%;max-width:640px"></iframe>`,
    picture: `<a href="${shared}" target="_blank" rel="noopener"><img src="${image}" alt="${title}" width="320" height="100"></a>`,
    link: shared,
  };
}
