// On the own device a session outlives the browser, out of reach of scripts; signing out ends it in all tabs.
import assert from "node:assert/strict";
import { given, kept, opened, scenario, signIn, tab } from "./stage.mjs";

await scenario(async () => {
  let context = await opened(given.folder);
  const page = await tab(context, "#/sign-in/me");
  await signIn(page);
  await page.getByRole("button", { name: "Đăng xuất" }).waitFor();
  const { cookies, storage } = await kept(context, page);
  const session = cookies["hoithi-session"];
  assert.deepEqual([session.httpOnly, session.sameSite, session.path], [true, "Strict", "/api/registration/session"]);
  assert.ok(session.expires > Date.now() / 1000 + 29 * 86400, "it outlives the browser");
  assert.ok(!storage.includes(session.value.split(".")[1]), "scripts cannot read it");
  assert.ok(!storage.includes("eyJ"), "no access token is kept");
  await context.close();

  context = await opened(given.folder);
  const again = await tab(context);
  await again.locator("header").getByRole("link", { name: "Lò Văn Páo" }).click();
  await again.getByText("Các lượt thi của tôi").waitFor();
  const other = await tab(context, "#/me");
  await other.getByRole("button", { name: "Đăng xuất" }).waitFor();

  // Signed out without network: at once here, at the server when it is back.
  await context.setOffline(true);
  await other.getByRole("button", { name: "Đăng xuất" }).click();
  for (const each of [again, other]) await each.locator("header").getByRole("link", { name: "Đăng nhập" }).waitFor();
  await context.setOffline(false);
  const ended = other.waitForResponse(/session\/sign-out$/);
  await other.reload();
  assert.equal((await ended).status(), 204);
  const left = await kept(context, other);
  assert.deepEqual(left.cookies, {});
  assert.ok(!left.storage.includes("Lò Văn Páo"));
  await context.close();
});
