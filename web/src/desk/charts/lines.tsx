import { Chart, Grid, Size, every, upTo } from "./frame";
import { ticks } from "./ticks";
import { counted } from "./words";

export interface Series {
  name: string;
  /** null: not shown, because the group is small; the line leads past it. */
  values: (number | null)[];
}

interface Props {
  title: string;
  summary: string;
  /** Name of what runs along the bottom. */
  along: string;
  labels: string[];
  series: Series[];
}

/** Up to three series: told apart by the form of their line as well as by colour. */
export function LineChart({ title, summary, along, labels, series }: Props) {
  const marks = ticks(Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0))));
  const rows = labels.map((label, place) => [label, ...series.map(({ values }) => counted(values[place] ?? null))]);
  return (
    <>
      <Chart
        title={title}
        summary={summary}
        head={[along, ...series.map(({ name }) => name)]}
        rows={rows}
        draw={(size) => <Lines size={size} marks={marks} labels={labels} series={series} />}
      />
      <ul class="legend" aria-hidden="true">
        {series.map(({ name }, place) => (
          <li key={name}>
            <svg width="36" height="12">
              <line class={`line-${place + 1}`} x1="0" x2="36" y1="6" y2="6" />
            </svg>
            {name}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The outer labels stay within the picture. */
const anchor = (place: number, all: number) => (place === 0 ? "start" : place === all - 1 ? "end" : "middle");

function Lines({ size, marks, labels, series }: { size: Size; marks: number[]; labels: string[]; series: Series[] }) {
  const y = upTo(size, marks[marks.length - 1]!);
  const step = (size.width - size.left - 12) / Math.max(1, labels.length - 1);
  const x = (place: number) => size.left + 4 + place * step;
  const named = every(labels.length, size.width - size.left);
  return (
    <>
      <Grid size={size} marks={marks} />
      {labels.map(
        (label, place) =>
          place % named === 0 && (
            <text key={label} x={x(place)} y={size.height - 8} text-anchor={anchor(place, labels.length)}>
              {label}
            </text>
          ),
      )}
      {series.map(({ name, values }, place) => (
        <polyline
          key={name}
          class={`line-${place + 1}`}
          points={values.map((value, at) => (value === null ? "" : `${x(at).toFixed(1)},${y(value).toFixed(1)}`)).join(" ")}
        />
      ))}
    </>
  );
}
