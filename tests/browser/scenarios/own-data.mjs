// The own data: seen, corrected, consents changed, password changed, taken home as a file, and in the end erased.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { DESKTOP, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

const NEW_PASSWORD = "đường lên dốc Thẩm Mã";

await scenario(async () => {
  const page = await tab(await device(), "#/my-data");
  await signIn(page);
  await page.getByRole("heading", { name: "Dữ liệu của tôi" }).waitFor();
  await page.getByText(given.account.identifier).waitFor();
  await page.getByText("14/02/1988").waitFor();
  await page.getByText("Lũng Cú").first().waitFor();
  await looked(page, "own-data-1-seen");

  await page.getByText("Sửa thông tin").first().click();
  await page.getByLabel("Họ và tên", { exact: true }).fill("");
  await page.getByRole("button", { name: "Lưu thông tin" }).click();
  await page.locator(".errors", { hasText: "Hãy điền họ và tên." }).waitFor();
  await page.getByLabel("Họ và tên", { exact: true }).fill("Lò Văn Pao");
  await page.getByLabel("Số điện thoại", { exact: true }).fill(given.phone);
  await page.getByLabel("Năm").fill("1989");
  await looked(page, "own-data-2-correct");
  await page.getByRole("button", { name: "Lưu thông tin" }).click();
  await page.getByText("Đã lưu thông tin của bạn.").waitFor();
  await page.locator("header").getByRole("link", { name: "Lò Văn Pao" }).waitFor();
  await page.getByText("14/02/1989").waitFor();

  await page.getByText("Những điều tôi đã đồng ý").click();
  const later = page.locator("fieldset", { hasText: "Giữ tài khoản cho các cuộc thi sau" }).getByRole("checkbox");
  const needed = page.locator("fieldset", { hasText: "Tham gia cuộc thi" }).getByRole("checkbox");
  assert.equal(await needed.isDisabled(), true, "what is needed to take part is withdrawn by erasing the account");
  await later.check();
  await looked(page, "own-data-3-consents");
  await page.getByRole("button", { name: "Lưu lựa chọn" }).click();
  await page.getByText("Đã lưu lựa chọn của bạn.").waitFor();
  await page.getByText("Những điều tôi đã đồng ý").click();
  assert.equal(await later.isChecked(), true);
  await later.uncheck();
  await page.getByRole("button", { name: "Lưu lựa chọn" }).click();
  await page.getByRole("heading", { name: "Dữ liệu của tôi" }).waitFor();
  await page.getByText("Những điều tôi đã đồng ý").click();
  assert.equal(await later.isChecked(), false, "the consent is withdrawn");

  await page.getByText(/^Lượt thi \(1\)$/).click();
  await page.getByText(/^Phiên đăng nhập và lịch sử tài khoản/).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Tải toàn bộ dữ liệu về máy" }).click();
  const saved = await download;
  assert.equal(saved.suggestedFilename(), "du-lieu-cua-toi.json");
  const file = JSON.parse(await readFile(await saved.path(), "utf8"));
  assert.deepEqual(Object.keys(file), ["format", "exported_at", "registration", "exam", "scoring", "notify", "emulation"]);
  await looked(page, "own-data-4-everything");

  await page.locator("summary", { hasText: "Đổi mật khẩu" }).click();
  await page.getByLabel("Mật khẩu hiện tại").fill("không phải mật khẩu");
  await page.getByLabel("Mật khẩu mới").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Đổi mật khẩu" }).click();
  await page.locator(".errors", { hasText: "chưa đúng" }).last().waitFor();
  await page.getByLabel("Mật khẩu hiện tại").fill(given.account.password);
  await looked(page, "own-data-5-password");
  await page.getByRole("button", { name: "Đổi mật khẩu" }).click();
  await page.getByText("Đã đổi mật khẩu.").waitFor();

  await page.getByRole("button", { name: "Đăng xuất khỏi mọi thiết bị" }).click();
  await page.locator("header").getByRole("link", { name: "Đăng nhập" }).waitFor();
  await page.goto(`${given.base}/#/my-data`);
  await signIn(page, { identifier: given.phone, password: NEW_PASSWORD });
  await page.getByRole("heading", { name: "Dữ liệu của tôi" }).waitFor();

  await page.setViewportSize(DESKTOP);
  await page.getByText("Tôi muốn xóa tài khoản và dữ liệu của mình").click();
  await page.getByRole("button", { name: "Xóa tài khoản của tôi" }).click();
  await page.locator(".errors", { hasText: "Hãy gõ đúng chữ XÓA." }).waitFor();
  await looked(page, "own-data-6-erase");
  await page.getByLabel("Gõ chữ XÓA để xác nhận").fill("xoá");
  await page.locator("#erase_password").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Xóa tài khoản của tôi" }).click();
  await page.getByRole("heading", { name: "Tài khoản đã được xóa" }).waitFor();
  await looked(page, "own-data-7-gone");
  assert.equal(await page.evaluate(() => sessionStorage.getItem("hoithi.session")), null, "nothing of the session stays");
  return { file, password: NEW_PASSWORD };
});
