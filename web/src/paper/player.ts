// One audio file at a time. It is fetched as a whole: so the service worker can keep it, and it plays without network.
import { Observable } from "../observable";

export type Playing = { reference: string; state: "still" | "coming" | "playing" | "failed" };

export class Player {
  readonly now = new Observable<Playing>({ reference: "", state: "still" });
  private readonly fetched = new Map<string, Blob>();
  private audio: HTMLAudioElement | null = null;

  /** Play, or stop what plays. */
  async press(reference: string): Promise<void> {
    const { reference: before, state } = this.now.value;
    this.stop();
    if (before === reference && (state === "playing" || state === "coming")) return;
    this.now.value = { reference, state: "coming" };
    try {
      await this.play(reference);
    } catch {
      // No network, or a browser that wants another touch before it plays: the file is here by then.
      if (this.now.value.reference === reference) this.now.value = { reference, state: "failed" };
    }
  }

  stop(): void {
    this.audio?.pause();
    this.audio = null;
    this.now.value = { reference: "", state: "still" };
  }

  private async play(reference: string): Promise<void> {
    const content = this.fetched.get(reference) ?? (await this.load(reference));
    if (this.now.value.reference !== reference) return; // another one was pressed meanwhile
    const address = URL.createObjectURL(content);
    const audio = new Audio(address);
    const done = () => {
      URL.revokeObjectURL(address);
      if (this.audio === audio) this.stop();
    };
    audio.addEventListener("ended", done);
    audio.addEventListener("pause", () => URL.revokeObjectURL(address));
    this.audio = audio;
    await audio.play();
    if (this.audio === audio) this.now.value = { reference, state: "playing" };
  }

  private async load(reference: string): Promise<Blob> {
    const response = await fetch(`/api/exam/sounds/${encodeURIComponent(reference)}`, { credentials: "omit" });
    if (!response.ok) throw new Error(`no sound: ${response.status}`);
    const content = await response.blob();
    this.fetched.set(reference, content);
    return content;
  }
}
