// By which ways people came to a published contest: counts by channel, and what is handed out to bring them.
import { at, call } from "../../api";
import { Show, useLoaded } from "../../shell/loaded";
import { ofList } from "../base/asked";
import { DataTable } from "../base/data-table";
import { number, say } from "../say";

type Counts = Record<"visits" | "joins" | "starts", number | null>;

interface Channel {
  code: string;
  in_all: Counts;
}

export function Channels({ contestId }: { contestId: string }) {
  const path = at("/api/exam/contests", contestId);
  const found = useLoaded(async () => (await call<{ channels: Channel[] }>("GET", `${path}/channels`)).body.channels, [path]);
  const example = `${location.origin}/c/${contestId}?from=`;
  return (
    <>
      <p>{say("channels_lead")}</p>
      <Show loaded={found}>{(channels) => <ChannelTable channels={channels} />}</Show>
      <h2>{say("channels_links")}</h2>
      <p>
        {say("channels_link")} <code>{example + say("channels_code")}</code>
      </p>
      <ul>
        <li>
          <a href={`/#/embed/${contestId}`}>{say("channels_card")}</a>
        </li>
        {["a4", "a3"].map((size) => (
          <li key={size}>
            <a href={`${path}/poster.pdf?size=${size}`} download>
              {say("channels_poster", { size: size.toUpperCase() })}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

const shown = (count: number | null): string => (count === null ? say("channels_few") : number(count));

function ChannelTable({ channels }: { channels: Channel[] }) {
  const count = (key: keyof Counts) => ({
    key,
    label: say(`channels_${key}`),
    isNumber: true,
    sortable: true,
    cell: ({ in_all }: Channel) => shown(in_all[key]),
  });
  const value = (key: keyof Counts) => (channel: Channel) => channel.in_all[key] ?? 1;
  return (
    <DataTable<Channel>
      name="channels"
      caption={say("section_channels")}
      searchable
      empty={say("channels_none")}
      keyOf={(channel) => channel.code}
      source={ofList({
        rows: channels,
        text: (channel) => channel.code,
        value: { code: (channel) => channel.code, visits: value("visits"), joins: value("joins"), starts: value("starts") },
      })}
      columns={[
        {
          key: "code",
          label: say("channels_channel"),
          sortable: true,
          cell: ({ code }) => (code === "other" ? say("channels_other") : code),
        },
        count("visits"),
        count("joins"),
        count("starts"),
      ]}
    />
  );
}
