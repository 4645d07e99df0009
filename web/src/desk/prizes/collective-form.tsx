// What units can win: blocks of units that compete with each other, each with its prizes.
import { useState } from "preact/hooks";
import { call } from "../../api";
import { ErrorSummary } from "../../forms/errors";
import { TextField } from "../../forms/field";
import type { RoundPlan } from "../../types";
import { useDoing } from "../base/doing";
import { FlagField, NumberField, SelectField, Standing } from "../base/fields";
import { KINDS, kindInWords } from "../base/unit-kinds";
import { say } from "../say";
import { PrizeLines, RoundTicks, START, Ticks, hasBegun, prizesInWords } from "./parts";
import type { Block, CollectivePrizes } from "./types";

interface Props {
  path: string;
  before: CollectivePrizes;
  rounds: RoundPlan[];
  organiser: boolean;
}

export function CollectiveForm({ path, before, rounds, organiser }: Props) {
  const { rounds: inRounds, season, blocks } = before;
  const [chosen, setChosen] = useState<CollectivePrizes>({ rounds: inRounds, season, blocks });
  const [done, setDone] = useState<string | null>(null);
  const { busy, errors, round, run } = useDoing();
  const isFixed = rounds.some((each) => (season || inRounds.includes(each.round_id)) && hasBegun(each)) || rounds.every(hasBegun);
  if (!organiser || isFixed) return <Fixed chosen={before} rounds={rounds} />;
  const set = (place: number, part: Partial<Block>) =>
    setChosen({ ...chosen, blocks: chosen.blocks.map((block, other) => (other === place ? { ...block, ...part } : block)) });
  const send = (event: Event) => {
    event.preventDefault();
    setDone(null);
    void run(async () => {
      await call("PUT", path, { body: chosen });
      setDone(say("saved"));
    });
  };
  const add = () =>
    setChosen({
      ...chosen,
      rounds: chosen.rounds.length ? chosen.rounds : rounds.filter((each) => !hasBegun(each)).map(({ round_id }) => round_id),
      blocks: [...chosen.blocks, fresh(chosen.blocks.length + 1)],
    });
  return (
    <form onSubmit={send} noValidate aria-label={say("pz_collective")}>
      <p class="quiet">{say("pz_collective_text")}</p>
      <ErrorSummary errors={errors} round={round} />
      {chosen.blocks.map((block, place) => (
        <OneBlock
          key={place}
          block={block}
          place={place}
          errors={errors}
          onChange={(part) => set(place, part)}
          onDrop={() => setChosen({ ...chosen, blocks: chosen.blocks.filter((_, other) => other !== place) })}
        />
      ))}
      {chosen.blocks.length > 0 && (
        <RoundTicks rounds={rounds} chosen={chosen.rounds} onChange={(ids) => setChosen({ ...chosen, rounds: ids })} />
      )}
      {chosen.blocks.length > 0 && !rounds.some(hasBegun) && (
        <FlagField
          name="collective-season"
          label={say("pz_season_units")}
          hint={say("pz_season_units_hint")}
          value={chosen.season}
          onChange={(on) => setChosen({ ...chosen, season: on })}
        />
      )}
      <p class="row">
        <button type="button" class="second" onClick={add}>
          {say("pz_block_add")}
        </button>
        {(chosen.blocks.length > 0 || before.blocks.length > 0) && (
          <button type="submit" disabled={busy}>
            {say("pz_collective_keep")}
          </button>
        )}
        <Standing busy={busy} done={done} />
      </p>
    </form>
  );
}

const fresh = (number: number): Block => ({
  title: say("pz_block_n", { n: number }),
  tree: "administrative",
  kinds: ["commune", "ward"],
  least_roster: null,
  most_roster: null,
  prizes: START,
});

interface BlockProps {
  block: Block;
  place: number;
  errors: Record<string, string>;
  onChange: (part: Partial<Block>) => void;
  onDrop: () => void;
}

function OneBlock({ block, place, errors, onChange, onDrop }: BlockProps) {
  const path = `blocks.${place}`;
  return (
    <section class="card" aria-label={block.title}>
      <TextField
        name={`${path}.title`}
        label={say("pz_block")}
        value={block.title}
        wrong={errors[`${path}.title`]}
        maxLength={120}
        onChange={(title) => onChange({ title })}
      />
      <SelectField
        name={`${path}.tree`}
        label={say("pz_tree")}
        value={block.tree}
        choices={(["administrative", "party"] as const).map((value) => ({ value, label: say(`pz_tree_${value}`) }))}
        onChange={(tree) => onChange({ tree, kinds: KINDS[tree]!.slice(0, 1) })}
      />
      <Ticks
        legend={say("pz_kinds")}
        names={KINDS[block.tree]!}
        chosen={block.kinds}
        label={kindInWords}
        onChange={(kinds) => onChange({ kinds })}
      />
      {errors[`${path}.kinds`] && <p class="wrong">{errors[`${path}.kinds`]}</p>}
      <div class="line">
        {(["least_roster", "most_roster"] as const).map((name) => (
          <NumberField
            key={name}
            name={`${path}.${name}`}
            label={say(`pz_${name}`)}
            value={block[name]}
            least={1}
            none={say("pz_no_bound")}
            wrong={errors[`${path}.${name}`]}
            onChange={(value) => onChange({ [name]: value })}
          />
        ))}
      </div>
      <PrizeLines name={`${path}.prizes`} prizes={block.prizes} errors={errors} onChange={(prizes) => onChange({ prizes })} />
      <button type="button" class="second small" onClick={onDrop}>
        {say("pz_block_drop", { block: block.title })}
      </button>
    </section>
  );
}

function Fixed({ chosen, rounds }: { chosen: CollectivePrizes; rounds: RoundPlan[] }) {
  if (!chosen.blocks.length) return <p>{say("pz_collective_none")}</p>;
  const titles = rounds.filter(({ round_id }) => chosen.rounds.includes(round_id)).map(({ title }) => title);
  return (
    <>
      <ul>
        {chosen.blocks.map(({ title, kinds, prizes }) => (
          <li key={title}>
            <strong>{title}</strong> ({kinds.map(kindInWords).join(", ")}): {prizesInWords(prizes)}
          </li>
        ))}
      </ul>
      <p class="quiet">
        {say("pz_rounds")}: {[...titles, ...(chosen.season ? [say("pz_season")] : [])].join(", ")}
      </p>
    </>
  );
}
