// Practice without an account: like the real paper, judged at the end, also without network; nothing is sent.
import assert from "node:assert/strict";
import { choose, counted, device, given, looked, next, scenario, tab } from "./stage.mjs";

await scenario(async () => {
  const context = await device({ viewport: given.screen });
  const requests = [];
  context.on("request", (request) => request.url().includes("/api/") && requests.push(request));
  const page = await tab(context, `#/contests/${given.contest}`);
  await page.getByRole("link", { name: "Làm thử bài luyện tập" }).click();
  await page.getByText("10 câu · 10 phút").waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await looked(page, `${given.name}-1-intro`);
  await page.getByRole("button", { name: "Bắt đầu luyện tập" }).click();

  await page.getByText("Câu 1 / 10").waitFor();
  assert.match(await page.getByRole("timer").textContent(), /^(10:00|9:\d\d)$/);
  await page.getByText("Luyện tập, không tính điểm").waitFor();
  await choose(page, 1);
  await next(page);
  await choose(page, 2);
  await looked(page, `${given.name}-2-paper`);
  await page.getByRole("button", { name: "Xem tất cả câu trên một trang" }).click();
  await counted(page.locator(".question"), 10);
  await looked(page, `${given.name}-3-all`);

  // Without network: what was opened goes on, also after a reload.
  await page.waitForFunction(async () => {
    const names = await caches.keys();
    const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
    return ["/practice/1", "/assets/practising-"].every((part) => kept.flat().some((url) => url.includes(part)));
  });
  await context.setOffline(true);
  await page.reload();
  await page.getByText("Câu 1 / 10").waitFor();
  assert.ok(await page.locator("#question-1 .option input").nth(1).isChecked(), "the answer outlives a reload");
  await page.locator("#question-3 .option").nth(0).click();
  await page.getByRole("button", { name: "Câu 3, đã trả lời" }).waitFor();
  await page.getByRole("button", { name: "Xem kết quả" }).click();
  await page.getByRole("heading", { name: /^Đúng \d+ \/ 10 câu$/ }).waitFor();
  await counted(page.locator(".reviewed"), 10);
  await counted(page.locator(".reviewed li.right"), 10, "every question shows its right answer");
  await counted(page.getByText("không trả lời"), 7);
  const good = await page.locator(".mark.good").count();
  assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), `Đúng ${good} / 10 câu`);
  await looked(page, `${given.name}-4-result`);

  // Without network there is the same once more; with it another one, with other questions.
  const asked = await page.locator(".reviewed h2").allTextContents();
  await page.getByRole("button", { name: "Làm bài luyện tập khác" }).click();
  await page.getByText("10 câu · 10 phút").waitFor();
  await context.setOffline(false);
  await page.reload();
  await page.getByRole("button", { name: "Bắt đầu luyện tập" }).click();
  await page.getByRole("button", { name: "Xem tất cả câu trên một trang" }).click();
  await counted(page.locator(".asked"), 10);
  const others = await page.locator(".asked").allTextContents();
  assert.notDeepEqual([...others].sort(), [...asked].sort());
  return {
    methods: [...new Set(requests.map((request) => request.method()))],
    signed: requests.filter((request) => "authorization" in request.headers()).length,
  };
});
