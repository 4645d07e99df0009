// One person's work on the own assessment: what is on the screen, on the device and on its way.
import { at, call } from "../api";
import { clock } from "../clock";
import { Problem, isPassing } from "../http";
import { Observable } from "../observable";
import { Outcome, Sender, Status as Sent } from "../paper/sender";
import { Files } from "./files";
import { Kept, keep, keptOf } from "./kept";
import { Entry, Sheet, accepted, bodyOf, byCode, isUnsent, joined, nextSheet, saving, sheetOf, write } from "./saving";
import { BASE, OwnAssessment, OwnCampaign, writableUntil } from "./types";
import { word } from "./words";

/** `refused`: the server does not take what is written, and says where. */
export type Status = Sent | "refused";

export class Work {
  readonly kept: Observable<Kept>;
  readonly status = new Observable<Status>("saved");
  /** Field -> what the server said of it. */
  readonly refused = new Observable<Record<string, string>>({});
  /** Criteria that another device changed. */
  readonly elsewhere = new Observable<string[]>([]);
  readonly sender: Sender<Sheet>;
  readonly files: Files;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(kept: Kept) {
    this.kept = new Observable(kept);
    this.files = new Files({ path: this.path("files"), move: (request) => this.move(request) });
    this.sender = new Sender<Sheet>({
      next: () => this.next(),
      send: (sheet) => this.send(sheet),
      accepted: () => undefined,
      join: () =>
        this.alone(() => this.join()).then(
          () => true,
          () => false,
        ),
      tell: (status) => this.tell(status),
      random: Math.random,
      left: () => Date.parse(writableUntil(this.kept.value.own)) - clock.now(),
    });
  }

  get unsent(): boolean {
    return isUnsent(this.kept.value.saving);
  }

  /** Everything is on the device before this returns. */
  write(code: string, part: Partial<Entry>): void {
    this.change({ saving: write(this.kept.value.saving, code, part) });
    this.refused.value = {};
    this.sender.touched();
  }

  /** Whether everything is at the server, after trying to send it. */
  async settled(): Promise<boolean> {
    for (let tries = 0; tries < 3 && this.unsent; tries += 1) {
      await this.sender.flush();
      // A save that was under way already.
      await this.alone(async () => undefined);
    }
    return !this.unsent;
  }

  /** After everything is sent. Raises Problem (also when another device changed something: it is looked at first), Unreachable. */
  handIn(): Promise<void> {
    return this.alone(async () => {
      try {
        const body = { revision: this.kept.value.saving.revision };
        this.took((await call<OwnAssessment>("POST", this.path("hand-in"), { body })).body);
      } catch (error) {
        if (!isOutpaced(error)) throw error;
        await this.join();
        // It had arrived; only the answer was lost.
        if (this.kept.value.own.mine !== "handed-in") throw error;
      }
    });
  }

  /** A request that makes the next revision; tried once more when another device made one meanwhile. Raises as the request. */
  move(request: (revision: number) => Promise<OwnAssessment>): Promise<void> {
    return this.alone(async () => {
      try {
        this.took(await request(this.kept.value.saving.revision));
      } catch (error) {
        if (!isOutpaced(error)) throw error;
        await this.join();
        this.took(await request(this.kept.value.saving.revision));
      }
    });
  }

  stop(): void {
    this.sender.stop();
    this.files.stop();
  }

  private async join(): Promise<void> {
    this.took((await call<OwnAssessment>("GET", this.path())).body);
  }

  /** The server's assessment, joined with what is written here. */
  private took(assessment: OwnAssessment): void {
    const { own } = this.kept.value;
    const found = joined(this.kept.value.saving, sheetOf(assessment, own.criteria), assessment.revision);
    this.change({ own: { ...own, assessment, mine: assessment.state }, saving: found.now });
    if (found.changed.length) this.elsewhere.value = found.changed;
  }

  private path(...parts: string[]): string {
    return at(`${BASE}/assessments`, this.kept.value.own.assessment!.assessment_id, ...parts);
  }

  /** One request at a time: each names the revision that the one before it made. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const next = this.turn.then(work, work);
    this.turn = next.catch(() => undefined);
    return next;
  }

  private change(part: Partial<Kept>): void {
    const next = { ...this.kept.value, ...part };
    keep(next);
    this.kept.value = next;
  }

  private next(): Sheet | null {
    const { saving, own } = this.kept.value;
    return nextSheet(saving, own.criteria);
  }

  private send(sheet: Sheet): Promise<Outcome> {
    return this.alone(async () => {
      try {
        this.change({ saving: { ...this.kept.value.saving, tried: sheet } });
        const body = { revision: this.kept.value.saving.revision, claims: bodyOf(sheet) };
        const saved = (await call<OwnAssessment>("PUT", this.path("claims"), { body })).body;
        const { own, saving } = this.kept.value;
        this.change({ own: { ...own, assessment: saved }, saving: accepted(saving, sheet, saved.revision) });
        return { kind: "accepted" };
      } catch (error) {
        return this.outcomeOf(error, sheet);
      }
    });
  }

  private outcomeOf(error: unknown, sheet: Sheet): Outcome {
    if (isPassing(error)) return { kind: "passing", retryAfterS: error instanceof Problem ? error.retryAfterS : null };
    if (isOutpaced(error)) return { kind: "elsewhere" };
    if (!(error instanceof Problem)) throw error;
    if (error.status === 401) return { kind: "signed-out" };
    this.change({ saving: { ...this.kept.value.saving, tried: null } });
    // 409: handed in, decided or too late. Anything else is about what is written.
    if (error.status !== 409) this.refused.value = saidOf(error, Object.keys(sheet));
    return { kind: "over" };
  }

  private tell(status: Sent): void {
    const isRefused = status === "over" ? Object.keys(this.refused.value).length > 0 : status === "saved" && this.unsent;
    const told = isRefused ? "refused" : status;
    if (told !== this.status.value) this.status.value = told;
  }
}

/** What the server told, joined with what this device has of it. `assessment`: that of the campaign. */
export function workOn(own: OwnCampaign, assessment: OwnAssessment, userId: string): Work {
  const sheet = sheetOf(assessment, own.criteria);
  const before = keptOf(own.campaign_id, userId);
  const now = before ? joined(before.saving, sheet, assessment.revision).now : saving(sheet, assessment.revision);
  const kept = { userId, own, saving: now, unsent: isUnsent(now) };
  // From now on the page opens without network.
  keep(kept);
  return new Work(kept);
}

const isOutpaced = (error: unknown) => error instanceof Problem && error.slug === "changed-meanwhile";

const saidOf = ({ fields, message }: Problem, codes: string[]): Record<string, string> =>
  Object.keys(fields).length ? byCode(fields, codes) : { "": message || word("not_done") };
