// How many people came how far: one bar under the other, each with its share of the one before.
import { Chart, Size } from "./frame";
import type { Step } from "./types";
import { counted, number, share, word } from "./words";

const NAME = 120;
const COUNT = 76;
const ROW = 44;

export function Steps({ steps, text }: { steps: Step[]; text: string }) {
  const first = steps[0]?.people ?? 0;
  const of = (name: Step["step"]) => counted(steps.find(({ step }) => step === name)?.people ?? null);
  return (
    <section>
      <Chart
        title={word("steps")}
        summary={word("steps_summary", { registered: of("registered"), started: of("started") })}
        head={[word("step"), word("people"), word("of_before"), word("of_all")]}
        rows={steps.map(({ step, people }, place) => [
          word(`step_${step}`),
          counted(people),
          shareOf(people, steps[place - 1]?.people),
          place ? shareOf(people, first) : "–",
        ])}
        height={ROW * steps.length + 8}
        draw={(size) =>
          steps.map((step, place) => <Bar key={step.step} step={step} place={place} size={size} most={mostOf(steps)} />)
        }
      />
      <p class="quiet">{text}</p>
    </section>
  );
}

const shareOf = (part: number | null, whole: number | null | undefined): string =>
  part === null || whole === null || whole === undefined ? "–" : share(part, whole);

const mostOf = (steps: Step[]): number => Math.max(1, ...steps.map(({ people }) => people ?? 0));

function Bar({ step: { step, people }, place, size, most }: { step: Step; place: number; size: Size; most: number }) {
  const width = ((size.width - NAME - COUNT) * (people ?? 0)) / most;
  const y = 4 + place * ROW;
  return (
    <g>
      <text class="step-name" x={NAME - 10} y={y + 24} text-anchor="end">
        {word(`step_${step}`)}
      </text>
      <rect class="step-bar" x={NAME} y={y + 4} width={Math.max(1, width)} height={ROW - 10} />
      <text class="step-count" x={NAME + Math.max(1, width) + 8} y={y + 24}>
        {people === null ? word("few") : number(people)}
      </text>
    </g>
  );
}
