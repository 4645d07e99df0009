// Sends what was chosen: several answers together, one request at a time, patient with trouble.
import { pause } from "../backoff";
import { Save } from "./saving";

export type Status = "saved" | "sending" | "kept" | "signed-out" | "over";

/** What became of one save. */
export type Outcome =
  | { kind: "accepted" }
  | { kind: "elsewhere" }
  | { kind: "over" }
  | { kind: "signed-out" }
  | { kind: "passing"; retryAfterS: number | null };

export interface Post<S = Save> {
  /** The next save, or null when everything is there. */
  next: () => S | null;
  send: (save: S) => Promise<Outcome>;
  accepted: (save: S) => void;
  /** Another device saved: the paper is loaded again and joined. False: it could not be loaded now. */
  join: () => Promise<boolean>;
  tell: (status: Status) => void;
  random: () => number;
  /** ms until the paper's end. */
  left: () => number;
}

const TOGETHER_MS = 3000;
const HURRY_MS = 15_000;
const AT_ONCE_MS = 250;
const BACK_ONLINE_MS = 1500;

export class Sender<S = Save> {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;
  private failures = 0;
  private stopped = false;

  constructor(private readonly post: Post<S>) {}

  /** Something was chosen. What is chosen in the next seconds goes with it; near the end there is no time for that. */
  touched(): void {
    if (this.failures) return;
    this.post.tell("sending");
    if (!this.timer) this.later(this.post.left() < HURRY_MS ? AT_ONCE_MS : TOGETHER_MS);
  }

  /** The network is back; not everybody's in the same instant. */
  online(): void {
    if (this.failures) this.later(this.post.random() * BACK_ONLINE_MS);
  }

  /** Send now: before the page is hidden, before the paper is handed in. */
  async flush(): Promise<void> {
    this.forget();
    await this.run();
  }

  stop(): void {
    this.stopped = true;
    this.forget();
  }

  /** Nothing is sent until the next touch. */
  rest(): void {
    this.failures = 0;
    this.forget();
  }

  private later(ms: number): void {
    this.forget();
    if (!this.stopped) this.timer = setTimeout(() => void this.flush(), ms);
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async run(): Promise<void> {
    if (this.busy || this.stopped) return;
    const save = this.post.next();
    if (!save) return this.post.tell("saved");
    this.busy = true;
    const outcome = await this.post.send(save);
    this.busy = false;
    if (!this.stopped) await this.settle(save, outcome);
  }

  private async settle(save: S, outcome: Outcome): Promise<void> {
    if (outcome.kind === "over" || outcome.kind === "signed-out") return this.post.tell(outcome.kind);
    if (outcome.kind === "passing") return this.failed(outcome.retryAfterS);
    if (outcome.kind === "elsewhere" && !(await this.post.join())) return this.failed(null);
    if (outcome.kind === "accepted") this.post.accepted(save);
    this.failures = 0;
    await this.run();
  }

  private failed(retryAfterS: number | null): void {
    this.failures += 1;
    this.post.tell("kept");
    this.later(pause(this.failures, retryAfterS, this.post.random()) * 1000);
  }
}
