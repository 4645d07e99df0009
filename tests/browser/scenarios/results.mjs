// After the close: results for everybody, the own paper with the right answers for who wrote it.
import assert from "node:assert/strict";
import { counted, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

await scenario(async () => {
  const page = await tab(await device(), `#/rounds/${given.round}`);
  await page.getByRole("heading", { name: "Kết quả cá nhân" }).waitFor();
  await page.getByText("1 lượt thi của 1 người").waitFor();
  await looked(page, "results-1-round");
  await page.getByRole("navigation", { name: "Kết quả cá nhân" }).getByRole("link", { name: "Người dân" }).click();
  await page.locator("[aria-current=page]", { hasText: "Người dân" }).waitFor();
  await counted(page.getByRole("table").first().locator("tbody tr"), 1);
  assert.equal(
    await page.getByRole("link", { name: "results.csv" }).getAttribute("href"),
    `/api/scoring/rounds/${given.round}/results.csv`,
  );

  await page.goto(`${given.base}/#/review/${encodeURIComponent(given.attempt)}`);
  await signIn(page);
  await page.getByText(/Đúng \d+ \/ 20 câu/).waitFor();
  await counted(page.locator(".reviewed"), 20);
  await counted(page.locator(".reviewed li.right"), 20, "every question shows its right answer");
  await looked(page, "results-2-review");
  return {};
});
