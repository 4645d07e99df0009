// How the questions of a round worked: the suspicious key first, what was chosen, the way to its correction.
import assert from "node:assert/strict";
import { DESKTOP, PHONE, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

await scenario(async () => {
  const page = await tab(await device({ viewport: DESKTOP, acceptDownloads: true }), "desk/#/items");
  await signIn(page);
  await page.getByRole("table").waitFor();
  await looked(page, "items-1-rounds");
  await page.goto(`${given.base}/desk/#/items/${given.round}`);
  const first = page.getByRole("row").nth(1);
  await first.getByText("Đáp án đáng ngờ", { exact: false }).first().waitFor();
  await first.locator("summary").click();
  const right = first.getByRole("row", { name: /đáp án/ });
  assert.match(await right.textContent(), /15 \/ 30 \(50 %\)/);
  await looked(page, "items-2-round");
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: "Tải tệp CSV (mở bằng Excel)" }).click();
  assert.equal((await file).suggestedFilename(), `${given.round}-cau-hoi.csv`);
  await page.setViewportSize(PHONE);
  await looked(page, "items-3-round-phone");
  await first.getByRole("link", { name: /Thử đáp án khác/ }).click();
  await page.getByRole("heading", { name: given.question }).waitFor();
  await page.getByRole("button", { name: "Xem ai được, ai mất" }).waitFor();
  return {};
});
