// Somebody without a role at the desk.
import { DESKTOP, device, looked, scenario, signIn, tab } from "./stage.mjs";

await scenario(async () => {
  const page = await tab(await device({ viewport: DESKTOP }), "desk/");
  await signIn(page);
  await page.getByRole("heading", { name: "Tài khoản này chưa được giao việc ở đây" }).waitFor();
  await looked(page, "desk-stranger");
  return {};
});
