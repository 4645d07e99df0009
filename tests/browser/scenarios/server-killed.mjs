// The server dies in the middle of a paper: the person goes on, nothing is lost, nobody has to do anything.
import assert from "node:assert/strict";
import { ask, atServer, attemptOf, choose, device, given, next, saved, scenario, startPaper, tab } from "./stage.mjs";

await scenario(async () => {
  const page = await tab(await device(), `#/sign-in/start/${given.contest}-w1`);
  await startPaper(page);
  const attempt = attemptOf(page);
  await choose(page, 0);
  await saved(page);
  await next(page);
  await ask("kill");
  // The first save meets no server at all.
  await choose(page, 1);
  await page.locator(".is-kept").waitFor();
  await next(page);
  await choose(page, 2);
  await ask("revive");
  await saved(page);
  const { answers } = await atServer(given.account.token, attempt);
  assert.deepEqual(Object.keys(answers), ["1", "2", "3"]);
  return { answers };
});
