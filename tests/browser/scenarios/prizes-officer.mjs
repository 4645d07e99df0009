// An officer of a commune, whom the organiser lets run pools: defines one, later verifies its winners, sees nothing of other units.
import assert from "node:assert/strict";
import { DESKTOP, PHONE, ask, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

const TITLE = "Giải của xã Lũng Cú";

await scenario(async () => {
  const page = await tab(await device({ viewport: DESKTOP }), `desk/#/prizes/${given.contest}`);
  await signIn(page);
  await page.getByText("Bạn có thể tổ chức giải cho đơn vị mình phụ trách", { exact: false }).waitFor();
  const menu = page.getByRole("navigation", { name: "Danh mục" });
  assert.equal(await menu.getByRole("link", { name: "Kết quả" }).count(), 0);
  assert.equal(await page.getByLabel("Cán bộ đầu mối được tự tổ chức giải cho đơn vị mình").count(), 0);
  await page.getByText("Cuộc thi không có giải tập thể.").waitFor();
  const others = page.locator("tbody tr", { hasText: given.pool });
  await others.getByText("Chưa ấn định").waitFor();
  assert.equal(await others.getByRole("link").count() + (await others.getByRole("button").count()), 0);
  await looked(page, "prizes-officer-1-begin");

  const form = page.getByRole("form", { name: "Thêm giải của đơn vị" });
  const begin = () => page.getByRole("button", { name: "Thêm giải của đơn vị" }).click();
  const unit = form.getByRole("combobox", { name: "Đơn vị", exact: true });
  await begin();
  assert.equal(await unit.inputValue(), "Xã Lũng Cú", "it begins with the own unit");
  await form.getByLabel("Tên giải").fill(TITLE);
  await form.getByRole("button", { name: "Bỏ giải 3" }).click();
  await looked(page, "prizes-officer-2-pool");
  await form.getByRole("button", { name: "Lưu" }).click();
  await page.getByRole("link", { name: TITLE }).waitFor();

  await begin();
  await unit.fill("dong van");
  await form.getByRole("option", { name: given.other }).first().click();
  await form.getByLabel("Tên giải").fill("Giải của nơi khác");
  await form.getByRole("button", { name: "Lưu" }).click();
  await page.getByText("Chỉ Ban Tổ chức, hoặc cán bộ đầu mối của đơn vị", { exact: false }).waitFor();
  await looked(page, "prizes-officer-3-elsewhere");
  await form.getByRole("button", { name: "Thôi" }).click();

  await ask("played");
  await page.getByRole("link", { name: TITLE }).click();
  await page.getByRole("heading", { level: 1, name: TITLE }).waitFor();
  const dialog = page.getByRole("dialog");
  const list = (name) => page.locator("section", { has: page.getByRole("heading", { name, exact: true }) });
  const rows = list("Dự kiến đạt giải").locator("tbody tr");
  const decide = async (row, name, reason) => {
    await row.getByRole("button", { name, exact: true }).click();
    if (reason) await dialog.getByLabel("Lý do").fill(reason);
    await dialog.getByRole("button", { name, exact: true }).click();
    await dialog.waitFor({ state: "detached" });
  };
  await rows.nth(2).waitFor();
  await decide(rows.first(), "Không trao giải", "Thành viên Ban Tổ chức");
  await list("Không trao giải").getByText("Thành viên Ban Tổ chức").waitFor();
  const unverified = rows.filter({ hasText: "Chưa xác minh" });
  await unverified.nth(2).waitFor();
  for (const left of [2, 1, 0]) {
    await decide(unverified.first(), "Xác minh");
    await page.getByText(`Người đạt giải chưa xác minh: ${left} trên 3`).waitFor();
  }
  assert.equal(await page.locator("main").getByText(given.other, { exact: false }).count(), 0, "only people of the own unit");
  await looked(page, "prizes-officer-4-winners");

  const token = await page.evaluate(async (account) => {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch("/api/registration/sign-in", { method: "POST", headers, body: JSON.stringify(account) });
    return (await answer.json()).access_token;
  }, given.account);
  const pools = `${given.base}/api/scoring/contests/${given.contest}/pools/xa-ban`;
  const statusOf = async (path, body) => {
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    return (await fetch(`${pools}/${path}`, body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers })).status;
  };
  const statuses = [
    await statusOf(`candidates?round_id=${given.round}`),
    await statusOf(`certificates.pdf?round_id=${given.round}`),
    await statusOf("candidates/nobody/check", { outcome: "verified", round_id: given.round }),
  ];
  await page.goto(`${given.base}/desk/#/prizes/${given.contest}/xa-ban`);
  await page.getByText("Giải này do đơn vị khác tổ chức", { exact: false }).waitFor();
  await looked(page, "prizes-officer-5-not-yours");

  await ask("official");
  await page.setViewportSize(PHONE);
  await page.goto(`${given.base}/desk/#/prizes/${given.contest}`);
  await page.getByRole("link", { name: TITLE }).click();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Tải giấy chứng nhận (PDF)" }).click();
  const certificates = (await saved).suggestedFilename();
  await looked(page, "prizes-officer-6-phone");
  return { statuses, certificates };
});
