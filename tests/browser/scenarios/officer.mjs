// An officer of a commune at the desk: how the unit stands, who is missing, a reminder, a list to call, headcounts, reports.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DESKTOP, PHONE, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

const figure = (page, name, value) =>
  page
    .locator(".figures > div", { hasText: name })
    .locator("dd", { hasText: new RegExp(`^${value}`) })
    .waitFor();

/** The bytes of the file that a click gives. */
async function fileOf(page, click) {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return { name: download.suggestedFilename(), start: readFileSync(await download.path()).subarray(0, 2).toString() };
}

const chooseContest = (page) => page.getByLabel("Cuộc thi", { exact: true }).selectOption(given.contest);

await scenario(async () => {
  const desk = await tab(await device({ viewport: DESKTOP }), "desk/");
  await signIn(desk);
  await desk.getByRole("heading", { name: "Đơn vị của tôi" }).waitFor();
  await chooseContest(desk);
  await figure(desk, "Đã tham gia", 1);
  await desk.getByText("Số người tham gia lần đầu theo ngày").waitFor();
  await looked(desk, "officer-1-unit");
  await desk.setViewportSize(PHONE);
  await looked(desk, "officer-2-unit-phone");
  await desk.setViewportSize(DESKTOP);

  const menu = desk.getByRole("navigation", { name: "Danh mục" });
  await menu.getByRole("link", { name: "Chưa tham gia" }).click();
  await desk.getByRole("cell", { name: given.missing }).waitFor();
  assert.equal(await desk.getByRole("cell", { name: given.taken }).count(), 0, "who took part is not listed");
  await desk.getByLabel("Tìm").fill(given.searched);
  await desk.getByRole("cell", { name: given.missing }).waitFor();
  await looked(desk, "officer-3-not-yet");
  await desk.getByLabel("Lời nhắn của bạn").fill("Cả xã cùng tham gia nhé!");
  await desk.getByRole("button", { name: "Gửi thư nhắc" }).click();
  await desk.getByText("Đã yêu cầu gửi thư nhắc", { exact: false }).waitFor();
  await desk.getByRole("button", { name: "Tải danh sách gọi điện" }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("Lý do").fill("Nhắc tuần 1");
  await looked(desk, "officer-4-call");
  const called = await fileOf(desk, () => dialog.getByRole("button", { name: "Tải danh sách gọi điện" }).click());
  assert.deepEqual(called, { name: `danh-sach-goi-${given.unit}.xlsx`, start: "PK" });
  await dialog.waitFor({ state: "detached" });
  await desk.setViewportSize(PHONE);
  await looked(desk, "officer-5-not-yet-phone");
  await desk.setViewportSize(DESKTOP);

  await menu.getByRole("link", { name: "Nhập quân số" }).click();
  await desk.getByLabel("Tệp Excel").setInputFiles(given.wrong);
  await desk.getByText("Quân số phải là số nguyên", { exact: false }).waitFor();
  await looked(desk, "officer-6-roster-wrong");
  const marked = await fileOf(desk, () => desk.getByRole("button", { name: "Tải tệp có ghi chỗ cần sửa" }).click());
  assert.deepEqual(marked, { name: "danh-sach-can-sua.xlsx", start: "PK" });
  await desk.getByLabel("Tệp Excel").setInputFiles(given.right);
  await desk.getByRole("button", { name: "Lưu quân số" }).click();
  await desk.getByText("Đã lưu quân số của 1 đơn vị", { exact: false }).waitFor();
  await looked(desk, "officer-7-roster-kept");

  await menu.getByRole("link", { name: "Báo cáo", exact: true }).click();
  await desk.getByText("hằng ngày lúc 11:00", { exact: false }).waitFor();
  const report = await fileOf(desk, () => desk.getByRole("button", { name: "Tải báo cáo lúc này (Excel)" }).click());
  assert.deepEqual(report, { name: `bao-cao-${given.unit}.xlsx`, start: "PK" });
  const paper = await fileOf(desk, () => desk.getByRole("button", { name: "Tải báo cáo lúc này (PDF)" }).click());
  assert.deepEqual(paper, { name: `bao-cao-${given.unit}.pdf`, start: "%P" });
  await desk.getByRole("button", { name: "Tải điểm đánh giá cuối năm" }).click();
  await desk.getByText("chưa có kết quả chính thức", { exact: false }).waitFor();
  await looked(desk, "officer-8-reports");

  // Another unit's figures, asked for with this officer's token.
  const token = await desk.evaluate(async (account) => {
    const answer = await fetch("/api/registration/sign-in", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(account),
    });
    return (await answer.json()).access_token;
  }, given.account);
  const asked = async (unit, what) =>
    (await fetch(`${given.base}/api/scoring/rounds/${given.round}/units/${unit}/${what}`, { headers: { Authorization: `Bearer ${token}` } })).status;
  assert.deepEqual(
    [await asked(given.unit, "standing"), await asked(given.other, "standing"), await asked(given.other, "not-yet")],
    [200, 403, 403],
  );
  return {};
});
