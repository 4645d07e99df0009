// Shared links without JavaScript, as an old phone, a search engine or a newspaper's preview reads them.
import assert from "node:assert/strict";
import { device, given, looked, scenario, tab } from "./stage.mjs";

await scenario(async () => {
  const reader = await device({ javaScriptEnabled: false });
  const page = await tab(reader, `c/${given.contest}`);
  await page.getByRole("heading", { level: 1, name: given.title }).waitFor();
  for (const told of ["Các vòng thi", "Thể lệ tóm tắt", "Giải thưởng", "20 câu hỏi, làm trong 30 giây."])
    await page.getByText(told).first().waitFor();
  await page.screenshot({ path: `${given.pictures}/${given.name}-contest.png`, fullPage: true });

  const results = await tab(reader, `r/${given.round}`);
  const file = results.getByRole("link", { name: "results.csv" });
  assert.equal((await reader.request.get(new URL(await file.getAttribute("href"), given.base).href)).status(), 200);
  await results.screenshot({ path: `${given.pictures}/${given.name}-results.png`, fullPage: true });

  // With script the same address is the page, in one go; the unit tables of both trees are found by typing.
  const context = await device();
  const asked = [];
  context.on("request", (request) => request.isNavigationRequest() && asked.push(new URL(request.url()).pathname));
  const whole = await tab(context, `r/${given.round}?from=facebook`);
  await whole.getByRole("heading", { name: "Kết quả đơn vị" }).waitFor();
  assert.deepEqual(asked, [`/r/${given.round}`], "no second page is asked for");
  assert.equal(new URL(whole.url()).hash, `#/rounds/${given.round}`);
  await whole.getByLabel("Tìm đơn vị").fill("lung cu");
  await whole.getByRole("region", { name: "Kết quả đơn vị" }).getByText("Lũng Cú").waitFor();
  await whole.getByText("1 đơn vị", { exact: true }).waitFor();
  await looked(whole, `${given.name}-units-found`);
  await whole.getByRole("link", { name: "Theo tổ chức đảng" }).click();
  await whole.getByRole("heading", { level: 1, name: /Kết quả đơn vị/ }).waitFor();
  await whole.locator("[aria-current=page]", { hasText: "Theo tổ chức đảng" }).waitFor();
  await whole.getByText(/\d+ đơn vị|Chưa có đơn vị nào/).first().waitFor();
  await looked(whole, `${given.name}-units-party`);
  return {};
});
