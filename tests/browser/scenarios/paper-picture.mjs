// A question's picture on a paper: its place is free before it comes, it is there without network, and said in words.
import assert from "node:assert/strict";
import { device, given, looked, scenario, startPaper, tab } from "./stage.mjs";

await scenario(async () => {
  const context = await device();
  const page = await tab(context, `#/sign-in/start/${given.round}`);
  await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
  await page.reload();
  const came = page.waitForResponse((answer) => answer.url().includes("/api/exam/pictures/"));
  await startPaper(page);
  const headers = (await came).headers();
  assert.equal(headers["content-type"], "image/png");
  assert.match(headers["content-security-policy"], /sandbox/);
  await page.getByRole("button", { name: "Xem tất cả" }).click();
  const picture = page.getByRole("img", { name: given.alt });
  await picture.waitFor();
  assert.deepEqual([await picture.getAttribute("width"), await picture.getAttribute("height")], ["320", "160"]);
  await page.waitForFunction((alt) => document.querySelector(`img[alt="${alt}"]`)?.naturalWidth === 320, given.alt);
  await looked(page, "paper-picture");
  await context.setOffline(true);
  await page.reload();
  await page.locator(".question").first().waitFor();
  await page.waitForFunction((alt) => document.querySelector(`img[alt="${alt}"]`)?.naturalWidth === 320, given.alt);
  return {};
});
