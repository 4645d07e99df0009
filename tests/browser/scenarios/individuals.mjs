// A person's whole way on a phone: the link, the own assessment with evidence and without network, given back, mended, confirmed, decided.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DESKTOP, PHONE, ask, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

const isSaved = (page) => page.locator(".bar .saved", { hasText: /^Đã lưu$/ }).waitFor();

async function handIn(page) {
  await page.getByRole("button", { name: "Nộp để xét duyệt" }).click();
  await page.getByText("Sau khi nộp, bạn không sửa được nữa", { exact: false }).waitFor();
}

await scenario(async () => {
  const context = await device();
  const page = await tab(context, given.link);
  await signIn(page);
  await page.getByRole("heading", { name: given.title }).waitFor();
  await page.getByLabel("Chức vụ hoặc công việc", { exact: false }).fill("Trưởng thôn");
  await looked(page, "individuals-1-begin");
  await page.getByRole("button", { name: "Bắt đầu tự chấm" }).click();

  // Points, words, what is missing.
  await page.getByLabel("Điểm tự chấm I1").fill("41");
  await page.getByText("Chỉ ghi từ 0 đến 40.").waitFor();
  await page.locator(".bar .is-refused").waitFor();
  await looked(page, "individuals-2-wrong");
  await page.getByLabel("Điểm tự chấm I1").fill("35");
  await page.getByLabel("Thuyết minh I1").fill("Đưa toàn bộ văn bản của thôn lên mạng.");
  await page.getByLabel("Điểm tự chấm I2").fill("25");
  await isSaved(page);
  await page.getByRole("button", { name: "Nộp để xét duyệt" }).click();
  await page.getByRole("link", { name: "I2: Tiêu chí này cần có minh chứng." }).click();
  await looked(page, "individuals-3-missing");
  await page.getByLabel("Thêm minh chứng cho I2").setInputFiles(given.lie);
  await page.getByText("Chỉ nhận tệp PDF", { exact: false }).waitFor();
  await page.getByLabel("Thêm minh chứng cho I2").setInputFiles(given.file);
  const look = page.getByRole("button", { name: "Tải xem Sáng kiến.pdf", exact: false });
  await look.waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), look.click()]);
  assert.equal(download.suggestedFilename(), "Sáng kiến.pdf");
  assert.ok(readFileSync(await download.path()).subarray(0, 5).toString() === "%PDF-");

  // No network: work goes on, also over a reload; a file waits.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.reload();
  await page.getByLabel("Điểm tự chấm I1").waitFor();
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await page.getByLabel("Điểm tự chấm I3").fill("12,0");
  await page.getByLabel("Thuyết minh I3").fill("Hướng dẫn 40 hộ nộp hồ sơ trực tuyến.");
  await page.getByText("Mất kết nối.", { exact: false }).waitFor();
  await page.reload();
  await page.getByLabel("Thuyết minh I3").waitFor();
  assert.equal(await page.getByLabel("Thuyết minh I3").inputValue(), "Hướng dẫn 40 hộ nộp hồ sơ trực tuyến.");
  assert.equal(await page.getByLabel("Điểm tự chấm I3").inputValue(), "12,0");
  await page.getByLabel("Thêm minh chứng cho I3").setInputFiles(given.file);
  await page.getByText("chờ có mạng. Hãy để trang này mở", { exact: false }).waitFor();
  await looked(page, "individuals-4-offline");
  await page.getByRole("button", { name: "Nộp để xét duyệt" }).click();
  await page.getByText("Còn tệp chưa gửi xong.", { exact: false }).waitFor();
  await context.setOffline(false);
  await page.getByRole("button", { name: "Tải xem Sáng kiến.pdf", exact: false }).nth(1).waitFor();
  await isSaved(page);

  await handIn(page);
  await looked(page, "individuals-5-sure");
  await page.getByRole("button", { name: "Nộp", exact: true }).click();
  await page.getByText("Đơn vị của bạn đang xét duyệt", { exact: false }).waitFor();
  await looked(page, "individuals-6-handed-in");

  // The officer of the own unit gives it back.
  const desk = await tab(await device({ viewport: DESKTOP }), `desk/#/emulation/${given.campaign}`);
  await signIn(desk, given.officer);
  await desk.getByLabel("Đối tượng").selectOption({ label: "Cá nhân" });
  await desk.getByText(`/${given.link}`, { exact: false }).waitFor();
  await desk.getByText("Có 1 bản tự chấm đang chờ bạn xét duyệt.").waitFor();
  await looked(desk, "individuals-7-desk");
  await desk.locator("tr", { hasText: "Chờ bạn xét duyệt" }).getByRole("link").click();
  await desk.getByRole("button", { name: "Trả lại để bổ sung" }).click();
  await desk.getByRole("dialog").getByLabel("Lý do").fill("Thuyết minh I2 còn thiếu số hộ đã áp dụng.");
  await looked(desk, "individuals-8-give-back");
  await desk.getByRole("dialog").getByRole("button", { name: "Trả lại để bổ sung" }).click();
  await desk.getByRole("dialog").waitFor({ state: "detached" });
  await ask("given-back");

  // Found again from the account; the reason is there; mended and handed in again.
  await page.goto(`${given.base}/#/me`);
  await page.getByRole("link", { name: "Tự chấm điểm thi đua" }).waitFor();
  await page.getByText("– cần bổ sung").waitFor();
  await looked(page, "individuals-9-account");
  await page.getByRole("link", { name: "Tự chấm điểm thi đua" }).click();
  await page.getByRole("link", { name: given.title }).waitFor();
  await looked(page, "individuals-10-list");
  await page.getByRole("link", { name: given.title }).click();
  await page.getByText("Thuyết minh I2 còn thiếu số hộ đã áp dụng.").waitFor();
  await looked(page, "individuals-11-given-back");
  await page.getByLabel("Thuyết minh I2").fill("Nhóm Zalo của thôn, 62 hộ đã dùng.");
  await isSaved(page);
  await handIn(page);
  await page.getByRole("button", { name: "Nộp", exact: true }).click();
  await page.getByText("Đơn vị của bạn đang xét duyệt", { exact: false }).waitFor();

  // Confirmed with a correction; the contest's prize comes in; decided.
  await desk.reload();
  await desk.getByLabel("Điểm chấp nhận I2").fill("20");
  await desk.getByLabel("Lý do khác điểm tự chấm I2").fill("Mới áp dụng trong một thôn.");
  await desk.getByRole("button", { name: "Xác nhận", exact: true }).click();
  await desk.getByText("Đã xác nhận").waitFor();
  await ask("official");
  await page.reload();
  await page.getByText("Lý do: Mới áp dụng trong một thôn.").waitFor();
  await page.getByText("bạn đạt hạng 1 trong cuộc thi: 10 điểm", { exact: false }).waitFor();
  await looked(page, "individuals-12-confirmed");
  await ask("decided");
  await page.reload();
  await page.getByText("Bạn có tên trong danh sách đề nghị khen thưởng.").waitFor();
  await page.getByText("Giấy khen của Thủ trưởng đơn vị", { exact: false }).waitFor();
  await looked(page, "individuals-13-decided");
  await page.setViewportSize(DESKTOP);
  await looked(page, "individuals-14-decided-desktop");
  await page.setViewportSize(PHONE);
  return {};
});
