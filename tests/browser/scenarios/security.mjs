// Switching the second factor on, signing in with it, with a recovery code, and looking where the account is signed in.
import { DESKTOP, counted, device, given, looked, scenario, signIn, tab } from "./stage.mjs";
import { codeOf } from "./totp.mjs";

await scenario(async () => {
  const page = await tab(await device(), "#/security");
  await signIn(page);
  await page.getByRole("heading", { name: "Bảo mật tài khoản" }).waitFor();
  await page.getByText("thiết bị này").waitFor();
  await looked(page, "security-1-off");

  await page.getByLabel("Mật khẩu", { exact: true }).fill("không phải mật khẩu này");
  await page.getByRole("button", { name: "Bắt đầu bật" }).click();
  await page.locator(".wrong").waitFor();
  await page.getByLabel("Mật khẩu", { exact: true }).fill(given.account.password);
  await page.getByRole("button", { name: "Bắt đầu bật" }).click();
  await page.locator("svg.qr").waitFor();
  await looked(page, "security-2-scan");

  const secret = (await page.locator("code.secret").textContent()).replaceAll(" ", "");
  await page.getByLabel("Mã xác thực").fill(codeOf(secret));
  await page.getByRole("button", { name: "Xác nhận và bật" }).click();
  await page.getByText("Còn 10 mã dự phòng").waitFor();
  const codes = await page.locator(".codes code").allTextContents();
  await page.locator(".places li").nth(1).waitFor({ state: "detached" }); // the newcomer's first session has ended
  await looked(page, "security-3-on");

  // Elsewhere the password alone is not enough any more.
  const other = await tab(await device({ viewport: DESKTOP }), "#/sign-in/security");
  await signIn(other);
  await other.getByLabel("Mã xác thực").waitFor();
  await looked(other, "security-4-code-needed");
  await other.getByLabel("Mã xác thực").fill("abcdef");
  await other.locator("main").getByRole("button", { name: "Đăng nhập" }).click();
  await other.locator(".wrong", { hasText: "chưa đúng" }).waitFor();
  await other.getByLabel("Mã xác thực").fill(codes[0]);
  await other.locator("main").getByRole("button", { name: "Đăng nhập" }).click();
  await other.getByText("Còn 9 mã dự phòng").waitFor();
  await counted(other.locator(".places li"), 2);
  await looked(other, "security-5-places");
  await other.getByRole("button", { name: /^Đăng xuất thiết bị/ }).click();
  await other.locator(".places li").nth(1).waitFor({ state: "detached" });
  await other.locator(".places li").first().waitFor(); // the list is empty while it is asked for
  const places = await other.locator(".places li").count();

  await other.getByLabel("Mã xác thực, để tắt").fill(codes[1]);
  await other.getByRole("button", { name: "Tắt xác thực hai bước" }).click();
  await other.getByRole("button", { name: "Bắt đầu bật" }).waitFor();
  return { recovery_codes: codes.length, places };
});
