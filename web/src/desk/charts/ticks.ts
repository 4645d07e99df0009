/** Round numbers from 0 to at least `most`, about `count` of them. */
export function ticks(most: number, count = 4): number[] {
  const rough = Math.max(1, most) / count;
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((each) => each * ten >= rough) ?? 10) * ten);
  return Array.from({ length: Math.ceil(Math.max(1, most) / step) + 1 }, (_, place) => place * step);
}
