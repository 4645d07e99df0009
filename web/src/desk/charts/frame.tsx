// What every chart has: a title, a picture that fits the width, and the same figures as a table underneath.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import "./charts.css";
import { number, word } from "./words";

export interface Size {
  width: number;
  height: number;
  left: number;
  bottom: number;
  top: number;
}

export const HEIGHT = 220;
const ROOM = { left: 56, bottom: 28, top: 12 };

interface Props {
  title: string;
  /** One sentence that says what the picture shows. */
  summary: string;
  head: string[];
  rows: (string | number | JSX.Element)[][];
  draw: (size: Size) => ComponentChildren;
  height?: number;
  /** What is drawn can be walked through and opened; otherwise it is one picture. */
  walked?: boolean;
}

export function Chart({ title, summary, head, rows, draw, height = HEIGHT, walked = false }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLDetailsElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const watcher = new ResizeObserver(() => setWidth(Math.floor(box.current?.clientWidth ?? 0)));
    watcher.observe(box.current!);
    setWidth(Math.floor(box.current!.clientWidth));
    return () => watcher.disconnect();
  }, []);
  // On paper the figures are always there.
  useEffect(() => {
    const unfold = () => table.current?.setAttribute("open", "");
    addEventListener("beforeprint", unfold);
    return () => removeEventListener("beforeprint", unfold);
  }, []);
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <div ref={box}>
        {width > 0 && (
          <svg
            width={width}
            height={height}
            viewBox={`0 0 ${width} ${height}`}
            role={walked ? "group" : "img"}
            aria-label={`${title}. ${summary}`}
          >
            {draw({ width, height, ...ROOM })}
          </svg>
        )}
      </div>
      <details ref={table}>
        <summary>{word("table")}</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label={title}>
          <table>
            <thead>
              <tr>
                {head.map((name, place) => (
                  <th key={name} scope="col" class={place ? "number" : undefined}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                <tr key={at}>
                  {row.map((cell, place) => (
                    <td key={place} class={place ? "number" : undefined}>
                      {typeof cell === "number" ? number(cell) : cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** Where a value is drawn. */
export const upTo =
  ({ height, top, bottom }: Size, most: number) =>
  (value: number) =>
    height - bottom - (value / most) * (height - top - bottom);

/** Lines across with their numbers. */
export function Grid({ size, marks }: { size: Size; marks: number[] }) {
  const y = upTo(size, marks[marks.length - 1]!);
  return (
    <g class="grid">
      {marks.map((mark) => (
        <g key={mark}>
          <line x1={size.left} x2={size.width} y1={y(mark)} y2={y(mark)} />
          <text x={size.left - 8} y={y(mark) + 4} text-anchor="end">
            {number(mark)}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Every so many labels, so that they do not touch. */
export const every = (labels: number, width: number, each = 72): number =>
  Math.max(1, Math.ceil((labels * each) / Math.max(1, width)));
