// How many take part stands on the contest's page, unless people are asked to predict it.
import assert from "node:assert/strict";
import { device, given, looked, scenario, tab } from "./stage.mjs";

await scenario(async () => {
  const page = await tab(await device(), `#/contests/${given.open}`);
  await page.getByText("Đã có 10 người dự thi Tuần 1").waitFor();
  await looked(page, `${given.name}-landing`);
  await page.goto(`${given.base}/#/contests/${given.sealed}`);
  await page.getByText("Bao nhiêu phần trăm bài thi đúng tất cả các câu?").waitFor();
  assert.equal(await page.getByText("người dự thi Tuần 1").count(), 0, "what is to be predicted is not shown");
  return {};
});
