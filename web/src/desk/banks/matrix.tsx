// Topics by level: how many questions there are to draw from.
import { number, say } from "../say";
import { LEVELS, levelName } from "./said";
import type { TopicCounts } from "./types";

const sum = (values: number[]): number => values.reduce((one, other) => one + other, 0);

export function Matrix({ topics }: { topics: TopicCounts[] }) {
  const ofLevel = (level: string) => sum(topics.map(({ levels }) => levels[level] ?? 0));
  const ofTopic = ({ levels }: TopicCounts) => sum(LEVELS.map((level) => levels[level] ?? 0));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={say("qb_matrix")}>
      <table>
        <caption class="quiet">{say("qb_matrix_hint")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("topic")}</th>
            {LEVELS.map((level) => (
              <th scope="col" class="number" key={level}>
                {levelName(level)}
              </th>
            ))}
            <th scope="col" class="number">
              {say("qb_all")}
            </th>
            <th scope="col" class="number">
              {say("qb_practice")}
            </th>
          </tr>
        </thead>
        <tbody>
          {topics.map((topic) => (
            <tr key={topic.topic}>
              <th scope="row">{topic.name}</th>
              {LEVELS.map((level) => (
                <td class={topic.levels[level] ? "number" : "number lacking"} key={level}>
                  {number(topic.levels[level] ?? 0)}
                </td>
              ))}
              <td class="number">{number(ofTopic(topic))}</td>
              <td class="number">{number(topic.practice)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{say("qb_all")}</th>
            {LEVELS.map((level) => (
              <td class="number" key={level}>
                {number(ofLevel(level))}
              </td>
            ))}
            <td class="number">{number(sum(topics.map(ofTopic)))}</td>
            <td class="number">{number(sum(topics.map(({ practice }) => practice)))}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
