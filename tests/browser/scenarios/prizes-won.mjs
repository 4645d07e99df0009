// After the round: a winner of a pool is refused, the next verified, a unit verified; results become official; the winner's page.
import { DESKTOP, PHONE, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

const round = `${given.contest}-w1`;

await scenario(async () => {
  const page = await tab(await device({ viewport: DESKTOP }), `desk/#/results/${round}/prizes`);
  await signIn(page);
  const dialog = page.getByRole("dialog");
  const confirm = async (name, reason) => {
    if (reason) await dialog.getByLabel("Lý do").fill(reason);
    await dialog.getByRole("button", { name, exact: true }).click();
    await dialog.waitFor({ state: "detached" });
  };
  const unit = page.locator("tbody tr", { hasText: "Xã Lũng Cú" }).first();
  await unit.getByRole("button", { name: "Xác minh" }).click();
  await confirm("Xác minh");
  await unit.getByText("Đã xác minh").waitFor();
  await looked(page, "prizes-won-1-round");

  await page.getByRole("link", { name: given.pool }).click();
  await page.getByRole("heading", { name: given.pool }).waitFor();
  const list = (name) => page.locator("section", { has: page.getByRole("heading", { name, exact: true }) });
  const first = list("Dự kiến đạt giải").locator("tbody tr").first();
  await first.getByRole("button", { name: "Không trao giải" }).click();
  await confirm("Không trao giải", "Thành viên Ban Tổ chức");
  await list("Không trao giải").locator("tbody tr").first().waitFor();
  await first.getByText("Chưa xác minh").waitFor();
  await first.getByRole("button", { name: "Xác minh" }).click();
  await confirm("Xác minh");
  await first.getByText("Đã xác minh").waitFor();
  await looked(page, "prizes-won-2-pool");

  await page.goto(`${given.base}/desk/#/results/${round}/overview`);
  await page.getByRole("button", { name: "Công bố chính thức" }).click();
  await confirm("Công bố chính thức");
  await page.getByText("Kết quả chính thức được công bố lúc", { exact: false }).waitFor();
  await page.goto(`${given.base}/desk/#/prizes/${given.contest}/xa/${round}`);
  await page.getByRole("button", { name: "Tải giấy chứng nhận (PDF)" }).waitFor();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Tải giấy chứng nhận (PDF)" }).click();
  const certificate = (await saved).suggestedFilename();

  const phone = await tab(await device({ viewport: PHONE }), `#/rounds/${round}`);
  await phone.getByRole("heading", { name: "Tập thể đạt giải" }).waitFor();
  await looked(phone, "prizes-won-3-results");
  await phone.getByRole("link", { name: given.pool }).click();
  await phone.getByRole("heading", { name: given.pool }).waitFor();
  await phone.locator(".card tbody tr").first().waitFor();
  await looked(phone, "prizes-won-4-unit");

  await phone.goto(`${given.base}/#/own/${round}`);
  await signIn(phone, given.people[1]);
  await phone.getByRole("heading", { name: "Giải của đơn vị bạn" }).waitFor();
  await looked(phone, "prizes-won-5-own");
  await phone.goto(`${given.base}/#/contests/${given.contest}`);
  await phone.getByText("Tài trợ", { exact: false }).or(phone.getByText("Đơn vị tài trợ", { exact: false })).first().waitFor();
  await looked(phone, "prizes-won-6-contest");
  return { certificate };
});
