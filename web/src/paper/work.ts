// One person's work on one paper: what is on the screen, on the device and on its way.
import { at, call, load } from "../api";
import { clock } from "../clock";
import { Problem, isPassing } from "../http";
import { Observable } from "../observable";
import { fetchPaper, isOver } from "./handing-in";
import { Kept, keepPaper, write } from "./kept";
import { Save, accepted, choose, nextSave, pressed } from "./saving";
import type { Round } from "../types";
import { Outcome, Sender, Status } from "./sender";

export class Work {
  readonly kept: Observable<Kept>;
  readonly status = new Observable<Status>("saved");
  /** Questions that another device changed; empty once the person has seen it. */
  readonly elsewhere = new Observable<number[]>([]);
  readonly sender: Sender;

  constructor(kept: Kept) {
    this.kept = new Observable(kept);
    this.sender = new Sender({
      next: () => this.next(),
      send: (save) => this.send(save),
      accepted: (save) => this.change({ saving: accepted(this.kept.value.saving, save) }),
      join: () =>
        this.join().then(
          () => true,
          () => false,
        ),
      tell: (status) => {
        if (status !== this.status.value) this.status.value = status;
      },
      random: Math.random,
      left: () => this.left(),
    });
  }

  get attemptId(): string {
    return this.kept.value.paper.attempt_id;
  }

  /** ms until this paper's end, by the server's clock. */
  left(): number {
    return Date.parse(this.kept.value.paper.deadline_at) - clock.now();
  }

  /** Everything is on the device before this returns. */
  change(part: Partial<Kept>): void {
    const next = { ...this.kept.value, ...part, touched: Date.now() };
    write(next);
    this.kept.value = next;
  }

  press(question: number, letter: string, several: boolean): void {
    const before = this.kept.value.saving.chosen[question] ?? "";
    this.change({ saving: choose(this.kept.value.saving, question, pressed(before, letter, several)) });
    this.sender.touched();
  }

  /** The server's paper, joined with what is here. Raises when it cannot be fetched. */
  async join(): Promise<void> {
    const { kept } = this;
    const paper = await fetchPaper(this.attemptId);
    const round = { title: kept.value.title, grace_seconds: kept.value.graceS, closes_at: kept.value.closesAt };
    const found = keepPaper(paper, kept.value.userId, round);
    kept.value = found.kept;
    if (found.changed.length && paper.state === "open") this.elsewhere.value = found.changed;
    if (paper.state !== "open") this.status.value = "over";
  }

  /** There is time again. */
  async goOn(): Promise<void> {
    await this.join();
    this.status.value = "saved";
    await this.sender.flush();
  }

  /** Whether the organiser gave everybody more time; the paper's end then moves. */
  async lookForMoreTime(): Promise<void> {
    const { closes_at } = await load<Round>(at("/api/exam/rounds", this.kept.value.paper.round_id));
    if (closes_at === this.kept.value.closesAt) return;
    this.change({ closesAt: closes_at });
    await this.join();
  }

  private next(): Save | null {
    const found = nextSave(this.kept.value.saving);
    if (found) this.change({ saving: found.now });
    return found?.save ?? null;
  }

  private async send(save: Save): Promise<Outcome> {
    try {
      const path = at("/api/exam/attempts", this.attemptId, "answers");
      const { body } = await call<{ deadline_at: string }>("PUT", path, { body: save, keepalive: true });
      // The round may have been extended.
      if (body.deadline_at !== this.kept.value.paper.deadline_at)
        this.change({ paper: { ...this.kept.value.paper, deadline_at: body.deadline_at } });
      return { kind: "accepted" };
    } catch (error) {
      return outcomeOf(error);
    }
  }
}

function outcomeOf(error: unknown): Outcome {
  if (isPassing(error)) return { kind: "passing", retryAfterS: error instanceof Problem ? error.retryAfterS : null };
  if (isOver(error)) return { kind: "over" };
  if (error instanceof Problem && error.status === 401) return { kind: "signed-out" };
  if (error instanceof Problem && error.slug === "saved-elsewhere") return { kind: "elsewhere" };
  throw error;
}
