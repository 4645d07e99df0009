// A token that was asked for before somebody left comes back late: nobody is signed in again, no cookie stays.
import assert from "node:assert/strict";
import { counted, device, given, kept, scenario, signIn, tab } from "./stage.mjs";

await scenario(async () => {
  const context = await device();
  const page = await tab(context, "#/me");
  await signIn(page);
  await page.getByRole("button", { name: "Đăng xuất" }).waitFor();

  let open;
  const gate = new Promise((resolve) => (open = resolve));
  await context.route("**/api/registration/session/refresh", async (route) => {
    const response = await route.fetch();
    await gate;
    await route.fulfill({ response });
  });
  const asked = page.waitForRequest("**/api/registration/session/refresh");
  await page.reload();
  await asked;
  await page.getByRole("button", { name: "Đăng xuất" }).click();
  await page.locator("header").getByRole("link", { name: "Đăng nhập" }).waitFor();
  open();
  await page.waitForFunction(() => localStorage.getItem("hoithi.sign-out-owed") === null);
  const { cookies, storage } = await kept(context, page);
  assert.deepEqual(cookies, {}, "the renewal's cookie went with the session");
  assert.ok(!storage.includes(given.account.identifier), "nobody is here");
  await counted(page.locator("header").getByRole("link", { name: "Đăng nhập" }), 1);
});
