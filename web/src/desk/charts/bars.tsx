import { Chart, Grid, every, upTo } from "./frame";
import { ticks } from "./ticks";
import { counted } from "./words";

export interface Bar {
  label: string;
  /** null: a group too small to be shown. */
  value: number | null;
  /** How the bar is filled, when not all are alike; further columns of the table. */
  tone?: string;
  more?: string[];
  /** Where the name in the table leads. */
  href?: string;
}

interface Props {
  title: string;
  summary: string;
  /** Names of the columns of the table. */
  head: [string, string, ...string[]];
  bars: Bar[];
}

const GAP = 0.2;
/** Few bars stand apart rather than become walls. */
const WIDEST = 120;

export function BarChart({ title, summary, head, bars }: Props) {
  const marks = ticks(Math.max(0, ...bars.map((bar) => bar.value ?? 0)));
  return (
    <Chart
      title={title}
      summary={summary}
      head={head}
      rows={bars.map(({ label, value, href, more = [] }) => [named(label, href), counted(value), ...more])}
      draw={(size) => {
        const y = upTo(size, marks[marks.length - 1]!);
        const step = (size.width - size.left) / Math.max(1, bars.length);
        const wide = Math.min(WIDEST, step * (1 - GAP));
        const shown = every(bars.length, size.width - size.left);
        return (
          <>
            <Grid size={size} marks={marks} />
            {bars.map(({ label, value, tone }, place) => (
              <g key={place}>
                <rect
                  class={tone ?? "bar-1"}
                  x={size.left + (place + 0.5) * step - wide / 2}
                  width={wide}
                  y={y(value ?? 0)}
                  height={y(0) - y(value ?? 0)}
                />
                {place % shown === 0 && (
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

const named = (label: string, href?: string) => (href ? <a href={href}>{label}</a> : label);

/** How often each value occurs: bars without gaps in between, values without any included. */
export function Distribution({ counts, ...chart }: Omit<Props, "bars"> & { counts: Record<number, number> }) {
  const values = Object.keys(counts).map(Number);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const all = values.length ? Array.from({ length: most - least + 1 }, (_, place) => least + place) : [];
  return <BarChart {...chart} bars={all.map((value) => ({ label: String(value), value: counts[value] ?? 0 }))} />;
}
