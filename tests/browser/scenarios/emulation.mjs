// A campaign: opened from a template, assessed with a file, reviewed above, a contest's results counted, nominated, decided.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DESKTOP, PHONE, ask, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

const TITLE = "Năm dữ liệu số trình diễn";

async function signedIn(account, address) {
  const page = await tab(await device({ viewport: DESKTOP }), address);
  await signIn(page, account);
  return page;
}

const section = (page, name) => page.getByRole("link", { name, exact: true }).click();

async function fileOf(page, click) {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return { name: download.suggestedFilename(), start: readFileSync(await download.path()).subarray(0, 2).toString() };
}

/** The dialog's question answered, with a reason where it wants one. */
async function sure(page, button, reason) {
  const dialog = page.getByRole("dialog");
  if (reason) await dialog.getByLabel("Lý do").fill(reason);
  await dialog.getByRole("button", { name: button }).click();
  await dialog.waitFor({ state: "detached" });
}

const local = (days) => new Date(Date.now() + days * 86_400_000 + 7 * 3_600_000).toISOString().slice(0, 16);

await scenario(async () => {
  // The organiser makes a draft, names the contest, opens.
  const boss = await signedIn(given.organiser, "desk/#/emulation");
  await boss.getByLabel("Phong trào thi đua “Năm dữ liệu số”").check();
  await boss.getByLabel("Tên phong trào").fill(TITLE);
  await boss.getByLabel("Mã phong trào").fill(given.campaign);
  await boss.getByLabel("Từ ngày").fill("2026-01-01");
  await looked(boss, "emulation-1-new");
  await boss.getByRole("button", { name: "Tạo bản nháp" }).click();
  await boss.getByRole("heading", { name: TITLE }).waitFor();
  await boss.getByLabel("Hạn tự chấm").fill(local(10));
  await boss.getByLabel("Hạn xét duyệt").fill(local(20));
  await boss.getByRole("button", { name: "Lưu bản nháp" }).click();
  await boss.getByRole("button", { name: "Kiểm tra và mở" }).click();
  await boss.getByText("D2: Cuộc thi: Chưa chọn cuộc thi cho tiêu chí này.").waitFor();
  await looked(boss, "emulation-2-not-ready");
  for (const code of ["D2", "I4"]) {
    const details = boss.locator("details", { has: boss.locator("summary", { hasText: code }) });
    await details.locator("summary").click();
    await details.getByLabel("Cuộc thi", { exact: true }).selectOption(given.contest);
  }
  await looked(boss, "emulation-3-draft");
  await boss.getByRole("button", { name: "Lưu bản nháp" }).click();
  await boss.getByRole("button", { name: "Kiểm tra và mở" }).click();
  await sure(boss, "Mở phong trào");
  await boss.getByText("Đang mở").waitFor();
  await looked(boss, "emulation-4-rules");
  await boss.setViewportSize(PHONE);
  await looked(boss, "emulation-5-rules-phone");
  await boss.setViewportSize(DESKTOP);

  // The commune's officer fills in, with a file, and hands in.
  const officer = await signedIn(given.officer, `desk/#/emulation/${given.campaign}`);
  await officer.getByRole("button", { name: "Bắt đầu tự chấm" }).click();
  await officer.getByLabel("Đạt tiêu chí A1").check();
  await officer.getByLabel("Điểm tự chấm A2").fill("5");
  await officer.getByLabel("Thuyết minh A2").fill("Đủ bốn báo cáo quý.");
  await officer.getByLabel("Tỷ lệ đạt được của B1 (%)").fill("85,5");
  await officer.getByRole("button", { name: "Lưu bản tự chấm" }).click();
  await officer.getByRole("button", { name: "Nộp để xét duyệt" }).click();
  await officer.getByRole("dialog").getByRole("button", { name: "Nộp để xét duyệt" }).click();
  await officer.getByText("A1: Tiêu chí này cần tệp minh chứng.").waitFor();
  await officer.getByRole("dialog").getByRole("button", { name: "Thôi" }).click();
  await officer.getByLabel("Thêm minh chứng cho A1").setInputFiles(given.lie);
  await officer.getByText("Chỉ nhận tệp PDF", { exact: false }).waitFor();
  await officer.getByLabel("Thêm minh chứng cho A1").setInputFiles(given.file);
  await officer.getByRole("button", { name: "Tải Kế hoạch.pdf", exact: false }).waitFor();
  await looked(officer, "emulation-6-writing");
  await officer.setViewportSize(PHONE);
  await looked(officer, "emulation-7-writing-phone");
  await officer.getByRole("button", { name: "Nộp để xét duyệt" }).click();
  await sure(officer, "Nộp để xét duyệt");
  await officer.getByText("Chờ xét duyệt").waitFor();
  await looked(officer, "emulation-8-handed-in-phone");

  // The level above gives it back once, then confirms with a correction.
  const above = await signedIn(given.above, `desk/#/emulation/${given.campaign}`);
  await above.getByText("Có 1 bản tự chấm đang chờ bạn xét duyệt.").waitFor();
  await looked(above, "emulation-9-progress");
  await above.locator("tr", { hasText: "Chờ bạn xét duyệt" }).getByRole("link").click();
  const file = await fileOf(above, () => above.getByRole("button", { name: "Tải Kế hoạch.pdf", exact: false }).click());
  assert.deepEqual(file, { name: "Kế hoạch.pdf", start: "%P" });
  await above.getByLabel("Điểm chấp nhận A2").fill("3");
  await above.getByRole("button", { name: "Xác nhận", exact: true }).click();
  await above.getByText("A2: Khác điểm tự chấm thì cần nêu lý do.").waitFor();
  await looked(above, "emulation-10-review");
  await above.getByLabel("Lý do khác điểm tự chấm A2").fill("Hai báo cáo nộp chậm.");
  await above.getByRole("button", { name: "Xác nhận", exact: true }).click();
  await above.getByText("Đã xác nhận").waitFor();

  // Index and contest come in; ranking; nomination; decision; files.
  await section(boss, "Chỉ số và cuộc thi");
  await boss.getByLabel("Tệp giá trị của D1", { exact: false }).setInputFiles(given.wrong);
  await boss.getByText("Giá trị phải là số không âm", { exact: false }).waitFor();
  await looked(boss, "emulation-11-index-wrong");
  await boss.getByLabel("Tệp giá trị của D1", { exact: false }).setInputFiles(given.values);
  await boss.getByRole("button", { name: "Lưu giá trị của 1 đơn vị" }).click();
  await boss.getByText("Đã có giá trị của 1 đơn vị.").waitFor();
  await ask("results");
  await section(boss, "Xếp hạng và khen thưởng");
  await section(boss, "Chỉ số và cuộc thi");
  await boss.getByText("đã lấy lúc", { exact: false }).waitFor();
  await looked(boss, "emulation-12-counted");
  await section(boss, "Xếp hạng và khen thưởng");
  await boss.getByRole("cell", { name: "45" }).first().waitFor();
  const award = boss.locator("section", { has: boss.getByRole("heading", { name: "Giấy khen của Thủ trưởng đơn vị – Tập thể" }) });
  await award.getByRole("button", { name: "Bổ sung" }).click();
  await sure(boss, "Ghi điều chỉnh", "Dẫn đầu khối xã về dữ liệu số");
  await award.getByText("Ban Tổ chức bổ sung: Dẫn đầu khối xã", { exact: false }).waitFor();
  await looked(boss, "emulation-13-nominations");
  const list = await fileOf(boss, () => boss.getByRole("button", { name: "Danh sách đề nghị khen thưởng (PDF)" }).click());
  assert.deepEqual(list, { name: `danh-sach-khen-thuong-${given.campaign}.pdf`, start: "%P" });
  const table = await fileOf(boss, () => boss.getByRole("button", { name: "Điểm đánh giá cuối năm – Tập thể (Excel)" }).click());
  assert.deepEqual(table, { name: `thi-dua-${given.campaign}.xlsx`, start: "PK" });
  await boss.getByRole("button", { name: "Quyết định", exact: true }).click();
  await sure(boss, "Quyết định");
  await boss.getByText("Danh sách đã được quyết định", { exact: false }).waitFor();
  await boss.setViewportSize(PHONE);
  await looked(boss, "emulation-14-decided-phone");

  // Now the commune sees it, too.
  await officer.setViewportSize(DESKTOP);
  await officer.goto(`${given.base}/desk/#/emulation/${given.campaign}/standing`);
  await officer.reload();
  await officer.getByText("Ban Tổ chức bổ sung", { exact: false }).waitFor();
  await looked(officer, "emulation-15-decided");
  return {};
});
