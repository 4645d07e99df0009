// What a version covers: topics and levels, languages and audio; and the version as a file.
import { at, call } from "../../api";
import { Show, useLoaded } from "../../shell/loaded";
import { FileButton } from "../base/file";
import { Key, number, say } from "../say";
import { Matrix } from "./matrix";
import type { SectionProps } from "./page";
import type { Language, Overview, Version } from "./types";

/** Formats with the end of their files' names. */
const FORMATS: [string, string, Key][] = [
  ["xlsx", "xlsx", "qb_format_xlsx"],
  ["docx", "docx", "qb_format_docx"],
  ["gift", "gift.txt", "qb_format_gift"],
  ["moodle", "xml", "qb_format_moodle"],
  ["aiken", "aiken.txt", "qb_format_aiken"],
  ["text", "txt", "qb_format_text"],
];

export const versionPath = ({ bank_id, version }: Pick<Version, "bank_id" | "version">, ...more: string[]): string =>
  at("/api/exam/banks", bank_id, "versions", version, ...more);

export const fetchOverview = async (version: Version): Promise<Overview> =>
  (await call<Overview>("GET", versionPath(version, "overview"))).body;

export function Covers({ version }: SectionProps) {
  const found = useLoaded(() => fetchOverview(version), [version.bank_id, version.version]);
  return (
    <>
      <Show loaded={found}>
        {({ topics, languages }) => (
          <>
            <h2>{say("qb_matrix")}</h2>
            <Matrix topics={topics} />
            <h2>{say("qb_languages")}</h2>
            <Languages languages={languages} />
          </>
        )}
      </Show>
      <h2>{say("qb_export")}</h2>
      <p class="hint">{say("qb_export_hint")}</p>
      <p class="row">
        {FORMATS.map(([format, end, name]) => (
          <FileButton
            key={format}
            label={say(name)}
            name={`${version.bank_id}-${version.version}.${end}`}
            path={`${versionPath(version, "export")}?format=${format}`}
            remark={withoutPictures}
          />
        ))}
      </p>
    </>
  );
}

function withoutPictures(headers: Headers): string {
  const count = Number(headers.get("X-Without-Picture"));
  return count ? say("qb_without_picture", { n: number(count) }) : "";
}

function Languages({ languages }: { languages: Language[] }) {
  if (!languages.length) return <p>{say("qb_languages_none")}</p>;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={say("qb_languages")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say("qb_language")}</th>
            <th scope="col">{say("qb_texts")}</th>
            <th scope="col">{say("qb_sounds")}</th>
          </tr>
        </thead>
        <tbody>
          {languages.map(({ code, name, questions, texts, sounds }) => (
            <tr key={code}>
              <th scope="row">
                {name} <span class="quiet">{code}</span>
              </th>
              <td>
                <Share count={texts} of={questions} />
              </td>
              <td>
                <Share count={sounds} of={questions} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">{say("qb_languages_hint")}</p>
    </div>
  );
}

export const BAR = 120;

/** A share as a bar and in figures. */
export function Share({ count, of }: { count: number; of: number }) {
  const share = of ? count / of : 0;
  return (
    <span class="share">
      <svg width={BAR} height="12" aria-hidden="true">
        <rect class="bar-0" width={BAR} height="12" />
        <rect class="bar-1" width={BAR * share} height="12" />
      </svg>
      {say("qb_share", { n: number(count), all: number(of), percent: Math.floor(100 * share) })}
    </span>
  );
}
