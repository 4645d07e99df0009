// Somebody forgot the password and has an e-mail address: the page says the same for every account.
import { DESKTOP, device, given, looked, scenario, tab } from "./stage.mjs";

await scenario(async () => {
  const page = await tab(await device(), "#/sign-in");
  await page.getByRole("link", { name: "Quên mật khẩu" }).click();
  await page.getByRole("heading", { name: "Quên mật khẩu" }).waitFor();
  await looked(page, "forgotten-1");
  for (const identifier of ["khong-co-ai@example.org", given.identifier]) {
    await page.goto(`${given.base}/#/sign-in`);
    await page.getByRole("link", { name: "Quên mật khẩu" }).click();
    await page.getByLabel("Số điện thoại hoặc thư điện tử").fill(identifier);
    await page.getByRole("button", { name: "Gửi liên kết" }).click();
    await page.getByText("Nếu tài khoản này có thư điện tử", { exact: false }).waitFor();
  }
  await page.setViewportSize(DESKTOP);
  await looked(page, "forgotten-2-asked");
  return {};
});
