// How far it is, and until when.
import { moment } from "../instants";
import { Facts } from "../shell/facts";
import { OwnLine, isWritable, writableUntil } from "./types";
import { clock } from "../clock";
import { Word, word } from "./words";

export const stateOf = (own: OwnLine): string => word(`is_${own.mine}` as Word);

export function Dates({ own }: { own: OwnLine }) {
  const until = own.may_begin || isWritable(own, clock.now()) ? writableUntil(own) : null;
  const facts: [string, string | null][] = [
    [word("state"), own.mine === "not-begun" ? null : stateOf(own)],
    [word(own.mine === "returned" ? "mend_until" : "assess_until"), until && moment(until)],
    [word("review_until"), own.mine === "handed-in" && own.state === "open" ? moment(own.review_until) : null],
    [word("decided_at"), own.decided_at && moment(own.decided_at)],
  ];
  return <Facts facts={facts} />;
}
