// A pool before its first round opens: whose people, which prizes, for which rounds.
import { useEffect, useState } from "preact/hooks";
import { at, call, load } from "../../api";
import { ErrorSummary } from "../../forms/errors";
import { TextField } from "../../forms/field";
import { UnitFinder } from "../../forms/unit-finder";
import type { RoundPlan, Unit } from "../../types";
import { useDoing } from "../base/doing";
import { AreaField, FlagField, RadioField, Standing } from "../base/fields";
import type { Unit as OwnUnit } from "../pictures/choices";
import { say } from "../say";
import { PrizeLines, RoundTicks, START, Ticks, hasBegun, inWords } from "./parts";
import type { Pool, PoolBody } from "./types";

interface Props {
  base: string;
  before: Pool | null;
  /** The unit that somebody is officer of: a new pool begins with it. */
  own: OwnUnit | null;
  taken: string[];
  divisions: string[];
  rounds: RoundPlan[];
  onKept: () => void;
  onClose: () => void;
}

type Tree = "administrative" | "party";

export function PoolForm({ base, before, own, taken, divisions, rounds, onKept, onClose }: Props) {
  const [body, setBody] = useState<PoolBody>(before ? bodyOf(before) : blank(divisions, rounds));
  const [tree, setTree] = useState<Tree>((before?.tree as Tree | undefined) ?? own?.tree ?? "administrative");
  const [unit, setUnit] = useUnit(before, own);
  const { busy, errors, round, run } = useDoing();
  // What is wrong with an id says nothing to somebody who has to choose from a list.
  const wrong = errors.unit_id ? { ...errors, unit_id: say("pz_unit_need") } : errors;
  const set = (part: Partial<PoolBody>) => setBody({ ...body, ...part });
  const send = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      const unitId = unit?.id ?? "";
      const poolId = before?.pool_id ?? free(unitId, taken);
      await call("PUT", at(`${base}/pools`, poolId), { body: { ...body, unit_id: unitId, title: body.title.trim() } });
      onKept();
    });
  };
  return (
    <form class="card" onSubmit={send} noValidate aria-label={say(before ? "pz_change" : "pz_new")}>
      <h3>{before ? before.title : say("pz_new")}</h3>
      <ErrorSummary errors={wrong} round={round} />
      <RadioField
        name="tree"
        label={say("pz_tree")}
        value={tree}
        choices={(["administrative", "party"] as const).map((value) => ({ value, label: say(`pz_tree_${value}`) }))}
        onChange={(value) => (setTree(value as Tree), setUnit(null))}
      />
      <UnitFinder
        key={tree}
        name="unit_id"
        label={say("unit")}
        hint={say("pz_unit_hint")}
        wrong={wrong.unit_id}
        tree={tree}
        chosen={unit}
        onChoose={setUnit}
      />
      <TextField
        name="title"
        label={say("pz_title")}
        hint={say("pz_title_hint")}
        value={body.title}
        wrong={errors.title}
        maxLength={120}
        onChange={(title) => set({ title })}
      />
      <TextField
        name="sponsor"
        label={say("pz_sponsor")}
        value={body.sponsor}
        wrong={errors.sponsor}
        maxLength={200}
        onChange={(sponsor) => set({ sponsor })}
      />
      <AreaField
        name="notice"
        label={say("pz_notice")}
        hint={say("pz_notice_hint")}
        value={body.notice}
        wrong={errors.notice}
        maxLength={2000}
        onChange={(notice) => set({ notice })}
      />
      <PrizeLines name="prizes" prizes={body.prizes} errors={errors} onChange={(prizes) => set({ prizes })} />
      <Ticks
        legend={say("pz_divisions")}
        names={divisions}
        chosen={body.divisions}
        label={inWords}
        onChange={(names) => set({ divisions: names })}
      />
      <RoundTicks rounds={rounds} chosen={body.rounds} onChange={(ids) => set({ rounds: ids })} />
      {!rounds.some(hasBegun) && (
        <FlagField
          name="season"
          label={say("pz_season_too")}
          hint={say("pz_season_hint")}
          value={body.season}
          onChange={(season) => set({ season })}
        />
      )}
      <FlagField
        name="also_main"
        label={say("pz_also_main")}
        hint={say("pz_also_main_hint")}
        value={body.also_main}
        onChange={(on) => set({ also_main: on })}
      />
      <p class="row">
        <button type="submit" disabled={busy}>
          {say("pz_keep")}
        </button>
        <button type="button" class="second" onClick={onClose}>
          {say("cancel")}
        </button>
        <Standing busy={busy} done={null} />
      </p>
    </form>
  );
}

const blank = (divisions: string[], rounds: RoundPlan[]): PoolBody => ({
  unit_id: "",
  title: "",
  sponsor: "",
  notice: "",
  prizes: START,
  divisions,
  rounds: rounds.filter((round) => !hasBegun(round)).map(({ round_id }) => round_id),
  season: false,
  also_main: true,
});

function bodyOf({ unit_id, title, sponsor, notice, prizes, divisions, rounds, season, also_main }: Pool): PoolBody {
  return { unit_id, title, sponsor, notice, prizes, divisions, rounds, season, also_main };
}

/** The unit of a pool that is there already, or the own one, by name. */
function useUnit(before: Pool | null, own: OwnUnit | null) {
  const known = before ? { id: before.unit_id, name: before.unit } : own;
  const named = known?.name ? (known as Unit) : null;
  const [unit, setUnit] = useState<Unit | null>(named);
  useEffect(() => {
    if (before && !named) load<Unit>(at("/api/registration/units", before.unit_id)).then(setUnit, () => undefined);
  }, []);
  return [unit, setUnit] as const;
}

/** The unit's id; with a number when it has a pool already. */
function free(unitId: string, taken: string[]): string {
  const plain = unitId.toLowerCase().replace(/[^a-z0-9]+/g, "-") || "quy-giai";
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? plain : `${plain}-${number}`;
    if (!taken.includes(name)) return name;
  }
}
