import type { ScoreBar } from "./types";

/** Points that nobody has are bars of no height, so that distances can be seen; wider bars follow each other anyway. */
export function filled(scores: ScoreBar[]): ScoreBar[] {
  const width = scores[0]!.most - scores[0]!.least + 1;
  if (scores.some(({ least, most }) => most - least + 1 !== width)) return scores;
  const known = new Map(scores.map((bar) => [bar.least, bar]));
  const first = scores[0]!.least;
  const count = Math.round((scores[scores.length - 1]!.least - first) / width) + 1;
  const starts = Array.from({ length: count }, (_, place) => first + place * width);
  return starts.map((least) => known.get(least) ?? { least, most: least + width - 1, people: 0 });
}
