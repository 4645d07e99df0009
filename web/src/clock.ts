// The server's clock on this device. Nothing here trusts the device's own time of day.

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
  ) {
    this.lag = device() - steady();
  }

  /** An answer that said `server` was asked for at `sent` and came at `received` (steady clock). */
  hear(server: number, sent: number, received: number): void {
    const sample = { offset: server - (sent + received) / 2, error: (received - sent) / 2, at: received };
    if (!this.best || sample.error <= this.best.error + (received - this.best.at) * DRIFT) this.best = sample;
  }

  /** Before the first answer: the device's own time. */
  now(): number {
    return this.best ? this.best.offset + this.steady() : this.device();
  }

  /** Whether an answer was heard since the device last slept. */
  get sure(): boolean {
    return this.best !== null;
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

export const clock = new ServerClock(
  () => performance.now(),
  () => Date.now(),
);
