// Long work at the server: its id is kept on the device, so that it can be left and found again.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { device } from "../../device";
import { say } from "../say";
import { usePolled } from "./polled";

export interface Progress {
  state: string;
  done: number;
  total: number;
}

export interface Job<T> {
  id: string | null;
  found: T | null;
  begin: (id: string) => void;
  forget: () => void;
}

const EVERY_MS = 1000;

/** `name`: under which the work is found again; `look` asks the server how far it is. */
export function useJob<T extends Progress>(name: string, look: (id: string) => Promise<T>): Job<T> {
  const room = `desk.job.${name}`;
  const [id, setId] = useState(device.read<string>(room));
  const [last, setLast] = useState<T | null>(null);
  const { value } = usePolled<T | null>(
    async () => {
      if (!id || last?.state === "done") return last;
      const found = await look(id);
      setLast(found);
      return found;
    },
    EVERY_MS,
    [id, last?.state],
  );
  const begin = (next: string) => {
    device.write(room, next);
    setLast(null);
    setId(next);
  };
  const forget = () => {
    device.remove(room);
    setLast(null);
    setId(null);
  };
  return { id, found: last ?? value, begin, forget };
}

/** How far it is; `children` once it is done. */
export function JobProgress({ job, children }: { job: Job<Progress>; children: ComponentChildren }) {
  if (!job.id) return null;
  if (job.found?.state === "done") return <>{children}</>;
  const { done = 0, total = 0 } = job.found ?? {};
  return (
    <div class="card" role="status">
      <p>{say("job_running")}</p>
      <progress max={total || undefined} value={total ? done : undefined} aria-label={say("job_running")} />
      <p class="quiet">{total ? say("job_of", { done, total }) : say("job_waiting")}</p>
    </div>
  );
}
