// Two tabs whose access tokens end in the same moment: both get new ones, the session lives on. With and without locks.
import assert from "node:assert/strict";
import { device, given, scenario, signIn, tab } from "./stage.mjs";

const REFRESH = /\/api\/registration\/session\/refresh$/;

await scenario(async () => {
  const asked = { locks: await play(true), "no locks": await play(false) };
  return asked;
});

async function play(locks) {
  const context = await device();
  if (!locks) await context.addInitScript(() => Object.defineProperty(navigator, "locks", { value: undefined }));
  await context.clock.install();
  const statuses = [];
  context.on("response", (response) => REFRESH.test(response.url()) && statuses.push(response.status()));
  const first = await tab(context, "#/sign-in/me");
  await signIn(first);
  await first.getByText("Các lượt thi của tôi").waitFor();
  const second = await tab(context, "#/me");
  await second.getByText("Các lượt thi của tôi").waitFor();
  for (let round = 0; round < 3; round += 1) {
    await context.clock.fastForward("10:00");
    await Promise.all([first, second].map(again));
  }
  assert.ok(statuses.length >= 6, `${statuses}`);
  assert.deepEqual([...new Set(statuses)], [200]);

  await first.getByRole("button", { name: "Đăng xuất" }).click();
  await second.locator("header").getByRole("link", { name: "Đăng nhập" }).waitFor();
  await context.close();
  return statuses.length;
}

/** Away from the account and back: it asks for the attempts with a token. */
async function again(page) {
  await page.evaluate(() => (location.hash = "#/verify"));
  await page.getByText("Quét mã QR trên biên nhận").waitFor();
  await page.evaluate(() => (location.hash = "#/me"));
  await page.getByText("Các lượt thi của tôi").waitFor();
  await page.getByText("Bạn chưa có lượt thi nào trong vòng này.").first().waitFor();
}
