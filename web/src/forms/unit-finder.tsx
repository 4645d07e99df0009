// Finding a unit by typing, with or without diacritics (registration folds them). A combobox after the ARIA practices.
import { useEffect, useRef, useState } from "preact/hooks";
import { load } from "../api";
import { say } from "../messages";
import type { Unit } from "../types";
import { Hints, described } from "./field";

const PAUSE_MS = 250;
const MOST = 20;

interface Props {
  name: string;
  label: string;
  hint: string;
  wrong?: string;
  tree: "administrative" | "party";
  chosen: Unit | null;
  onChoose: (unit: Unit | null) => void;
}

export function UnitFinder({ name, label, hint, wrong, tree, chosen, onChoose }: Props) {
  const [text, setText] = useState(chosen?.name ?? "");
  const [active, setActive] = useState(0);
  const units = useFound(text, tree, chosen);
  const open = !chosen && units !== null && text.trim() !== "";
  const choose = (unit: Unit) => {
    onChoose(unit);
    setText(unit.name);
  };
  const type = (value: string) => {
    setText(value);
    setActive(0);
    if (chosen) onChoose(null);
  };
  const press = (event: KeyboardEvent) => {
    if (!open || !units.length) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setActive((active + step + units.length) % units.length);
    else if (event.key === "Enter") choose(units[active]!);
    else return;
    event.preventDefault();
  };
  return (
    <div class={wrong ? "field is-wrong" : "field"}>
      <label for={name}>{label}</label>
      <Hints name={name} hint={hint} wrong={wrong} />
      <div class="finder">
        <input
          id={name}
          value={text}
          role="combobox"
          autoComplete="off"
          aria-expanded={open}
          aria-controls={`${name}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && units.length ? `${name}-${active}` : undefined}
          aria-describedby={described({ name, hint, wrong })}
          aria-invalid={wrong ? "true" : undefined}
          onInput={(event) => type(event.currentTarget.value)}
          onKeyDown={press}
        />
        <ul id={`${name}-list`} role="listbox" aria-label={label} class="found" hidden={!open || !units.length}>
          {open &&
            units.map((unit, place) => (
              <li
                key={unit.id}
                id={`${name}-${place}`}
                role="option"
                aria-selected={place === active}
                onClick={() => choose(unit)}
              >
                {unit.name}
                {unit.parent_name && <small>{unit.parent_name}</small>}
              </li>
            ))}
        </ul>
        <p class="quiet" role="status">
          {open ? (units.length ? say("unit_found", { n: units.length }) : say("unit_none")) : ""}
        </p>
      </div>
    </div>
  );
}

/** Units for a text, asked for after a pause in typing; null before the first answer. */
function useFound(text: string, tree: Props["tree"], chosen: Unit | null): Unit[] | null {
  const [units, setUnits] = useState<Unit[] | null>(null);
  const latest = useRef("");
  useEffect(() => {
    latest.current = text;
    if (chosen || !text.trim()) return setUnits(null);
    const timer = setTimeout(() => {
      search(text, tree).then(
        (found) => latest.current === text && setUnits(found),
        () => undefined,
      );
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, chosen]);
  return units;
}

async function search(text: string, tree: Props["tree"]): Promise<Unit[]> {
  const wish = new URLSearchParams({ q: text.trim().slice(0, 100), tree, limit: String(MOST) });
  return (await load<{ units: Unit[] }>(`/api/registration/units?${wish}`)).units;
}
