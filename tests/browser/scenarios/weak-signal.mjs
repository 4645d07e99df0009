// A paper under bad conditions: no network, a reload without network, a killed tab, a busy server, a wrong clock.
import assert from "node:assert/strict";
import { atServer, attemptOf, choose, device, given, looked, next, saved, scenario, startPaper, tab } from "./stage.mjs";

const THREE_HOURS_MS = 3 * 3600_000;

await scenario(async () => {
  const context = await device();
  // A device whose clock is three hours fast.
  await context.addInitScript((fast) => {
    const real = Date;
    globalThis.Date = class extends real {
      constructor(...given) {
        super(...(given.length ? given : [real.now() + fast]));
      }
      static now() {
        return real.now() + fast;
      }
    };
  }, THREE_HOURS_MS);
  let page = await tab(context, `#/sign-in/start/${given.contest}-w1`);
  await startPaper(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const attempt = attemptOf(page);
  const left = await page.getByRole("timer").textContent();
  assert.match(left, /^(20:00|19:\d\d)$/, "the time left is the server's");
  await choose(page, 0);
  await saved(page);

  // No network: work goes on, also over a reload.
  await context.setOffline(true);
  await next(page);
  await choose(page, 1);
  await page.getByText("Cứ làm tiếp, câu trả lời được giữ trên máy").waitFor();
  await looked(page, "weak-signal-1-offline");
  await page.reload();
  await page.locator(".question").waitFor();
  assert.ok(await page.locator(".option input").nth(1).isChecked(), "the answer is still there after a reload without network");
  await next(page);
  await choose(page, 2);
  assert.deepEqual(Object.keys((await atServer(given.account.token, attempt)).answers), ["1"]);
  await context.setOffline(false);
  await saved(page);
  assert.deepEqual(Object.keys((await atServer(given.account.token, attempt)).answers), ["1", "2", "3"]);

  // The server is busy: nothing is lost, nothing hammers.
  let tries = 0;
  await page.route(/\/answers$/, (route) => {
    tries += 1;
    return tries <= 2
      ? route.fulfill({ status: 503, headers: { "Retry-After": "1" }, contentType: "application/problem+json", body: "{}" })
      : route.continue();
  });
  await next(page);
  await choose(page, 3);
  await page.locator(".is-kept").waitFor();
  await saved(page);
  assert.equal(tries, 3);

  // The tab is killed at once after a touch; a new one knows who it is and goes on.
  await next(page);
  await choose(page, 0);
  await page.close();
  page = await tab(context, `#/paper/${encodeURIComponent(attempt)}`);
  await page.locator(".question").waitFor();
  await page.getByText("Câu 5 / 20").waitFor();
  assert.ok(await page.locator(".option input").nth(0).isChecked(), "the touch before the kill is there");
  await saved(page);
  const { answers } = await atServer(given.account.token, attempt);
  assert.deepEqual(Object.keys(answers), ["1", "2", "3", "4", "5"]);
  return { answers };
});
