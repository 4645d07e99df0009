// The own certificate: a button once the round's results are official, nothing before. <OwnCertificate roundId=... />
import { useState } from "preact/hooks";
import { at, load } from "../api";
import { say } from "../messages";
import { useLoaded } from "../shell/loaded";
import { save, sentenceOf } from "./fetching";

/** `poolId`: of the prize won in this pool. */
export function OwnCertificate({ roundId, poolId }: { roundId: string; poolId?: string }) {
  const path = at("/api/scoring/rounds", roundId);
  const found = useLoaded(() => load<{ state: string }>(path), [path]);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  if (found.state !== "there" || found.value.state !== "official") return null;
  const get = async () => {
    if (busy) return;
    setBusy(true);
    setWrong("");
    const query = poolId ? `?${new URLSearchParams({ pool_id: poolId })}` : "";
    const name = `giay-chung-nhan-${roundId}${poolId ? `-${poolId}` : ""}.pdf`;
    await save(`${path}/mine/certificate.pdf${query}`, name).catch((error) => setWrong(sentenceOf(error)));
    setBusy(false);
  };
  return (
    <p>
      <button type="button" class="second" onClick={() => void get()} aria-busy={busy}>
        {say(busy ? "certificate_getting" : "certificate_get")}
      </button>
      <span role="alert">{wrong && <span class="wrong"> {wrong}</span>}</span>
    </p>
  );
}
