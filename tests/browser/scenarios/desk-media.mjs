// Pictures inside a Word file: what is wrong with them row by row, a photograph seen upright before it is kept, and both ways back.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DESKTOP, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

const choose = (page, name) => page.getByLabel("Tệp câu hỏi").setInputFiles(join(given.folder, name));

async function saved(page, name) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
  return readFileSync(await file.path());
}

await scenario(async () => {
  const page = await tab(await device({ viewport: DESKTOP, acceptDownloads: true }), "desk/#/bank-import");
  await signIn(page, given.organiser);
  await page.getByLabel("Mã ngân hàng").fill(given.bank);
  await choose(page, "sai.docx");
  await page.getByRole("row", { name: /Đoạn 8.*phương án không có hình được/ }).waitFor();
  await page.getByRole("row", { name: /Đoạn 12.*hình chưa có mô tả/ }).waitFor();
  await looked(page, "media-1-wrong");
  await page.getByRole("button", { name: "Chọn tệp khác" }).click();

  await page.getByLabel("Mã ngân hàng").fill(given.bank);
  await choose(page, "anh.docx");
  const picture = page.getByRole("img", { name: given.alt });
  await picture.waitFor();
  await picture.evaluate((image) => image.decode());
  const size = await picture.evaluate((image) => [image.naturalWidth, image.naturalHeight]);
  assert.deepEqual(size, [given.width, given.height], "the phone kept it lying");
  await looked(page, "media-2-preview");
  await page.getByRole("button", { name: "Nhập 1 câu thành phiên bản mới" }).click();
  await page.getByText("Đã nhập thành phiên bản", { exact: false }).waitFor();
  await page.getByRole("link", { name: "Xem phiên bản vừa nhập" }).click();

  await page.locator("main .tabs").getByRole("link", { name: "Phạm vi và xuất tệp" }).click();
  await page.getByRole("region", { name: "Chủ đề và mức độ" }).waitFor();
  const moodle = (await saved(page, "Moodle XML")).toString();
  assert.match(moodle, /<file name="[^"]+\.jpeg" path="\/" encoding="base64">/);
  assert.ok(!(await page.getByText("không kèm hình", { exact: false }).count()), "Moodle XML holds it");
  await saved(page, "GIFT");
  await page.getByText("Trong tệp này, 1 câu không kèm hình.", { exact: false }).waitFor();
  await looked(page, "media-3-export");

  // A photograph as it comes from a phone, far larger than a picture may be.
  await page.locator("main .tabs").getByRole("link", { name: "Câu hỏi" }).click();
  await page.locator("td details summary").first().click();
  await page.getByText("Đổi hình", { exact: true }).click();
  await page.getByLabel("Tệp hình").setInputFiles(join(given.folder, "phone.jpg"));
  await page.getByLabel("Mô tả hình").fill("Ảnh lớn");
  await page.getByRole("button", { name: "Gắn vào câu hỏi" }).click();
  const large = page.getByRole("img", { name: "Ảnh lớn" });
  await large.waitFor();
  await large.evaluate((image) => image.decode());
  const [width, height] = await large.evaluate((image) => [image.naturalWidth, image.naturalHeight]);
  assert.ok(height > width && height <= 1600, `${width}x${height} stands and is smaller`);
  await looked(page, "media-4-photograph");
  return { bytes: moodle.length };
});
