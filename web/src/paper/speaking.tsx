// The language of the questions, and the buttons that read them out.
import { useEffect, useState } from "preact/hooks";
import { device } from "../device";
import { say } from "../messages";
import { useValue } from "../observable";
import type { PaperLanguage } from "../types";
import { Player } from "./player";
import type { ListenProps, SpeechProps } from "./speech";

const ROOM = "speech";
const ORIGINAL = "";
const player = new Player();

export function Languages({ sheet, languages, fetch }: SpeechProps) {
  const { said } = useValue(sheet.kept);
  const [told, setTold] = useState("");
  const choose = async (code: string) => {
    player.stop();
    device.write(ROOM, code);
    setTold("");
    if (code === ORIGINAL) return sheet.change({ said: undefined });
    setTold(say("loading"));
    try {
      const questions = await fetch(code);
      sheet.change({ said: { code, questions } });
      setTold("");
    } catch {
      setTold(say("speech_failed"));
    }
  };
  // As on the paper before. What is kept with this paper needs no network.
  const usual = device.read<string>(ROOM);
  useEffect(() => {
    if (!said && languages.some(({ code }) => code === usual)) void choose(usual!);
    return () => player.stop();
  }, []);
  return (
    <p class="speech">
      <label>
        <span>{say("speech_language")}</span>
        <select value={said?.code ?? ORIGINAL} onChange={(event) => void choose(event.currentTarget.value)}>
          <option value={ORIGINAL}>{say("speech_original")}</option>
          {languages.map((each) => (
            <option key={each.code} value={each.code} lang={each.code}>
              {named(each)}
            </option>
          ))}
        </select>
      </label>
      <span role="status">{told}</span>
    </p>
  );
}

const named = ({ name, sounds }: PaperLanguage) => (sounds ? say("speech_aloud", { name }) : name);

export function ListenButton({ sound, what, wide }: ListenProps) {
  const { reference, state } = useValue(player.now);
  const here = reference === sound ? state : "still";
  const name = say(here === "playing" || here === "coming" ? "listen_stop" : "listen");
  return (
    <span class="listening">
      <button
        type="button"
        class={`listen is-${here}`}
        aria-label={here === "still" || here === "failed" ? what : name}
        onClick={() => void player.press(sound)}
      >
        <Picture stop={here === "playing" || here === "coming"} />
        {wide && <span>{name}</span>}
      </button>
      {here === "failed" && (
        <span class="quiet" role="alert">
          {say("listen_failed")}
        </span>
      )}
    </span>
  );
}

function Picture({ stop }: { stop: boolean }) {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" fill="currentColor" aria-hidden="true">
      <path d={stop ? "M6 6h12v12H6z" : "M4 9v6h4l5 4V5L8 9zm12-.5a5 5 0 0 1 0 7M18.5 6a8.500 8.500 0 0 1 0 12"} />
    </svg>
  );
}
