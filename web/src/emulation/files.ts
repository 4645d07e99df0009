// Evidence files on their way: while the network is away they wait, in this tab, and go by themselves when it is back.
import { at, call } from "../api";
import { pause } from "../backoff";
import { answered } from "../certificates/fetching";
import { Problem, isPassing } from "../http";
import { Observable } from "../observable";
import type { OwnAssessment } from "./types";
import { word } from "./words";

export const MOST_MEGABYTES = 5;
const MEGABYTE = 2 ** 20;

export interface Waiting {
  key: number;
  code: string;
  file: File;
}

interface Post {
  path: string;
  /** Sends with the newest revision, one request at a time. */
  move: (request: (revision: number) => Promise<OwnAssessment>) => Promise<void>;
}

export class Files {
  readonly waiting = new Observable<Waiting[]>([]);
  /** True while a file is on its way; false while it waits for the network. */
  readonly moving = new Observable(false);
  /** Criterion -> why its last file was not taken. */
  readonly refused = new Observable<Record<string, string>>({});
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private made = 0;

  constructor(private readonly post: Post) {}

  add(code: string, files: File[]): void {
    const large = files.find(({ size }) => size > MOST_MEGABYTES * MEGABYTE);
    this.say(code, large ? word("too_large", { name: large.name, n: MOST_MEGABYTES }) : "");
    const fitting = files.filter(({ size }) => size <= MOST_MEGABYTES * MEGABYTE);
    this.waiting.value = [...this.waiting.value, ...fitting.map((file) => ({ key: ++this.made, code, file }))];
    void this.go();
  }

  async drop(code: string, fileId: string): Promise<void> {
    this.say(code, "");
    const dropped = (revision: number) => call<OwnAssessment>("DELETE", `${at(this.post.path, fileId)}?revision=${revision}`);
    await this.post
      .move(async (revision) => (await dropped(revision)).body)
      .catch((error) => this.say(code, isGone(error) ? "" : sentenceOf(error)));
  }

  /** A file that waits is not wanted any more. */
  forget(key: number): void {
    this.waiting.value = this.waiting.value.filter((each) => each.key !== key);
  }

  /** The network is back. */
  online(): void {
    if (this.failures) void this.go();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.waiting.value = [];
  }

  private async go(): Promise<void> {
    clearTimeout(this.timer);
    if (this.moving.value) return;
    this.moving.value = true;
    for (let next = this.waiting.value[0]; next; next = this.waiting.value[0]) if (!(await this.carried(next))) break;
    this.moving.value = false;
  }

  /** False when it has to wait. */
  private async carried(one: Waiting): Promise<boolean> {
    try {
      await this.post.move((revision) => this.upload(one, revision));
    } catch (error) {
      if (isPassing(error)) return this.later(error instanceof Problem ? error.retryAfterS : null);
      this.say(one.code, `${one.file.name}: ${sentenceOf(error)}`);
    }
    this.failures = 0;
    this.forget(one.key);
    return true;
  }

  private later(retryAfterS: number | null): false {
    this.failures += 1;
    this.timer = setTimeout(() => void this.go(), pause(this.failures, retryAfterS, Math.random()) * 1000);
    return false;
  }

  /** As it is; what it is, the server finds out. */
  private async upload({ code, file }: Waiting, revision: number): Promise<OwnAssessment> {
    const query = new URLSearchParams({ revision: String(revision), code, name: file.name });
    const headers = { "Content-Type": file.type || "application/octet-stream" };
    return (await answered(`${this.post.path}?${query}`, { method: "POST", headers, body: file })).json();
  }

  private say(code: string, sentence: string): void {
    this.refused.value = { ...this.refused.value, [code]: sentence };
  }
}

/** The answer of an earlier try was lost. */
const isGone = (error: unknown) => error instanceof Problem && error.slug === "evidence-unknown";

const sentenceOf = (error: unknown): string =>
  error instanceof Problem ? Object.values(error.fields)[0] || error.message || word("not_done") : word("no_network");
