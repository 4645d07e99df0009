// A running round: the board renews itself, more time for everybody, an emergency halt and its end, as both sides see it.
import assert from "node:assert/strict";
import { DESKTOP, PHONE, choose, device, given, looked, saved, scenario, signIn, startPaper, tab } from "./stage.mjs";

const figure = (page, name, value) =>
  page
    .locator(".figures > div", { hasText: name })
    .locator("dd", { hasText: new RegExp(`^${value}`) })
    .waitFor();
const minutesLeft = async (page) => Number((await page.locator(".bar .time b").textContent()).split(":")[0]);

await scenario(async () => {
  const desk = await tab(await device({ viewport: DESKTOP }), `desk/#/rounds/${given.round}`);
  await signIn(desk);
  await figure(desk, "Đang làm bài", 1);
  await looked(desk, "desk-round-1-board");

  // Somebody else comes in: the board shows it without being asked.
  const phone = await tab(await device(), `#/sign-in/start/${given.round}`);
  await startPaper(phone, given.participant);
  assert.ok((await minutesLeft(phone)) < 15, "the close cuts the paper's time");
  await figure(desk, "Đang làm bài", 2);

  await desk.getByRole("button", { name: "Kéo dài vòng thi" }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("Lý do").fill("Mất điện diện rộng");
  await looked(desk, "desk-round-2-extend");
  await dialog.getByRole("button", { name: "Kéo dài vòng thi" }).click();
  await dialog.waitFor({ state: "detached" });
  await desk.getByText("được kéo dài đến", { exact: false }).waitFor();
  await choose(phone, 0);
  await saved(phone);
  assert.ok((await minutesLeft(phone)) >= 17, "with the next save the participant has the whole time");
  const other = await tab(await device(), `#/sign-in/start/${given.round}`);
  await signIn(other, given.participant);
  await other.getByText("Thông báo kéo dài vòng thi").waitFor();

  await desk.getByRole("button", { name: "Tạm dừng khẩn cấp" }).click();
  await dialog.getByLabel("Lý do").fill("Nghi lộ đề");
  await looked(desk, "desk-round-3-halt");
  await dialog.getByRole("button", { name: "Tạm dừng khẩn cấp" }).click();
  await desk.getByText("Vòng thi tạm dừng từ", { exact: false }).waitFor();
  await looked(desk, "desk-round-4-halted");
  await other.waitForTimeout(1200); // a process may remember the running round for a second
  await choose(phone, 1);
  await phone.locator(".saved", { hasText: "Đã giữ trên máy" }).waitFor();
  await other.reload();
  await other.getByText("Vòng thi đang tạm dừng").waitFor();
  await looked(other, "desk-round-5-participant-halted");

  await desk.getByRole("button", { name: "Tiếp tục vòng thi" }).click();
  await looked(desk, "desk-round-6-resume");
  await dialog.getByRole("button", { name: "Tiếp tục vòng thi" }).click();
  await desk.getByRole("button", { name: "Tạm dừng khẩn cấp" }).waitFor();
  await saved(phone); // by itself, when its next try comes
  await desk.getByText("Diễn biến theo phút").waitFor({ timeout: 250_000 });
  await desk.getByRole("heading", { name: "Theo đơn vị" }).scrollIntoViewIfNeeded();
  await looked(desk, "desk-round-7-charts");
  await desk.setViewportSize(PHONE);
  await looked(desk, "desk-round-8-phone");
  return { begun: 3 };
});
