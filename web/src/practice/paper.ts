// A practice paper in work. It lives in this tab only: nobody learns how it went.
import { clock } from "../clock";
import { tab } from "../device";
import { Observable } from "../observable";
import { Saving, choose, pressed, saving } from "../paper/saving";
import type { Sheet, Shown } from "../paper/sheet";
import type { PracticePaper } from "../types";

export interface Tried extends Shown {
  paper: PracticePaper;
  saving: Saving;
  /** ms, the server's clock. */
  endsAt: number;
  done: boolean;
}

const ROOM = "practice.";

export class Practice implements Sheet {
  readonly kept: Observable<Tried>;

  constructor(tried: Tried) {
    this.kept = new Observable(tried);
  }

  change(part: Partial<Tried>): void {
    this.kept.value = { ...this.kept.value, ...part };
    tab.write(ROOM + this.kept.value.paper.contest_id, this.kept.value);
  }

  press(question: number, letter: string, several: boolean): void {
    const before = this.kept.value.saving.chosen[question] ?? "";
    this.change({ saving: choose(this.kept.value.saving, question, pressed(before, letter, several)) });
  }
}

export function begin(paper: PracticePaper): Practice {
  const endsAt = clock.now() + paper.paper_seconds * 1000;
  const practice = new Practice({ paper, saving: saving({}, 0), place: 1, all: false, endsAt, done: false });
  practice.change({});
  return practice;
}

/** The one that was under way in this tab when the page was left. */
export function underWay(contestId: string): Practice | null {
  const tried = tab.read<Tried>(ROOM + contestId);
  return tried && new Practice(tried);
}

export const leave = (contestId: string): void => tab.remove(ROOM + contestId);
