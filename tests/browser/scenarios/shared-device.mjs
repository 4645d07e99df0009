// On a shared device a session ends with the browser, and after a time without use: told before, prolonged with one touch.
import assert from "node:assert/strict";
import { given, kept, looked, opened, scenario, signIn, tab } from "./stage.mjs";

const SHARED = "Đây là máy dùng chung hoặc máy của người khác";

await scenario(async () => {
  let context = await opened(given.folder);
  let page = await tab(context, "#/sign-in/me");
  await page.getByLabel(SHARED).check();
  await looked(page, "shared-1-sign-in");
  await signIn(page);
  await page.getByRole("button", { name: "Đăng xuất" }).waitFor();
  const other = await tab(context, "#/me");
  await other.getByText("Lò Văn Páo").first().waitFor();
  await context.close();

  context = await opened(given.folder);
  await context.clock.install();
  page = await tab(context);
  await page.locator("header").getByRole("link", { name: "Đăng nhập" }).waitFor();
  const { cookies, storage } = await kept(context, page);
  assert.deepEqual(cookies, {}, "the session ended with the browser");
  assert.ok(!storage.includes("Lò Văn Páo"));

  await page.goto(`${given.base}/#/sign-in/me`);
  await page.getByLabel(SHARED).check();
  await page.evaluate(() => localStorage.removeItem("hoithi.touched"));
  await signIn(page);
  await page.getByRole("button", { name: "Đăng xuất" }).waitFor();
  await page.waitForFunction(() => localStorage.getItem("hoithi.touched") !== null); // what watches the time is loaded
  await context.clock.fastForward("28:30");
  await page.getByText("Đã lâu không ai chạm vào máy").waitFor();
  await looked(page, "shared-2-warned");
  await page.getByRole("button", { name: "Tiếp tục dùng" }).click();
  await page.getByText("Đã lâu không ai chạm vào máy").waitFor({ state: "hidden" });
  await page.evaluate(() => (globalThis.memory = "of this session"));
  await context.clock.fastForward("31:00");
  // The page begins anew, so that nothing is left in its memory either.
  await page.waitForFunction(() => globalThis.memory === undefined);
  await page.locator("header").getByRole("link", { name: "Đăng nhập" }).waitFor();
  await page.waitForFunction(() => localStorage.getItem("hoithi.sign-out-owed") === null);
  assert.deepEqual((await kept(context, page)).cookies, {});
  await context.close();
});
