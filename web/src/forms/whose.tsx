// On whose device somebody signs in. Asked, unless it is known: a helper's device works for others until the helper says otherwise.
import { useState } from "preact/hooks";
import { helping } from "../helping/mode";
import { say } from "../messages";
import type { Whose } from "../session";

interface Choice {
  here: Whose;
  shared: boolean;
  share: (shared: boolean) => void;
}

export function useWhose(): Choice {
  const [shared, share] = useState(false);
  return { here: helping.value ? "assisted" : shared ? "shared" : "own", shared, share };
}

export function WhoseDevice({ here, shared, share }: Choice) {
  if (here === "assisted") return <p class="notice">{say("help_mode")}</p>;
  return (
    <label class="tick">
      <input type="checkbox" checked={shared} onChange={(event) => share(event.currentTarget.checked)} />
      <span>
        {say("shared_device")}
        <small class="hint">{say("shared_device_hint")}</small>
      </span>
    </label>
  );
}

/** What the browser may fill in and keep: nothing of a person on a helper's device. */
export const complete = (kind: string): string => (helping.value ? "off" : kind);
