// A key is corrected: who gains and loses is seen first, found again after leaving, then confirmed with a reason.
import { DESKTOP, PHONE, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

await scenario(async () => {
  const page = await tab(await device({ viewport: DESKTOP }), `desk/#/rounds/${given.round}/keys`);
  await signIn(page);
  const open = async () => {
    await page.getByLabel("Tìm").fill(given.question);
    await page.getByRole("button", { name: `Xem câu này ${given.question}` }).click();
  };
  await page.getByRole("table").waitFor();
  await looked(page, "desk-key-1-questions");
  await open();
  const option = page.getByRole("radio").nth("abcdefghij".indexOf(given.right));
  await option.check();
  await page.getByRole("button", { name: "Xem ai được, ai mất" }).click();
  await page.getByRole("heading", { name: "Nếu sửa đáp án" }).waitFor();
  await page.locator(".figures > div", { hasText: "Được thêm điểm" }).locator("dd", { hasText: /^1/ }).waitFor();
  await looked(page, "desk-key-2-preview");
  // Left and found again, with the key that was asked about.
  await page.reload();
  await open();
  await page.getByRole("heading", { name: "Nếu sửa đáp án" }).waitFor();
  await page.getByRole("button", { name: "Sửa đáp án", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Lý do").fill("Văn bản mới thay đổi đáp án");
  await looked(page, "desk-key-3-confirm");
  await dialog.getByRole("button", { name: "Sửa đáp án" }).click();
  await page.getByText("Đã sửa đáp án.", { exact: false }).waitFor();
  await page.setViewportSize(PHONE);
  await looked(page, "desk-key-4-done-phone");
  return {};
});
