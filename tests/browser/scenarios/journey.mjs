// The whole way of a first-time user, on a phone unless `desktop`: landing, registration, paper, prediction, receipt, its check.
import assert from "node:assert/strict";
import { DESKTOP, PHONE, choose, device, given, looked, next, scenario, tab } from "./stage.mjs";

await scenario(async () => {
  const viewport = given.desktop ? DESKTOP : PHONE;
  const context = await device({ viewport });
  const page = await tab(context, `#/contests/${given.contest}`);
  const see = (name) => looked(page, `${given.name}-${name}`);
  await page.getByText("đang mở, đóng sau").waitFor();
  await see("1-landing");
  await page.setViewportSize({ width: 320, height: 640 });
  await see("1-landing-320");
  await page.setViewportSize(viewport);

  await page.getByRole("link", { name: "Đăng ký dự thi" }).click();
  await page.getByRole("button", { name: "Tạo tài khoản" }).click();
  await page.getByText("Có chỗ chưa đúng").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.className), "errors", "the summary of errors has the focus");
  await see("2-join-errors");
  await page.getByLabel("Họ và tên", { exact: true }).fill("Giàng Thị Mỷ");
  await page.getByLabel("Ngày", { exact: true }).fill("1");
  await page.getByLabel("Tháng").fill("6");
  await page.getByLabel("Năm").fill(String(new Date().getFullYear() - 12));
  await page.getByLabel("Thư điện tử (nếu có)").fill(given.email);
  await page.getByLabel("Mật khẩu", { exact: true }).fill("ruộng bậc thang mùa vàng");
  await page.getByLabel("Học sinh").check();
  await page.getByRole("combobox").fill("lung cu");
  await page.getByRole("option", { name: "Lũng Cú" }).first().waitFor();
  await see("3-join-unit");
  await page.getByRole("combobox").press("Enter");
  assert.match(await page.getByRole("combobox").inputValue(), /Lũng Cú/);
  // Under 16: registration wants to know who agreed.
  await page.getByLabel("Họ và tên người giám hộ").fill("Giàng Mí Sính");
  await page.getByLabel("Số điện thoại người giám hộ").fill("0912345678");
  assert.equal(await page.locator("input[type=checkbox]:checked").count(), 0, "no consent is ticked beforehand");
  await page.getByLabel("Tôi đã đọc và đồng ý").first().check();
  await page.getByRole("button", { name: "Tạo tài khoản" }).click();

  await page.getByRole("button", { name: "Bắt đầu làm bài" }).waitFor();
  await see("4-ready");
  await page.getByRole("button", { name: "Bắt đầu làm bài" }).click();
  await page.locator(".question").waitFor();
  const all = Number((await page.locator(".which").textContent()).split("/")[1]);
  await choose(page, 0);
  await see("5-paper");
  for (let n = 2; n < all; n += 1) {
    await next(page);
    await page.getByText(`Câu ${n} / ${all}`).waitFor();
    await choose(page, n % 4);
  }
  await page.getByRole("button", { name: "Xem lại và nộp" }).click();
  await page.getByText(`Còn bỏ trống: câu ${all}.`).waitFor();
  await page.getByRole("button", { name: "Nộp bài" }).click();
  await page.locator(".errors").waitFor();
  await see("6-check");
  await page.getByRole("button", { name: `Câu ${all}, chưa trả lời` }).click();
  await choose(page, 1);
  await page.locator("main").getByRole("button", { name: "Xem lại và nộp" }).first().click();
  await page.getByText("Bạn đã trả lời tất cả các câu.").waitFor();
  await page.getByLabel("Số dự đoán của bạn").fill("125");
  await page.getByRole("button", { name: "Nộp bài" }).click();

  await page.getByText("Bài thi đã được nhận").waitFor();
  await page.locator(".qr").waitFor();
  await page.getByText(`${all} / ${all}`).waitFor();
  await page.getByRole("heading", { name: "Tiếp theo" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "Xem đáp án" }).count(), 0, "no link to answers that are not shown yet");
  await see("7-receipt");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Tải biên nhận về máy" }).click();
  assert.match((await download).suggestedFilename(), /^bien-nhan-[0-9A-F-]+\.png$/);
  const check = await page.locator("main").getByRole("link", { name: "Kiểm tra biên nhận" }).getAttribute("href");

  // Somebody else, without an account, on another device.
  const stranger = await tab(await device(), check.replace(/^\//, ""));
  await stranger.getByText("Biên nhận thật").waitFor();
  await looked(stranger, `${given.name}-8-verify`);

  await page.goto(`${given.base}/#/me`);
  await page.getByRole("link", { name: "Giàng Thị Mỷ" }).waitFor();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await see("9-account-english");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.locator("header").getByRole("link", { name: "Sign in" }).waitFor();
  await page.waitForFunction(() => localStorage.getItem("hoithi.sign-out-owed") === null);
  assert.deepEqual(await context.cookies(), [], "nothing of the session stays");
  assert.ok(!(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).includes("Giàng Thị Mỷ"));
  return { questions: all };
});
