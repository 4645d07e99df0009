// People with rights at the desk: an invitation is sent and withdrawn, a role given at once and taken away with a reason; the log
// tells all of it by names.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DESKTOP, PHONE, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

await scenario(async () => {
  const page = await tab(await device({ viewport: DESKTOP, acceptDownloads: true }), "desk/#/people");
  await signIn(page);
  const main = page.locator("main");
  const dialog = page.getByRole("dialog");
  const section = (name) => page.locator(".tabs").getByRole("link", { name }).click();
  await page.locator("tbody tr").first().waitFor();
  await looked(page, "people-1-holders");

  await section("Giao quyền");
  await page.getByRole("combobox", { name: "Đơn vị", exact: true }).fill("dong van");
  await page.getByRole("listbox").getByRole("option").first().click();
  await page.getByLabel("Thư điện tử").fill("khong phai dia chi");
  await main.getByRole("button", { name: "Gửi thư mời" }).click();
  await page.locator(".errors").waitFor();
  await looked(page, "people-2-wrong");
  await page.getByLabel("Thư điện tử").fill(given.invited);
  await page.getByLabel("Lý do").fill("Công văn số 5/CV-UBND");
  await main.getByRole("button", { name: "Gửi thư mời" }).click();
  await page.getByText(`Đã gửi thư mời đến ${given.invited}`, { exact: false }).waitFor();
  await looked(page, "people-3-sent");

  // At once, to an account: a commune's officer has a phone number and no e-mail address.
  await page.getByLabel("Giao ngay cho tài khoản", { exact: false }).check();
  await page.getByLabel("Số điện thoại hoặc thư điện tử của tài khoản").fill(given.officer);
  await main.getByRole("button", { name: "Giao quyền ngay" }).click();
  await page.getByText(`${given.holder} nay là`, { exact: false }).waitFor();

  await section("Lời mời");
  const invitation = page.locator("tbody tr", { hasText: given.invited });
  await invitation.getByText("Đang chờ").waitFor();
  await looked(page, "people-4-invitations");
  await invitation.getByRole("button", { name: "Thu hồi" }).click();
  await dialog.getByLabel("Lý do").fill("Nhầm địa chỉ");
  await looked(page, "people-5-withdraw");
  await dialog.getByRole("button", { name: "Thu hồi lời mời" }).click();
  await page.locator("tbody tr").getByText("Đã thu hồi").first().waitFor();

  await section("Đang có quyền");
  await page.getByLabel("Tìm").fill(given.holder);
  const holder = page.locator("tbody tr", { hasText: given.holder });
  await holder.getByText("Chưa bật").waitFor();
  await holder.getByRole("button", { name: "Thu hồi" }).click();
  await dialog.getByLabel("Lý do").fill("Chuyển công tác");
  await looked(page, "people-6-take");
  await dialog.getByRole("button", { name: "Thu hồi", exact: true }).click();
  await page.getByText(`Đã thu hồi: ${given.holder}`, { exact: false }).waitFor();
  await page.setViewportSize(PHONE);
  await looked(page, "people-7-phone");
  await page.setViewportSize(DESKTOP);

  // The log: found by what and who, people by their names.
  await page.goto(`${given.base}/desk/#/audit`);
  await page.getByLabel("Nhật ký về").selectOption("registration");
  const filter = (name) => page.locator(".tools label", { hasText: name }).locator("select");
  await filter(/^Việc/).selectOption("role-taken");
  await filter(/^Người thực hiện/).selectOption({ label: given.organiser });
  const entry = page.locator("tbody tr", { hasText: "Chuyển công tác" });
  await entry.getByText(given.organiser).waitFor();
  await entry.getByText(given.holder).waitFor();
  await entry.locator("summary").click();
  await entry.getByText("Cán bộ đầu mối của đơn vị", { exact: false }).waitFor();
  await looked(page, "people-8-audit");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Tải tệp CSV" }).click()]);
  const file = readFileSync(await download.path(), "utf8");
  assert.match(file, /"by","by_name"/);
  assert.ok(file.includes(`"${given.organiser}"`) && file.includes(`"${given.holder}"`));
  const [whole] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Tải toàn bộ nhật ký" }).click()]);
  const log = readFileSync(await whole.path(), "utf8").replace("\uFEFF", "").trim().split("\r\n");
  assert.match(log[0], /^"Lúc","Nhật ký về","Người thực hiện","Vai trò/);
  const [taken] = log.filter((line) => line.includes('"Chuyển công tác"'));
  assert.ok(taken.includes(`"${given.organiser}"`) && taken.includes(`"${given.holder}"`) && taken.includes("Cán bộ đầu mối"));
  const instants = log.slice(1).map((line) => line.match(/"(\d{4}-\d\d-\d\dT[^"]*Z)"/)[1]);
  assert.deepEqual(instants, [...instants].sort());
  await looked(page, "people-9-whole-log");
  await page.getByLabel("Từ ngày").fill("2020-01-01");
  await page.getByLabel("Đến hết ngày").fill("2020-12-31");
  await page.getByText("Không có dòng nào khớp.").waitFor();
  return { lines: file.trim().split("\r\n").length };
});
