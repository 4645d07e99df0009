// An organiser: a contest from a template, its rules changed, what the check finds, preview, publication, an amendment.
import assert from "node:assert/strict";
import { DESKTOP, PHONE, counted, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

const main = (page) => page.locator("main");
const section = (page, name) => main(page).locator(".tabs").getByRole("link", { name }).click();

async function save(page) {
  await main(page).getByRole("button", { name: "Lưu bản nháp" }).click();
  await main(page).getByText("Đã lưu.").waitFor();
}

await scenario(async () => {
  const page = await tab(await device({ viewport: DESKTOP }), "desk/");
  await page.getByRole("heading", { name: "Đăng nhập" }).waitFor();
  await looked(page, "desk-1-sign-in");
  await signIn(page);
  await page.getByRole("heading", { name: "Cuộc thi", level: 1 }).waitFor();
  await page.getByRole("table").waitFor();
  await looked(page, "desk-2-contests");
  await page.getByLabel("Tìm").fill("cong dan so");
  await page.getByRole("button", { name: "Ghi nhớ bộ lọc này" }).click();
  await page.getByRole("button", { name: "cong dan so", exact: true }).waitFor();

  await page.getByRole("navigation", { name: "Danh mục" }).getByRole("link", { name: "Tạo cuộc thi mới" }).click();
  await page.getByRole("button", { name: "Tạo bản nháp" }).click();
  await page.getByText("Có chỗ chưa đúng").waitFor();
  await looked(page, "desk-3-new-errors");
  const id = `ban-lam-viec-${Date.now().toString(36)}`;
  await page.getByLabel("Tên cuộc thi").fill("Cùng chuyển đổi số");
  assert.equal(await page.getByLabel("Mã cuộc thi").inputValue(), "cung-chuyen-doi-so");
  await page.getByLabel("Mã cuộc thi").fill(id);
  await page.getByLabel("Ngày bắt đầu").fill(given.first_day);
  await page.getByRole("button", { name: "Tạo bản nháp" }).click();

  await page.getByRole("heading", { name: "Cùng chuyển đổi số", level: 1 }).waitFor();
  await counted(page.getByLabel("Mở lúc"), 4, "the template has four weeks");
  await looked(page, "desk-4-calendar");
  // The first round shorter than its paper: said at the round, with numbers.
  const closes = await page.getByLabel("Đóng lúc").first().inputValue();
  const opens = await page.getByLabel("Mở lúc").first().inputValue();
  await page.getByLabel("Đóng lúc").first().fill(opens.replace(/T.*/, "T08:10"));
  await save(page);
  await page.getByText("Vòng 1 chỉ dài 600 giây, ngắn hơn 1200 giây làm bài", { exact: false }).first().waitFor();
  await looked(page, "desk-5-calendar-findings");
  await page.getByLabel("Đóng lúc").first().fill(closes);
  await save(page);

  await section(page, "Thể lệ");
  await page.getByLabel("Châm chước sau giờ kết thúc (giây)").fill("900");
  await page.getByRole("button", { name: "Lưu bản nháp" }).click();
  await page.locator(".errors").getByText("Châm chước sau giờ kết thúc (giây): Phải từ 0 đến 300.").waitFor();
  await looked(page, "desk-6-rules-errors");
  await page.getByLabel("Châm chước sau giờ kết thúc (giây)").fill("45");
  await page.getByLabel("Số câu của một đề").fill("60");
  await save(page);

  await section(page, "Bảng thi và cấu trúc đề");
  await page.getByText("Cấu trúc đề cộng lại là 20 câu nhưng đề có 60 câu", { exact: false }).first().waitFor();
  await page.getByRole("region", { name: "Cấu trúc đề so với ngân hàng" }).first().waitFor();
  await page.getByLabel("Số câu").first().fill("199");
  await page.locator("td.lacking").first().waitFor();
  await looked(page, "desk-7-divisions");
  await page.getByLabel("Số câu").first().fill("8");
  await section(page, "Thể lệ");
  await page.getByLabel("Số câu của một đề").fill("20");
  await save(page);
  await section(page, "Giải thưởng và công bố");
  await looked(page, "desk-8-prizes");
  await section(page, "Xem trước");
  await page.locator(".previewed .question").waitFor();
  await page.locator(".previewed .option").nth(1).click();
  await looked(page, "desk-9-preview");

  await section(page, "Kiểm tra và công bố");
  await page.getByText("Đã kiểm tra: có thể công bố.").waitFor();
  await page.getByRole("button", { name: "Chạy thử lại" }).click();
  await page.getByText("Đã kiểm tra: có thể công bố.").waitFor();
  await page.getByRole("button", { name: "Công bố", exact: true }).click();
  await page.getByRole("dialog").waitFor();
  await looked(page, "desk-10-publish");
  await page.getByRole("dialog").getByRole("button", { name: "Công bố" }).click();
  await main(page).locator(".tabs").getByRole("link", { name: "Điều chỉnh" }).waitFor();
  await section(page, "Thể lệ");
  await page.getByText("Cuộc thi đã công bố nên thể lệ được giữ nguyên.", { exact: false }).waitFor();
  assert.ok(await page.getByLabel("Số câu của một đề").isDisabled(), "published rules are locked");

  await section(page, "Điều chỉnh");
  await page.getByLabel("Tên cuộc thi").fill("Cùng chuyển đổi số năm nay");
  await page.getByRole("button", { name: "Công bố điều chỉnh" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Công bố điều chỉnh" }).click();
  await dialog.locator(".wrong").first().waitFor();
  await looked(page, "desk-11-amend-errors");
  await dialog.getByLabel("Lý do").fill("Trùng tên với cuộc thi khác");
  await dialog.getByLabel("Thông báo công khai").fill("Cuộc thi đổi tên; lịch và thể lệ không đổi.");
  await dialog.getByRole("button", { name: "Công bố điều chỉnh" }).click();
  await page.getByText("Phiên bản", { exact: false }).first().waitFor();
  await page.getByRole("heading", { name: "Cùng chuyển đổi số năm nay", level: 1 }).waitFor();
  await looked(page, "desk-12-amended");

  // A participant reads the notice.
  const visitor = await tab(await device(), `#/contests/${id}`);
  await visitor.getByText("Cuộc thi đổi tên; lịch và thể lệ không đổi.").waitFor();
  await looked(visitor, "desk-13-participant-notice");

  await page.getByRole("navigation", { name: "Danh mục" }).getByRole("link", { name: "Nhật ký thao tác" }).click();
  await page.locator("tbody").getByText("Điều chỉnh cuộc thi").first().waitFor();
  await page.locator("td details summary").first().click();
  await looked(page, "desk-14-audit");
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: "Tải tệp CSV (mở bằng Excel)" }).click();
  assert.equal((await file).suggestedFilename(), "nhat-ky-exam.csv");
  const roles = page.waitForResponse((answer) => answer.url().includes("/api/registration/audit"));
  await page.getByLabel("Nhật ký về").selectOption({ label: "Quyền của tài khoản" });
  assert.equal((await roles).status(), 200);
  await page.getByRole("table").waitFor();
  await looked(page, "desk-14-audit-roles");
  await page.getByLabel("Nhật ký về").selectOption({ label: "Cuộc thi, vòng thi và ngân hàng câu hỏi" });
  await page.locator("tbody").getByText("Điều chỉnh cuộc thi").first().waitFor();

  await page.setViewportSize(PHONE);
  await looked(page, "desk-15-audit-phone");
  await page.getByRole("button", { name: "Danh mục" }).click();
  await page.getByRole("navigation", { name: "Danh mục" }).getByRole("link", { name: "Cuộc thi", exact: true }).click();
  await page.getByRole("table").waitFor();
  await looked(page, "desk-16-contests-phone");
  await page.goto(`${given.base}/desk/#/contests/${id}/divisions`);
  await page.getByRole("region", { name: "Cấu trúc đề so với ngân hàng" }).first().waitFor();
  await looked(page, "desk-17-divisions-phone");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("link", { name: "Divisions and blueprints" }).waitFor();
  await looked(page, "desk-18-english-phone");
  return { contest: id };
});
