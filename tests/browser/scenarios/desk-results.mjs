// Results of a round: a complaint, flags and winners are decided, minutes are saved, results become official.
import { join } from "node:path";
import { DESKTOP, PHONE, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

await scenario(async () => {
  const page = await tab(await device({ viewport: DESKTOP, acceptDownloads: true }), "desk/#/results");
  await signIn(page);
  const dialog = page.getByRole("dialog");
  const section = (name) => page.locator(".tabs").getByRole("link", { name }).click();
  const confirm = async (name, reason) => {
    if (reason) await dialog.getByLabel("Lý do").fill(reason);
    await dialog.getByRole("button", { name, exact: true }).click();
    await dialog.waitFor({ state: "detached" });
  };
  // Who was refused a moment ago is not out of the table yet: the page says so, and people press again.
  const downloaded = async (button) => {
    const changing = page.getByText("Kết quả đang được cập nhật sau một thay đổi", { exact: false });
    const download = page.waitForEvent("download");
    for (let found = null; !found; ) {
      await button.click();
      const said = changing.waitFor().then(() => null, () => null);
      found = await Promise.race([download, said]);
      if (!found) await page.waitForTimeout(1000);
    }
    return await download;
  };
  await page.getByRole("table").waitFor();
  await page.getByLabel("Tìm").fill(given.round);
  await page.locator("tbody tr").first().waitFor();
  await looked(page, "desk-results-1-rounds");
  await page.locator(`a[href$="results/${given.round}"]`).click();
  await page.getByText("Khiếu nại chưa giải quyết: 1").waitFor();
  await page.getByText("Dấu hiệu bất thường chưa kết luận: 3").waitFor({ timeout: 90_000 });
  await page.getByText("Chữ ký điện tử", { exact: true }).waitFor();
  await looked(page, "desk-results-2-overview");

  await section("Khiếu nại");
  await page.locator("tbody button.plain").first().click();
  await dialog.getByText("bị tính thừa một phút", { exact: false }).waitFor();
  await dialog.getByLabel("Không chấp nhận khiếu nại").check();
  await dialog.getByLabel("Lý do quyết định").fill("Thời gian được tính theo đồng hồ của máy chủ và đúng.");
  await looked(page, "desk-results-3-complaint");
  await confirm("Gửi");
  await page.locator("tbody").getByText("Không chấp nhận").waitFor();

  await section("Dấu hiệu bất thường");
  await page.locator("tbody tr").nth(1).waitFor();
  await looked(page, "desk-results-4-flags");
  const row = (kind) => page.locator("tbody tr", { has: page.locator("strong", { hasText: kind }) });
  await row("Trùng họ tên").getByRole("button", { name: "Bỏ qua" }).click();
  await confirm("Bỏ qua", "Ba người khác nhau, đã gọi điện");
  await row("Nghi một người nhiều tài khoản").getByRole("button", { name: "Bỏ qua" }).click();
  await confirm("Bỏ qua", "Trùng ngày sinh, đã gọi điện");
  await row("Làm bài quá nhanh").getByRole("button", { name: "Hủy lượt thi" }).click();
  await dialog.getByLabel("Lý do").fill("Không thể đọc hết câu hỏi");
  await looked(page, "desk-results-5-invalidate");
  await confirm("Hủy lượt thi");
  await row("Làm bài quá nhanh").getByText("Đã hủy lượt thi").waitFor();

  await section("Người đạt giải");
  const list = (name) => page.locator("section", { has: page.getByRole("heading", { name, exact: true }) });
  await list("Dự kiến đạt giải").locator("tbody tr").nth(1).waitFor();
  await page.waitForFunction(() => document.querySelectorAll("section:first-of-type tbody tr").length === 2);
  await list("Dự kiến đạt giải").getByRole("button", { name: "Xác minh" }).first().click();
  await confirm("Xác minh");
  await list("Dự kiến đạt giải").getByText("Đã xác minh").waitFor();
  await list("Dự kiến đạt giải").getByRole("button", { name: "Không trao giải" }).last().click();
  await dialog.getByLabel("Lý do").fill("Thành viên Ban Tổ chức");
  await looked(page, "desk-results-6-refuse");
  await confirm("Không trao giải");
  await list("Không trao giải").locator("tbody tr").first().waitFor();
  await looked(page, "desk-results-7-winners");

  await section("Biên bản và giấy chứng nhận");
  await page.getByLabel("Số, ký hiệu").fill("12/BB-BTC");
  await page.getByLabel("Chủ tọa").fill("Nguyễn Văn A");
  await page.getByLabel("Căn cứ").fill("Quyết định số 100/QĐ-UBND ngày 01 tháng 8 năm 2026");
  const minutes = join(given.pictures, "bien-ban.pdf");
  await (await downloaded(page.getByRole("button", { name: "Tải biên bản" }))).saveAs(minutes);
  await page.getByText("Đã tải xuống.").waitFor();
  await looked(page, "desk-results-8-papers");

  await section("Tổng quan");
  await page.getByText("Dấu hiệu bất thường chưa kết luận: 0").waitFor();
  await page.getByRole("button", { name: "Công bố chính thức" }).click();
  await dialog.getByLabel("Văn bản công bố").fill("Quyết định số 12/QĐ-BTC");
  await looked(page, "desk-results-9-official");
  await confirm("Công bố chính thức");
  await page.getByText("Kết quả chính thức được công bố lúc", { exact: false }).waitFor();
  await looked(page, "desk-results-10-done");

  await section("Biên bản và giấy chứng nhận");
  const prints = page.locator(".card", { hasText: "Của người đạt giải" });
  await prints.getByRole("button", { name: "In tất cả" }).click();
  await prints.getByText("Đã in 1 giấy chứng nhận.").waitFor();
  await looked(page, "desk-results-11-certificates");
  await page.goto(`${given.base}/desk/#/results/${given.round.replace(/-w1$/, "")}/season`);
  await page.getByRole("heading", { name: "Giải toàn cuộc thi" }).waitFor();
  await page.setViewportSize(PHONE);
  await page.goto(`${given.base}/desk/#/results/${given.round}/winners`);
  await list("Dự kiến đạt giải").locator("tbody tr").first().waitFor();
  await looked(page, "desk-results-12-phone");
  return { minutes };
});
