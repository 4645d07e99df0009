// The link of an invitation's letter: what is offered, signing in, taking it; a link that leads nowhere.
import { device, given, looked, scenario, signIn, tab } from "./stage.mjs";

await scenario(async () => {
  const page = await tab(await device(), `#/invitation/${given.token}`);
  await page.getByText("cán bộ đầu mối của đơn vị").waitFor();
  await looked(page, "invitation-1-stranger");
  await page.locator("main").getByRole("link", { name: "Đăng nhập" }).click();
  await signIn(page);
  await page.getByRole("button", { name: "Nhận lời mời" }).waitFor();
  await looked(page, "invitation-2-offer");
  await page.getByRole("button", { name: "Nhận lời mời" }).click();
  await page.getByText("Đã nhận").waitFor();
  await looked(page, "invitation-3-taken");
  await page.reload();
  await page.getByText("không còn hiệu lực").waitFor();
  await looked(page, "invitation-4-used");
  return {};
});
