// Units: the area is how many people took part, the shade the rate. Fewer than ten units are bars.
import { useState } from "preact/hooks";
import { BarChart } from "./bars";
import { Chart } from "./frame";
import { stepped } from "./stepped";
import { Box, treemap } from "./treemap";
import type { UnitShare } from "./types";
import { counted, decimal, number, word } from "./words";

const LEAST_FIELDS = 10;
const HEIGHT = 420;
/** Square pixels that a finger can hit and an eye can read; what would be smaller is one field together. */
const LEAST_AREA = 1600;
/** From these rates on the shade is the next one. */
const RATES = [20, 40, 60, 80];

interface Props {
  title: string;
  units: UnitShare[];
  /** The address of a unit's own charts. */
  href: (unitId: string) => string;
}

export function Units({ title, units, href }: Props) {
  const hidden = units.filter(({ suppressed }) => suppressed).length;
  const shown = units.filter(({ participants }) => participants).sort(byPeople);
  const parts = { title, units: shown, href };
  return (
    <section>
      {!shown.length && <p>{word("units_none")}</p>}
      {shown.length > 0 && (shown.length < LEAST_FIELDS ? <Bars {...parts} /> : <Fields {...parts} />)}
      {shown.length > 0 && <Legend unknown={shown.some(({ rate_percent }) => rate_percent === null)} />}
      {hidden > 0 && <p class="quiet">{word("units_hidden", { n: hidden })}</p>}
    </section>
  );
}

const byPeople = (one: UnitShare, other: UnitShare): number =>
  other.participants! - one.participants! || one.name.localeCompare(other.name, "vi");

const rateOf = ({ rate_percent }: UnitShare): string =>
  rate_percent === null ? word("unknown") : `${decimal(rate_percent)} %`;

function shade({ rate_percent }: UnitShare): string {
  if (rate_percent === null) return "none";
  return String(RATES.filter((rate) => Number(rate_percent) >= rate).length);
}

const summaryOf = (units: UnitShare[]): string =>
  word("units_summary", { n: units.length, unit: units[0]!.name, people: units[0]!.participants! });

const head = (): [string, string, string, string] => [word("unit"), word("people"), word("roster"), word("rate")];

const rosterOf = ({ roster }: UnitShare): string => (roster === null ? word("unknown") : number(roster));

function Bars({ title, units, href }: Props) {
  return (
    <>
      <p class="quiet">{word("units_bars")}</p>
      <BarChart
        title={title}
        summary={summaryOf(units)}
        head={head()}
        bars={units.map((unit) => ({
          label: unit.name,
          value: unit.participants,
          tone: `shade-${shade(unit)}`,
          more: [rosterOf(unit), rateOf(unit)],
          href: href(unit.unit_id),
        }))}
      />
    </>
  );
}

/** One field can be reached with the tabulator, from there the arrow keys lead on. */
function Fields({ title, units, href }: Props) {
  const [at, setAt] = useState(0);
  const walk = (event: KeyboardEvent) => {
    const fields = (event.currentTarget as Element).querySelectorAll<SVGElement>("a");
    const next = stepped(event.key, at, fields.length);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
    fields[next]!.focus();
  };
  return (
    <>
      <p class="quiet">{word("units_text")}</p>
      <Chart
        title={title}
        summary={summaryOf(units)}
        head={head()}
        rows={units.map((unit) => [
          <a href={href(unit.unit_id)}>{unit.name}</a>,
          counted(unit.participants),
          rosterOf(unit),
          rateOf(unit),
        ])}
        height={HEIGHT}
        walked
        draw={({ width, height }) => {
          const room = { x: 1, y: 1, width: width - 2, height: height - 2 };
          const shown = large(units, room.width * room.height);
          const boxes = treemap(sizes(units, shown.length), room);
          return (
            <g onKeyDown={walk}>
              {shown.map((unit, place) => (
                <Field
                  key={unit.unit_id}
                  unit={unit}
                  box={boxes[place]!}
                  href={href(unit.unit_id)}
                  reached={place === Math.min(at, shown.length - 1)}
                />
              ))}
              {shown.length < units.length && <Others box={boxes[shown.length]!} count={units.length - shown.length} />}
            </g>
          );
        }}
      />
    </>
  );
}

/** Those with a field of their own. */
function large(units: UnitShare[], area: number): UnitShare[] {
  const all = units.reduce((sum, { participants }) => sum + participants!, 0);
  return units.filter(({ participants }) => (participants! * area) / all >= LEAST_AREA);
}

/** People of the first `count` units, then of all others together. */
function sizes(units: UnitShare[], count: number): number[] {
  const people = units.map(({ participants }) => participants!);
  const rest = people.slice(count).reduce((one, other) => one + other, 0);
  return rest ? [...people.slice(0, count), rest] : people;
}

function Others({ box, count }: { box: Box; count: number }) {
  return (
    <g class="cell">
      <rect class="others" x={box.x} y={box.y} width={box.width} height={box.height} />
      {box.height > 24 && box.width > 90 && (
        <text x={box.x + 6} y={box.y + 2 + LINE} aria-hidden="true">
          {word("others", { n: count })}
        </text>
      )}
    </g>
  );
}

const LINE = 16;
const LETTER = 8;
/** A name cut shorter than this says nothing. */
const LEAST_LETTERS = 8;

function Field({ unit, box, href, reached }: { unit: UnitShare; box: Box; href: string; reached: boolean }) {
  const tone = shade(unit);
  const people = number(unit.participants!);
  const rate = unit.rate_percent === null ? word("rate_unknown") : word("rate_of", { rate: decimal(unit.rate_percent) });
  return (
    <a
      href={href}
      class={Number(tone) > 2 ? "cell dark" : "cell"}
      tabindex={reached ? 0 : -1}
      aria-label={word("unit_cell", { unit: unit.name, people, rate })}
    >
      <title>{word("unit_cell", { unit: unit.name, people, rate })}</title>
      <rect class={`shade-${tone}`} x={box.x} y={box.y} width={box.width} height={box.height} />
      <svg x={box.x} y={box.y} width={box.width} height={box.height} aria-hidden="true">
        {linesOf(unit, box).map((text, place) => (
          <text key={place} class={place ? undefined : "name"} x={6} y={2 + (place + 1) * LINE}>
            {text}
          </text>
        ))}
      </svg>
    </a>
  );
}

/** Name and figures as far as there is room: the name may be cut, a figure never. */
function linesOf(unit: UnitShare, { width, height }: Box): string[] {
  const letters = Math.floor((width - 8) / LETTER);
  const people = number(unit.participants!);
  const whole = unit.rate_percent === null ? people : `${people} · ${rateOf(unit)}`;
  const figure = whole.length <= letters ? whole : people;
  if (unit.name.length > letters && letters < LEAST_LETTERS) return [figure];
  const name = unit.name.length > letters ? `${unit.name.slice(0, letters - 1)}…` : unit.name;
  return height > 8 + 2 * LINE ? [name, figure] : [name];
}

function Legend({ unknown }: { unknown: boolean }) {
  const names: [string, string][] = [
    ["0", word("below_rate", { n: RATES[0]! })],
    ...RATES.slice(0, -1).map((from, place): [string, string] => [
      String(place + 1),
      word("between", { from, to: RATES[place + 1]! }),
    ]),
    [String(RATES.length), word("from_rate", { n: RATES[RATES.length - 1]! })],
    ...(unknown ? [["none", word("rate_unknown")] as [string, string]] : []),
  ];
  return (
    <ul class="legend" aria-label={word("legend")}>
      {names.map(([tone, name]) => (
        <li key={tone}>
          <svg width="24" height="14" aria-hidden="true">
            <rect class={`shade shade-${tone}`} x="1" y="1" width="22" height="12" />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
