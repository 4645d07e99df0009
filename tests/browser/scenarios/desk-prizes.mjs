// Before a round opens: officers are let in, a party committee gets a pool, communes get prizes; one pool is withdrawn again.
import { DESKTOP, PHONE, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

await scenario(async () => {
  const page = await tab(await device({ viewport: DESKTOP }), `desk/#/prizes/${given.contest}`);
  await signIn(page);
  await page.getByRole("heading", { name: "Giải của đơn vị" }).waitFor();
  await page.getByText("Chưa có đơn vị nào tổ chức giải riêng.").waitFor();
  await looked(page, "desk-prizes-1-empty");
  await page.getByLabel("Cán bộ đầu mối được tự tổ chức giải cho đơn vị mình").check();
  await page.getByText("Đã lưu").first().waitFor();

  const form = page.getByRole("form", { name: "Thêm giải của đơn vị" });
  const begin = async (tree, text, unit, title) => {
    await page.getByRole("button", { name: "Thêm giải của đơn vị" }).click();
    await form.getByLabel(tree, { exact: true }).check();
    await form.getByRole("combobox", { name: "Đơn vị", exact: true }).fill(text);
    await form.getByRole("option", { name: unit }).first().click();
    await form.getByLabel("Tên giải").fill(title);
  };
  await page.getByRole("button", { name: "Thêm giải của đơn vị" }).click();
  await form.getByRole("button", { name: "Lưu" }).click();
  await page.getByRole("alert").waitFor();
  await looked(page, "desk-prizes-2-wrong");
  await form.getByRole("button", { name: "Thôi" }).click();

  await begin("Đảng", "lung cu", "Đảng ủy xã Lũng Cú", "Giải của Đảng ủy xã Lũng Cú");
  await form.getByLabel("Đơn vị tài trợ (không bắt buộc)").fill("Hợp tác xã Lô Lô Chải");
  await form.getByRole("button", { name: "Bỏ giải 3" }).click();
  await form.getByLabel("Số giải").nth(1).fill("3");
  await looked(page, "desk-prizes-3-pool");
  await form.getByRole("button", { name: "Lưu" }).click();
  await page.getByRole("link", { name: "Giải của Đảng ủy xã Lũng Cú" }).waitFor();

  await begin("Chính quyền", "lung cu", "Xã Lũng Cú", "Giải của xã Lũng Cú");
  await form.getByRole("button", { name: "Lưu" }).click();
  const line = page.locator("tbody tr", { hasText: "Giải của xã Lũng Cú" });
  await line.getByRole("button", { name: "Rút lại" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Lý do").fill("Xã chưa có kinh phí");
  await looked(page, "desk-prizes-4-withdraw");
  await dialog.getByRole("button", { name: "Rút lại" }).click();
  await line.waitFor({ state: "detached" });

  const collective = page.getByRole("form", { name: "Giải tập thể" });
  await collective.getByRole("button", { name: "Thêm khối" }).click();
  await collective.getByLabel("Khối", { exact: true }).fill("Khối xã nhỏ");
  await collective.getByLabel("Không giới hạn").nth(1).uncheck();
  await collective.getByLabel("Quân số đến").fill("6000");
  await collective.getByLabel("Có giải tập thể toàn cuộc thi").check();
  await looked(page, "desk-prizes-5-collective");
  await collective.getByRole("button", { name: "Lưu giải tập thể" }).click();
  await collective.getByText("Đã lưu").waitFor();
  await page.setViewportSize(PHONE);
  await looked(page, "desk-prizes-6-phone");
  return {};
});
