// How the questions of a round worked: suspicious keys first, with what was chosen, and the way to the key's correction.
import "./banks.css";
import { at, call } from "../../api";
import { clock } from "../../clock";
import { shortMoment } from "../../instants";
import { roundState } from "../../phase";
import { Route, link } from "../../router";
import { Problem } from "../../http";
import { Show, useLoaded } from "../../shell/loaded";
import type { RoundPlan } from "../../types";
import { Asked as Wish, Page, ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { FileButton } from "../base/file";
import { fetchContests } from "../contests/lines";
import { number, say } from "../say";
import type { Live } from "../types";
import { Chosen, FlagsOf, figure } from "./item";
import type { Asked, Item, Items } from "./types";

export default function ItemsPage({ parts: [roundId] }: { parts: Route }) {
  return roundId ? <OfRound key={roundId} roundId={roundId} /> : <Rounds />;
}

interface Line extends RoundPlan {
  contest: string;
}

async function fetchClosed(): Promise<Line[]> {
  const now = clock.now();
  const lines = (await fetchContests()).flatMap(({ title, rounds }) =>
    rounds.filter((round) => roundState(round, now) === "closed").map((round) => ({ ...round, contest: title })),
  );
  return lines.sort((one, other) => Date.parse(other.closes_at) - Date.parse(one.closes_at));
}

function Rounds() {
  const found = useLoaded(fetchClosed, []);
  return (
    <div class="page">
      <h1>{say("menu_items")}</h1>
      <p class="lead">{say("qb_items_lead")}</p>
      <Show loaded={found}>
        {(rounds) => (
          <DataTable<Line>
            name="item-rounds"
            caption={say("menu_items")}
            searchable
            empty={say("qb_items_rounds_none")}
            keyOf={(round) => round.round_id}
            source={ofList({ rows: rounds, text: (round) => `${round.contest} ${round.title} ${round.round_id}` })}
            columns={[
              { key: "round", label: say("round"), cell: (round) => <a href={link("items", round.round_id)}>{round.title}</a> },
              { key: "contest", label: say("contest"), cell: (round) => round.contest },
              { key: "closes", label: say("window_closes_at"), cell: (round) => shortMoment(round.closes_at) },
            ]}
          />
        )}
      </Show>
    </div>
  );
}

const pathOf = (roundId: string, door: string): string => at("/api/scoring/rounds", roundId, door);

const fetchItems = async (roundId: string, after: string, limit: number): Promise<Items> =>
  (await call<Items>("GET", `${pathOf(roundId, "items")}?after=${after}&limit=${limit}`)).body;

interface Head {
  items: Items | null;
  /** "bank:version" of what the papers were drawn from. */
  banks: string[];
}

/** No analysis yet is a state, not a failure. */
async function fetchHead(roundId: string): Promise<Head> {
  const { banks } = (await call<Live>("GET", at("/api/exam/rounds", roundId, "live"))).body;
  const items = await fetchItems(roundId, "0", 1).catch((error) => {
    if (error instanceof Problem && error.slug === "no-results-yet") return null;
    throw error;
  });
  return { items, banks: [...new Set(Object.values(banks))] };
}

function OfRound({ roundId }: { roundId: string }) {
  const found = useLoaded(() => fetchHead(roundId), [roundId]);
  return (
    <div class="page">
      <p class="quiet">
        <a href={link("items")}>{say("menu_items")}</a> · {roundId}
      </p>
      <h1>{say("menu_items")}</h1>
      <Show loaded={found}>
        {({ items, banks }) =>
          items ? <Table roundId={roundId} items={items} banks={banks} /> : <p class="notice">{say("qb_items_not_yet")}</p>
        }
      </Show>
    </div>
  );
}

interface Row {
  item: Item;
  question: Asked | null;
}

function Table({ roundId, items, banks }: { roundId: string; items: Items; banks: string[] }) {
  return (
    <>
      <p class="lead">{say("qb_items_of", { attempts: items.attempts, questions: items.questions })}</p>
      <details>
        <summary>{say("qb_items_how")}</summary>
        <p>{say("qb_items_facility")}</p>
        <p>{say("qb_items_discrimination")}</p>
        <p>{say("qb_items_correlation")}</p>
      </details>
      <p class="row">
        <FileButton path={`${pathOf(roundId, "items.csv")}?bom=true`} name={`${roundId}-cau-hoi.csv`} />
      </p>
      <DataTable<Row>
        name="items"
        caption={say("menu_items")}
        keyOf={({ item }) => item.question_id}
        source={(wish) => fetchRows(roundId, banks, wish)}
        columns={[
          { key: "question", label: say("question"), cell: (row) => <Chosen {...row} roundId={roundId} /> },
          { key: "flags", label: say("qb_flags"), cell: ({ item }) => <FlagsOf item={item} /> },
          { key: "answers", label: say("qb_answers"), isNumber: true, cell: ({ item }) => number(item.answers) },
          { key: "facility", label: say("qb_facility"), isNumber: true, cell: ({ item }) => figure(item.facility) },
          { key: "d", label: say("qb_discrimination"), isNumber: true, cell: ({ item }) => figure(item.discrimination) },
        ]}
      />
    </>
  );
}

async function fetchRows(roundId: string, banks: string[], { from, limit }: Wish): Promise<Page<Row>> {
  const { items, next, questions } = await fetchItems(roundId, from ?? "0", limit);
  const words = await fetchQuestions(
    banks,
    items.map(({ question_id }) => question_id),
  );
  const rows = items.map((item) => ({ item, question: words.get(item.question_id) ?? null }));
  return { rows, next: next === null ? null : String(next), total: questions };
}

/** What is asked, of the versions the papers were drawn from. */
async function fetchQuestions(banks: string[], ids: string[]): Promise<Map<string, Asked>> {
  const pages = await Promise.all(
    banks.map((reference) => {
      const [bank, version] = reference.split(":") as [string, string];
      const query = `limit=${ids.length || 1}&ids=${ids.map(encodeURIComponent).join(",")}`;
      return call<{ page: Asked[] }>("GET", `${at("/api/exam/banks", bank, "versions", version)}?${query}`);
    }),
  );
  return new Map(pages.flatMap(({ body }) => body.page).map((question) => [question.id, question]));
}
