// For newspapers and portals: the card to embed, the card as a picture, the link - with the channel's code, ready to copy.
import { useState } from "preact/hooks";
import { CHANNEL } from "../arrival";
import { at, load } from "../api";
import { TextField } from "../forms/field";
import { Key, language, say } from "../messages";
import { link } from "../router";
import { Show, useLoaded } from "../shell/loaded";
import type { Contest } from "../types";
import { snippets } from "./snippets";

export function EmbedPage({ contestId }: { contestId: string }) {
  const contest = useLoaded(() => load<Contest>(at("/api/exam/contests", contestId)), [contestId]);
  return (
    <div class="page narrow">
      <Show loaded={contest}>{(found) => <Snippets contest={found} />}</Show>
    </div>
  );
}

function Snippets({ contest }: { contest: Contest }) {
  const [code, setCode] = useState("");
  const wrong = code && !CHANNEL.test(code) ? say("ways_channel_wrong") : undefined;
  const made = snippets(contest, location.origin, language.value === "en" ? "en" : "vi", wrong ? "" : code);
  return (
    <>
      <p>
        <a href={link("contests", contest.contest_id)}>← {contest.title}</a>
      </p>
      <h1>{say("ways_embed")}</h1>
      <p class="lead">{say("ways_embed_lead")}</p>
      <TextField
        name="channel"
        label={say("ways_channel")}
        hint={say("ways_channel_hint")}
        value={code}
        onChange={setCode}
        wrong={wrong}
        maxLength={32}
        autoComplete="off"
      />
      <h2>{say("ways_preview")}</h2>
      <p>
        <img src={made.image} alt={contest.title} width="320" height="100" />
      </p>
      <Snippet name="ways_frame" hint={say("ways_frame_hint")} text={made.frame} rows={5} />
      <Snippet name="ways_picture" hint={say("ways_picture_hint")} text={made.picture} rows={5} />
      <Snippet name="ways_link" text={made.link} rows={2} />
    </>
  );
}

function Snippet({ name, hint, text, rows }: { name: Key; hint?: string; text: string; rows: number }) {
  const [told, setTold] = useState("");
  const copy = () => navigator.clipboard?.writeText(text).then(() => setTold(say("ways_copied")), () => undefined);
  return (
    <div class="field">
      <label for={name}>{say(name)}</label>
      {hint && (
        <p class="quiet" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <textarea
        id={name}
        class="snippet"
        readOnly
        rows={rows}
        value={text}
        aria-describedby={hint ? `${name}-hint` : undefined}
        onFocus={(event) => event.currentTarget.select()}
      />
      <p class="row">
        <button type="button" class="second" onClick={copy}>
          {say("ways_copy")}
          <span class="hidden">: {say(name)}</span>
        </button>
        <span role="status">{told}</span>
      </p>
    </div>
  );
}
