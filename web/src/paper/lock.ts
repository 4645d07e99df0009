// One tab works on a paper. Where the browser has no locks, both do: the server's merging then has to suffice.

/** Resolves when the paper is this tab's; `lost` is called when another tab took it over. Returns the way to let go. */
export function takePaper(attemptId: string, steal: boolean, got: () => void, refused: () => void): () => void {
  if (!navigator.locks) {
    got();
    return () => undefined;
  }
  let release = () => undefined as void;
  const options = steal ? { steal: true } : { ifAvailable: true };
  navigator.locks
    .request(`hoithi.paper.${attemptId}`, options, (lock) => {
      if (!lock) return refused();
      got();
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    })
    // Another tab stole it.
    .catch(refused);
  return () => release();
}
