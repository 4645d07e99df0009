// The link of the letter, once; then a code that an officer hands out at the desk, for somebody without an e-mail address.
import { DESKTOP, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

const NEW = "mùa hoa tam giác mạch";

/** Signed in with the new password, on the page of the account. */
async function entered(page, identifier) {
  await page.getByRole("link", { name: "Đăng nhập" }).last().click();
  await signIn(page, { identifier, password: NEW });
  await page.locator("main").getByRole("button", { name: "Đăng nhập" }).waitFor({ state: "detached" });
}

await scenario(async () => {
  const page = await tab(await device(), `#/new-password/${given.token}`);
  const main = page.locator("main");
  await page.getByLabel("Mật khẩu mới").fill(NEW);
  await looked(page, "new-password-1");
  await main.getByRole("button", { name: "Đặt mật khẩu" }).click();
  await page.getByText("Đã đặt mật khẩu mới.", { exact: false }).waitFor();
  await looked(page, "new-password-2-done");
  await entered(page, given.identifier);
  const again = await tab(await device(), `#/new-password/${given.token}`);
  await again.getByLabel("Mật khẩu mới").fill(NEW);
  await again.locator("main").getByRole("button", { name: "Đặt mật khẩu" }).click();
  await again.getByText("không còn dùng được", { exact: false }).waitFor();
  await looked(again, "new-password-3-used");

  const desk = await tab(await device({ viewport: DESKTOP }), "desk/#/passwords");
  await signIn(desk, given.officer);
  await desk.getByLabel("Số điện thoại của tài khoản").fill("0987 000 001");
  await desk.getByLabel("Bạn kiểm tra đúng người", { exact: false }).fill("Gặp trực tiếp ở trụ sở xã");
  await desk.getByRole("button", { name: "Cấp mã" }).click();
  await desk.getByText("Không có tài khoản này ở đơn vị bạn phụ trách.", { exact: false }).first().waitFor();
  await looked(desk, "new-password-4-nobody");
  await desk.getByLabel("Số điện thoại của tài khoản").fill(given.phone);
  await desk.getByRole("button", { name: "Cấp mã" }).click();
  const code = await desk.locator(".handed-code code").textContent();
  await looked(desk, "new-password-5-code");

  const villager = await tab(await device(), "#/forgotten/code");
  await villager.getByLabel("Số điện thoại hoặc thư điện tử").fill(given.phone);
  await villager.getByLabel("Mã được cấp").fill(code.toUpperCase());
  await villager.getByLabel("Mật khẩu mới").fill(NEW);
  await looked(villager, "new-password-6-by-code");
  await villager.locator("main").getByRole("button", { name: "Đặt mật khẩu" }).click();
  await villager.getByText("Đã đặt mật khẩu mới.", { exact: false }).waitFor();
  await entered(villager, given.phone);
  return {};
});
