// The own certificate is fetched, and checked by somebody else: genuine, mistyped, and of a person who was forgotten.
import assert from "node:assert/strict";
import { join } from "node:path";
import { DESKTOP, ask, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

await scenario(async () => {
  const own = await tab(await device(), "#/me");
  await signIn(own);
  await own.getByRole("button", { name: "Đăng xuất" }).waitFor();
  await own.goto(`${given.base}/#/rounds/${given.round}`);
  const get = own.getByRole("button", { name: "Tải giấy chứng nhận (PDF)" });
  await get.waitFor();
  await looked(own, "certificate-1-own");
  const [file] = await Promise.all([own.waitForEvent("download"), get.click()]);
  const saved = join(given.pictures, "certificate.pdf");
  await file.saveAs(saved);
  assert.equal(file.suggestedFilename(), `giay-chung-nhan-${given.round}.pdf`);

  const stranger = await tab(await device({ viewport: DESKTOP }), `#/certificate/${given.code}`);
  await stranger.getByRole("heading", { name: "Giấy chứng nhận có giá trị" }).waitFor();
  await stranger.getByText("Lò Văn Páo").waitFor();
  await looked(stranger, "certificate-2-valid");
  const field = stranger.getByLabel("Số giấy chứng nhận");
  await field.fill("0000-0000-0000");
  await stranger.getByRole("button", { name: "Kiểm tra", exact: true }).click();
  await stranger.getByRole("alert").getByText("Không có giấy chứng nhận nào mang số này").waitFor();
  await looked(stranger, "certificate-3-unknown");
  await field.fill(given.code.toLowerCase().replaceAll("-", " "));
  await field.press("Enter");
  await stranger.getByRole("heading", { name: "Giấy chứng nhận có giá trị" }).waitFor();

  await ask("erase");
  const phone = await tab(await device(), `#/certificate/${given.code}`);
  await phone.getByRole("heading", { name: "Giấy chứng nhận này đã được cấp" }).waitFor();
  assert.equal(await phone.getByText("Lò Văn Páo").count(), 0);
  await looked(phone, "certificate-4-erased");
  await phone.goto(`${given.base}/#/certificate`);
  await phone.getByText("12 chữ và số").waitFor();
  await looked(phone, "certificate-5-empty");
  return { saved };
});
