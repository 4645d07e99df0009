// Time runs out: for somebody who sent everything, and at the same time for somebody without network.
import assert from "node:assert/strict";
import { atServer, attemptOf, choose, device, given, looked, next, saved, scenario, startPaper, tab } from "./stage.mjs";

await scenario(async () => {
  const [first, second] = await Promise.all([begun(given.account), begun(given.without_network)]);
  await Promise.all([everythingSent(first), withoutNetwork(second, given.without_network)]);
});

async function begun(account) {
  const page = await tab(await device(), `#/sign-in/start/${given.contest}-w1`);
  await startPaper(page, account);
  await choose(page, 0);
  await saved(page);
  return page;
}

async function everythingSent(page) {
  await page.getByRole("heading", { name: "Đã hết giờ" }).waitFor();
  await page.getByText("Tất cả 1 câu bạn chọn đều đã được tính.").waitFor();
  await looked(page, "time-over-1-counted");
  await page.getByText("Máy chủ tự nộp khi hết giờ").waitFor();
  await nothingStays(page);
}

async function withoutNetwork(page, account) {
  const attempt = attemptOf(page);
  await page.context().setOffline(true);
  await next(page);
  await choose(page, 1);
  await page.getByText("Máy chủ tự nộp những câu đã nhận được: 1 / 20 câu").waitFor();
  await looked(page, "time-over-2-offline");
  while ((await atServer(account.token, attempt)).state !== "submitted") await new Promise((resolve) => setTimeout(resolve, 500));
  await page.context().setOffline(false);
  await page.getByText("Được tính 1 câu.").waitFor();
  await page.getByText("không được tính: câu 2.").waitFor();
  await looked(page, "time-over-3-not-counted");
  await nothingStays(page);
}

async function nothingStays(page) {
  const papers = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("hoithi.paper.")));
  assert.deepEqual(papers, [], "no paper stays on the device");
}
