import { Chart, Grid, every, upTo } from "./frame";
import { ticks } from "./ticks";

export interface Bar {
  label: string;
  value: number;
}

interface Props {
  title: string;
  summary: string;
  /** Names of the two columns of the table. */
  head: [string, string];
  bars: Bar[];
}

const GAP = 0.2;

export function BarChart({ title, summary, head, bars }: Props) {
  const marks = ticks(Math.max(0, ...bars.map((bar) => bar.value)));
  return (
    <Chart
      title={title}
      summary={summary}
      head={head}
      rows={bars.map(({ label, value }) => [label, value])}
      draw={(size) => {
        const y = upTo(size, marks[marks.length - 1]!);
        const step = (size.width - size.left) / Math.max(1, bars.length);
        const named = every(bars.length, size.width - size.left);
        return (
          <>
            <Grid size={size} marks={marks} />
            {bars.map(({ label, value }, place) => (
              <g key={label}>
                <rect
                  class="bar-1"
                  x={size.left + (place + GAP / 2) * step}
                  width={step * (1 - GAP)}
                  y={y(value)}
                  height={y(0) - y(value)}
                />
                {place % named === 0 && (
                  <text x={size.left + (place + 0.5) * step} y={size.height - 8} text-anchor="middle">
                    {label}
                  </text>
                )}
              </g>
            ))}
          </>
        );
      }}
    />
  );
}

/** How often each value occurs: bars without gaps in between, values without any included. */
export function Distribution({ counts, ...chart }: Omit<Props, "bars"> & { counts: Record<number, number> }) {
  const values = Object.keys(counts).map(Number);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const all = values.length ? Array.from({ length: most - least + 1 }, (_, place) => least + place) : [];
  return <BarChart {...chart} bars={all.map((value) => ({ label: String(value), value: counts[value] ?? 0 }))} />;
}
