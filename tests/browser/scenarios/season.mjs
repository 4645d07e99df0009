// All rounds together: an organiser excludes a unit that would win, prints, looks at charts; everybody sees what is published.
import assert from "node:assert/strict";
import { DESKTOP, PHONE, ask, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

const kindOf = (name) => name.match(/^(bien-ban|giay-chung-nhan-tap-the)/)?.[1];

await scenario(async () => {
  const desk = await tab(await device({ viewport: DESKTOP }), `desk/#/results/${given.contest}/season/prizes`);
  await signIn(desk);
  const files = [];
  // Pressed again while results are being updated, as the page says: lists follow their tables by a second or two.
  const save = async (button) => {
    const saved = desk.waitForEvent("download", { timeout: 20_000 }).catch(() => null);
    await desk.getByRole("button", { name: button }).click();
    const file = await saved;
    if (file) return files.push(kindOf(file.suggestedFilename()));
    await desk.getByText("Kết quả đang được cập nhật sau một thay đổi").waitFor();
    return save(button);
  };
  const table = (caption) => desk.getByRole("table", { name: caption });
  await table("Tập thể dự kiến đạt giải").getByText(given.winner).waitFor();
  await looked(desk, "season-1-prizes");
  await table("Tập thể dự kiến đạt giải").getByRole("button", { name: "Không trao giải" }).first().click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("Lý do").fill("Báo cáo sai quân số");
  await dialog.getByRole("button", { name: "Không trao giải" }).click();
  await table("Tập thể không được trao giải").getByText(given.winner).waitFor();
  await table("Tập thể dự kiến đạt giải").getByText("Chưa xác minh").first().waitFor();
  await looked(desk, "season-2-excluded");

  await desk.getByRole("link", { name: "Biên bản", exact: true }).click();
  await desk.getByLabel("Chủ tọa").fill("Nguyễn Văn A");
  await looked(desk, "season-3-minutes");
  await save("Tải biên bản");

  await desk.goto(`${given.base}/desk/#/charts/${given.contest}`);
  await desk.getByRole("heading", { name: "Tất cả các vòng đã có kết quả" }).waitFor();
  await desk.getByText("Phân bố tổng điểm các vòng", { exact: true }).waitFor();
  const fields = desk.locator("svg[role=group] a");
  await fields.nth(10).waitFor();
  await looked(desk, "season-4-charts");
  const chart = desk.locator("figure", { hasText: "Các đơn vị: số người và tỷ lệ tham gia" });
  await chart.locator("summary").click();
  const people = await chart.locator("tbody td:nth-child(2)").allTextContents();
  assert.equal(people.reduce((sum, each) => sum + Number(each.replace(/\D/g, "")), 0), given.people, "a person counts once");
  await fields.first().click();
  await desk.getByRole("heading", { level: 2, name: /·/ }).waitFor();
  await desk.getByText("Từ đăng ký đến đúng hết", { exact: true }).waitFor();
  await looked(desk, "season-5-unit");
  await desk.goto(`${given.base}/desk/#/charts/${given.contest}`);
  await fields.nth(10).waitFor();
  await desk.setViewportSize(PHONE);
  await looked(desk, "season-6-charts-phone");
  await desk.setViewportSize(DESKTOP);

  await ask("official");
  await desk.goto(`${given.base}/desk/#/results/${given.contest}/season/prizes`);
  await save("Tải giấy chứng nhận (PDF)");

  const phone = await tab(await device({ viewport: PHONE }), `#/charts/${given.contest}-w1`);
  await phone.getByRole("link", { name: "Toàn cuộc thi", exact: true }).click();
  await phone.getByRole("link", { name: "← Về trang cuộc thi" }).click();
  await phone.getByRole("link", { name: "Bảng chung và biểu đồ của cả cuộc thi" }).waitFor();
  await looked(phone, "season-7-contest-phone");
  await phone.getByRole("link", { name: "Bảng chung và biểu đồ của cả cuộc thi" }).click();
  await phone.getByRole("heading", { level: 1, name: /^Toàn cuộc thi: / }).waitFor();
  await phone.getByRole("heading", { name: "Tập thể đạt giải toàn cuộc thi" }).waitFor();
  await phone.locator("svg[role=group] a").nth(3).waitFor();
  await phone.getByRole("heading", { name: "Xếp hạng đơn vị qua các vòng" }).waitFor();
  await phone.getByRole("region", { name: "Kết quả đơn vị" }).locator("tbody tr").first().waitFor();
  await looked(phone, "season-8-public-phone");
  await phone.setViewportSize(DESKTOP);
  await looked(phone, "season-9-public");
  await phone.goto(`${given.base}/#/charts/season/${given.contest}/administrative/${given.unit}`);
  await phone.getByRole("link", { name: "← Lên một cấp" }).waitFor();
  await phone.getByText("Từ đăng ký đến đúng hết", { exact: true }).waitFor();
  await looked(phone, "season-10-public-unit");
  return { files };
});
