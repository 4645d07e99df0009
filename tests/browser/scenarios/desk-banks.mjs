// Question banks: wrong files, a file with errors, imports of several formats, search, and the approval by a second person.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DESKTOP, PHONE, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

const main = (page) => page.locator("main");
const section = (page, name) => main(page).locator(".tabs").getByRole("link", { name }).click();
const choose = (page, name) => page.getByLabel("Tệp câu hỏi").setInputFiles(join(given.folder, name));
/** As from a window of files beside the browser. */
async function drop(page, name) {
  const content = readFileSync(join(given.folder, name)).toString("base64");
  const dataTransfer = await page.evaluateHandle(
    ({ name, content }) => {
      const moved = new DataTransfer();
      moved.items.add(new File([Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0))], name));
      return moved;
    },
    { name, content },
  );
  for (const event of ["dragover", "drop"]) await page.locator(".drop").dispatchEvent(event, { dataTransfer });
}
const other = async (page) => {
  await page.getByRole("button", { name: "Chọn tệp khác" }).click();
  await page.getByLabel("Tệp câu hỏi").waitFor();
};
const saved = async (page, name) => {
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name }).click();
  return (await file).suggestedFilename();
};

async function imported(page, give, name, format) {
  await give(page, name);
  await page.getByText(`đọc theo định dạng ${format}.`, { exact: false }).waitFor();
  await page.getByRole("button", { name: /^Nhập \d+ câu thành phiên bản mới$/ }).click();
  await page.getByText("Đã nhập thành phiên bản", { exact: false }).waitFor();
}

async function organise() {
  const page = await tab(await device({ viewport: DESKTOP, acceptDownloads: true }), "desk/#/banks");
  await signIn(page, given.organiser);
  await page.getByRole("table").waitFor();
  await looked(page, "banks-1-list");
  await main(page).getByRole("link", { name: "Nhập câu hỏi" }).click();
  await page.getByLabel("Mã ngân hàng").fill(given.bank);
  await looked(page, "banks-2-import");

  await choose(page, "khong-phai.xlsx");
  await page.getByText("Tệp có 1 lỗi nên chưa nhập được câu nào", { exact: false }).waitFor();
  await looked(page, "banks-3-no-bank");
  await other(page);
  await page.getByLabel("Mã ngân hàng").fill(given.bank);
  await choose(page, "sai.xlsx");
  const wrong = page.getByRole("row", { name: /Dòng 2, cột Mức độ/ });
  await wrong.waitFor();
  await page.getByRole("heading", { name: /Câu giống nhau/ }).waitFor();
  await looked(page, "banks-4-errors");
  assert.equal(await saved(page, "Tải tệp Excel đã đánh dấu chỗ cần sửa"), `${given.bank}-can-sua.xlsx`);
  await page.setViewportSize(PHONE);
  await looked(page, "banks-4-errors-phone");
  await page.setViewportSize(DESKTOP);
  await other(page);

  await page.getByLabel("Mã ngân hàng").fill(given.bank);
  await choose(page, "an-toan.docx");
  await page.getByText("24 câu có thể nhập", { exact: false }).waitFor();
  // Left and found again.
  await page.goto(`${given.base}/desk/#/banks`);
  await page.getByRole("table").waitFor();
  await page.goto(`${given.base}/desk/#/bank-import`);
  await page.getByText("đọc theo định dạng Word.", { exact: false }).waitFor();
  await page.locator(".previewed .option").nth(1).click();
  await looked(page, "banks-5-sound");
  await page.setViewportSize(PHONE);
  await looked(page, "banks-5-sound-phone");
  await page.setViewportSize(DESKTOP);
  await page.getByRole("button", { name: "Nhập 24 câu thành phiên bản mới" }).click();
  await page.getByText("Hãy nhờ một người khác", { exact: false }).waitFor();
  await looked(page, "banks-6-kept");
  await other(page);
  await page.getByLabel("Nhập vào").selectOption(given.bank);
  await imported(page, drop, "an-toan.gift", "GIFT");
  await other(page);
  // The same questions in another format are the version there is.
  await page.getByLabel("Nhập vào").selectOption(given.bank);
  await imported(page, choose, "an-toan.xml", "Moodle XML");
  await page.getByText("phiên bản 2", { exact: false }).first().waitFor();
  await page.getByRole("link", { name: "Xem phiên bản vừa nhập" }).click();
  await page.getByText("Phiên bản này do bạn nhập hoặc sửa.", { exact: false }).waitFor();
  assert.equal(await page.getByRole("button", { name: /^Duyệt phiên bản/ }).count(), 0, "nobody approves the own version");

  await section(page, "Phạm vi và xuất tệp");
  await page.getByRole("region", { name: "Chủ đề và mức độ" }).waitFor();
  await looked(page, "banks-7-covers");
  for (const [name, end] of [["Excel", "xlsx"], ["Word", "docx"], ["GIFT", "gift.txt"], ["Moodle XML", "xml"], ["Aiken", "aiken.txt"], ["Văn bản", "txt"]])
    assert.equal(await saved(page, name), `${given.bank}-2.${end}`);
  await section(page, "Câu hỏi");
  await page.getByLabel("Tìm").fill(given.words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").slice(0, 60));
  await page.getByText("1 trên tổng số 1 dòng", { exact: false }).waitFor();
  await page.locator("td details summary").first().click();
  await looked(page, "banks-8-questions");
  await page.getByText("Thêm hình", { exact: true }).first().click();
  await page.getByLabel("Tệp hình").setInputFiles(join(given.folder, "khong-phai.xlsx"));
  await page.getByLabel("Mô tả hình").fill("Biển báo nền đỏ");
  await page.getByRole("button", { name: "Gắn vào câu hỏi" }).click();
  await page.getByText("Tệp này không phải hình PNG", { exact: false }).waitFor();
  await page.getByLabel("Tệp hình").setInputFiles(join(given.folder, "bien-bao.png"));
  await page.getByRole("button", { name: "Gắn vào câu hỏi" }).click();
  await page.getByText("1 câu đổi hình, chưa lưu.").waitFor();
  await page.getByRole("img", { name: "Biển báo nền đỏ" }).waitFor();
  await looked(page, "banks-8-picture");
  await page.getByRole("button", { name: "Lưu thành phiên bản mới" }).click();
  await page.getByText("phiên bản 3", { exact: false }).first().waitFor();
  await section(page, "Câu hỏi");
  await page.getByLabel("Mức độ").selectOption("hard");
  await page.getByRole("cell", { name: "Khó" }).first().waitFor();
  await page.setViewportSize(PHONE);
  await looked(page, "banks-8-questions-phone");
  return page;
}

async function review() {
  const page = await tab(await device({ viewport: DESKTOP }), `desk/#/banks/${given.bank}`);
  await signIn(page, given.reviewer);
  await page.getByText("Chờ duyệt", { exact: true }).first().waitFor();
  await section(page, "Thay đổi và duyệt");
  await page.getByRole("button", { name: "Duyệt phiên bản 3" }).waitFor();
  await page.getByText("Trước đó chưa có phiên bản nào được duyệt", { exact: false }).waitFor();
  await page.getByLabel("So với").selectOption("1");
  await page.getByText("So với phiên bản 1:", { exact: false }).waitFor();
  const first = page.getByRole("row", { name: new RegExp(given.question) });
  await first.waitFor();
  const keys = new RegExp(`Đáp án đúng.*Trước: ${given.before}.*Sau: ${given.after}`, "is");
  assert.match(await first.textContent(), keys);
  await looked(page, "banks-9-differences");
  await page.setViewportSize(PHONE);
  await looked(page, "banks-9-differences-phone");
  await page.setViewportSize(DESKTOP);
  await page.getByRole("button", { name: "Duyệt phiên bản 3" }).click();
  await page.getByRole("dialog").getByLabel("Ghi chú (không bắt buộc)").fill("Đã đối chiếu nguồn");
  await looked(page, "banks-10-approve");
  await page.getByRole("dialog").getByRole("button", { name: "Duyệt", exact: true }).click();
  await page.getByText("Đã duyệt", { exact: true }).first().waitFor();
  await section(page, "Lịch sử");
  await page.getByText("Duyệt ngân hàng câu hỏi").waitFor();
  await looked(page, "banks-11-history");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { name: "Versions" }).waitFor();
  await looked(page, "banks-12-history-english");
}

await scenario(async () => {
  await organise();
  await review();
  return {};
});
