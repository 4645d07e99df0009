// What participants will see: made of the pieces of their own page.
import { at, call } from "../../api";
import { HowTo, PrizeList, RulesInShort } from "../../pages/rules";
import { RoundList } from "../../pages/rounds";
import { QuestionCard } from "../../paper/question";
import { useLoaded } from "../../shell/loaded";
import { useState } from "preact/hooks";
import { say } from "../say";
import { BankQuestion, Stock } from "../types";
import type { SectionProps } from "./editor";

const LETTERS = "ABCDEFGHIJ";

export function Preview({ draft }: SectionProps) {
  const bank = draft.rules.divisions[0]?.bank ?? "";
  return (
    <>
      <p class="hint">{say("preview_hint")}</p>
      <div class="previewed">
        <h2>{draft.title}</h2>
        <RoundList rounds={draft.rounds} scored={{}} />
        <HowTo rules={draft.rules} />
        <RulesInShort rules={draft.rules} />
        <PrizeList rules={draft.rules} />
      </div>
      {bank && <Sample bank={bank} size={draft.rules.paper_size} />}
    </>
  );
}

/** One question of the bank as it is asked; choosing is tried here and sent nowhere. */
function Sample({ bank, size }: { bank: string; size: number }) {
  const found = useLoaded(() => first(bank), [bank]);
  const [chosen, setChosen] = useState("");
  const question = found.state === "there" ? found.value : null;
  if (!question) return null;
  const options = question.options.map((text, place) => ({ letter: LETTERS[place]!, text }));
  const shown = { n: 1, text: question.text, several: question.right.length > 1, options };
  const work = {
    kept: { value: { saving: { chosen: { "1": chosen } }, paper: { questions: { length: size } } } },
    press: (_: number, letter: string) => setChosen(letter),
  };
  return (
    <div class="previewed">
      <h2>{say("preview_question")}</h2>
      <QuestionCard work={work} question={shown} />
    </div>
  );
}

async function first(bank: string): Promise<BankQuestion | null> {
  const { version } = (await call<Stock>("GET", at("/api/exam/banks", bank, "stock"))).body;
  const path = `${at("/api/exam/banks", bank, "versions", version)}?limit=1`;
  return (await call<{ page: BankQuestion[] }>("GET", path)).body.page[0] ?? null;
}
