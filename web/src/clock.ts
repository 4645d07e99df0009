// The server's clock on this device. Nothing here trusts the device's own time of day.
import { device } from "./device";

const DRIFT = 1e-4;
const SLEPT_MS = 2000;

interface Sample {
  offset: number;
  error: number;
  at: number;
}

/**
 * Estimates the server's time (ms since the epoch) from answers that carried it. Of several answers the one with the
 * shortest way counts; its error grows with age (DRIFT: cheap quartz, 100 ppm), so later ones replace it in time.
 */
export class ServerClock {
  private best: Sample | null = null;
  private lag: number;

  constructor(
    private readonly steady: () => number,
    private readonly device: () => number,
    /** Server minus device, as an earlier visit found it: for a start without network. */
    private readonly remembered = 0,
  ) {
    this.lag = device() - steady();
  }

  /** An answer that said `server` was asked for at `sent` and came at `received` (steady clock). */
  hear(server: number, sent: number, received: number): void {
    const sample = { offset: server - (sent + received) / 2, error: (received - sent) / 2, at: received };
    if (!this.best || sample.error <= this.best.error + (received - this.best.at) * DRIFT) this.best = sample;
  }

  /** Before the first answer: the device's own time, put right by what an earlier visit found. */
  now(): number {
    return this.best ? this.best.offset + this.steady() : this.device() + this.remembered;
  }

  /** Server minus device, to be remembered; null before the first answer. */
  get ahead(): number | null {
    return this.best ? this.best.offset + this.steady() - this.device() : null;
  }

  /**
   * The steady clock of most phones stands still while they sleep. When the two clocks of the device went apart, the
   * difference is added until an answer tells better: rather too late than too early. True when that happened.
   */
  noticeSleep(): boolean {
    const lag = this.device() - this.steady();
    const slept = lag - this.lag;
    this.lag = lag;
    if (Math.abs(slept) < SLEPT_MS) return false;
    if (this.best) this.best = { offset: this.best.offset + Math.max(0, slept), error: Infinity, at: this.best.at };
    return true;
  }
}

const ROOM = "clock";
const WORTH_MS = 500;
let kept = device.read<number>(ROOM) ?? 0;

export const clock = new ServerClock(
  () => performance.now(),
  () => Date.now(),
  kept,
);

/** Hear an answer, and remember for a visit without network by how much the device is wrong. */
export function hearServer(server: number, sent: number, received: number): void {
  clock.hear(server, sent, received);
  const ahead = clock.ahead ?? kept;
  if (Math.abs(ahead - kept) > WORTH_MS && device.write(ROOM, ahead)) kept = ahead;
}
