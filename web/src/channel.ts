// The channel that brought this visit: kept in the tab until it is closed, told to exam as a count, never with a person.
import { at } from "./api";
import { tab } from "./device";
import { Answer, send } from "./http";
import type { SignedIn } from "./session";

interface Channel {
  code: string;
  /** The contest for which this visit was counted. */
  contest?: string;
}

const ROOM = "channel";

/** A contest is shown: the visit is counted once, whatever is reloaded. */
export function arrived(contestId: string): void {
  const channel = tab.read<Channel>(ROOM);
  if (!channel || channel.contest === contestId) return;
  tab.write(ROOM, { ...channel, contest: contestId });
  tell(contestId, { from: channel.code, what: "visit" });
}

/** An account was made in this visit. Gives back what it was given. */
export function joined(answer: Answer<SignedIn>): Answer<SignedIn> {
  const channel = tab.read<Channel>(ROOM);
  if (channel?.contest) {
    const headers = { Authorization: `Bearer ${answer.body.access_token}` };
    tell(channel.contest, { from: channel.code, what: "join" }, headers);
  }
  return answer;
}

/** For a start: exam counts new papers by channel. */
export function channelHeader(): Record<string, string> {
  const channel = tab.read<Channel>(ROOM);
  return channel ? { "X-Channel": channel.code } : {};
}

/** A count that does not arrive is a count less, nothing else. */
function tell(contestId: string, body: { from: string; what: "visit" | "join" }, headers: Record<string, string> = {}): void {
  send("POST", at("/api/exam/contests", contestId, "arrivals"), { body, headers, keepalive: true }).catch(() => undefined);
}
