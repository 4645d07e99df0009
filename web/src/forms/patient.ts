// A request that a person waits for: while the platform is busy it is sent again by itself, and the person is told.
import { pause } from "../backoff";
import { Problem, isPassing } from "../http";

/**
 * What `ask` gives. Passing trouble is waited out (`told`: seconds until the next try); everything else is raised.
 * A wrong password too often is not passing: the person must know.
 */
export async function patiently<T>(ask: () => Promise<T>, told: (seconds: number) => void): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error) || (error instanceof Problem && error.slug === "too-many-failures")) throw error;
      await countedDown(pause(failures, error instanceof Problem ? error.retryAfterS : null, Math.random()), told);
    }
  }
}

async function countedDown(seconds: number, told: (seconds: number) => void): Promise<void> {
  for (let left = Math.ceil(seconds); left > 0; left -= 1) {
    told(left);
    await new Promise((resolve) => setTimeout(resolve, (1000 * seconds) / Math.ceil(seconds)));
  }
}
