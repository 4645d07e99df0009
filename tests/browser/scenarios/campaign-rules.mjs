// Leagues, fields and the tie-break of a draft: changed in forms, errors at their fields, checked before opening.
import assert from "node:assert/strict";
import { DESKTOP, PHONE, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

const saveIt = async (page) => {
  await page.getByRole("button", { name: "Lưu bản nháp" }).click();
  await page.getByRole("heading", { name: "Mở phong trào" }).waitFor();
};

await scenario(async () => {
  const page = await tab(await device({ viewport: DESKTOP }), `desk/#/emulation/${given.campaign}/rules`);
  await signIn(page, given.organiser);

  // A league needs kinds of units, and no kind is in two.
  await page.getByRole("button", { name: "Thêm khối thi đua" }).click();
  const league = page.locator("details", { has: page.locator("summary", { hasText: /Khối (thi đua mới|trường học)/ }) });
  await league.getByLabel("Tên khối thi đua").fill("Khối trường học");
  await page.getByRole("button", { name: "Lưu bản nháp" }).click();
  await page.getByRole("link", { name: "Khối trường học: Loại đơn vị: Cần ít nhất 1 mục." }).waitFor();
  await looked(page, "campaign-rules-1-wrong");
  await league.getByLabel("Xã", { exact: true }).check();
  await saveIt(page);
  await page.getByRole("button", { name: "Kiểm tra và mở" }).click();
  await page.getByText("Khối trường học: Loại đơn vị: Loại đơn vị này đã thuộc «Khối xã, phường».").waitFor();
  await looked(page, "campaign-rules-2-twice");
  await league.locator("summary").click();
  await league.getByLabel("Xã", { exact: true }).uncheck();
  await league.getByLabel("Trường học", { exact: true }).check();

  // A field, and a criterion that belongs to it: then the field stays.
  await page.getByRole("button", { name: "Thêm lĩnh vực" }).click();
  await page.getByLabel("Lĩnh vực 1").fill("Giáo dục");
  const a1 = page.locator("details", { has: page.locator("summary", { hasText: "A1 –" }) });
  await a1.locator("summary").click();
  await a1.getByLabel("Lĩnh vực", { exact: true }).selectOption({ label: "Giáo dục" });
  await page.getByText("Đang dùng ở tiêu chí A1.").waitFor();

  // What decides between equals: added, moved, left out; a criterion that goes takes its line along.
  const ties = page.locator("section", { has: page.getByRole("heading", { name: "Khi bằng tổng điểm" }) });
  await ties.getByLabel("Thêm tiêu chí để so").selectOption("A2");
  await ties.getByRole("button", { name: "Bỏ C1 khỏi thứ tự so" }).click();
  assert.deepEqual(await ties.locator("li").allInnerTexts().then((texts) => texts.map((text) => text.slice(0, 2))), [
    "D1",
    "B1",
    "I2",
    "A2",
  ]);
  await ties.getByRole("button", { name: "Đưa B1 lên trên" }).click();
  await ties.getByRole("button", { name: "Đưa D1 lên trên" }).click();
  await looked(page, "campaign-rules-3-changed");
  await page.setViewportSize(PHONE);
  await looked(page, "campaign-rules-4-phone");
  await page.setViewportSize(DESKTOP);
  await saveIt(page);
  await page.getByRole("button", { name: "Kiểm tra và mở" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Mở phong trào" }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Thôi" }).click();
  return {};
});
