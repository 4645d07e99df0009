// Time runs out: with everything sent, and without network with a choice that could not be sent.
import assert from "node:assert/strict";
import { choose, device, given, looked, next, saved, scenario, startPaper, tab } from "./stage.mjs";

await scenario(async () => {
  const context = await device();
  const page = await tab(context, `#/sign-in/start/${given.contest}-w1`);
  await startPaper(page);
  await choose(page, 0);
  await saved(page);
  if (given.offline) {
    await context.setOffline(true);
    await next(page);
    await choose(page, 1);
    await page.getByText("Máy chủ tự nộp những câu đã nhận được: 1 / 20 câu").waitFor();
    await looked(page, "time-over-1-offline");
    // Longer than the server waits; then the network is back.
    await page.waitForFunction((end) => performance.timeOrigin + performance.now() > end, given.settled_at_ms);
    await context.setOffline(false);
    await page.getByText("Được tính 1 câu.").waitFor();
    await page.getByText("không được tính: câu 2.").waitFor();
    await looked(page, "time-over-2-not-counted");
  } else {
    await page.getByRole("heading", { name: "Đã hết giờ" }).waitFor();
    await page.getByText("Tất cả 1 câu bạn chọn đều đã được tính.").waitFor();
    await looked(page, "time-over-3-counted");
  }
  await page.getByText("Máy chủ tự nộp khi hết giờ").waitFor();
  assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("hoithi.paper.")).length), 0, "no paper stays on the device");
  return {};
});
