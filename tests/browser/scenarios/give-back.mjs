// A commune's assessment is given back by the level above with a reason, mended by its officer, and confirmed.
import { DESKTOP, PHONE, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

const address = `desk/#/emulation/${given.campaign}`;

async function signedIn(account) {
  const page = await tab(await device({ viewport: DESKTOP }), address);
  await signIn(page, account);
  return page;
}

async function handIn(page) {
  await page.getByRole("button", { name: "Nộp để xét duyệt" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Nộp để xét duyệt" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("Chờ xét duyệt").waitFor();
}

const toReview = (page) => page.locator("tr", { hasText: "Chờ bạn xét duyệt" }).getByRole("link").click();

await scenario(async () => {
  const officer = await signedIn(given.officer);
  await officer.getByRole("button", { name: "Bắt đầu tự chấm" }).click();
  await officer.getByLabel("Điểm tự chấm A2").fill("5");
  await officer.getByRole("button", { name: "Lưu bản tự chấm" }).click();
  await officer.getByText("Đã lưu").waitFor();
  await handIn(officer);

  const above = await signedIn(given.above);
  await toReview(above);
  await above.getByRole("button", { name: "Trả lại để bổ sung" }).click();
  const dialog = above.getByRole("dialog");
  await dialog.getByRole("button", { name: "Trả lại để bổ sung" }).click();
  await dialog.getByRole("alert").waitFor();
  await looked(above, "give-back-1-without-reason");
  await dialog.getByLabel("Lý do").fill("Đề nghị bổ sung kế hoạch (A1) và số báo cáo đã nộp (A2).");
  await dialog.getByRole("button", { name: "Trả lại để bổ sung" }).click();
  await dialog.waitFor({ state: "detached" });
  await above.getByText("Trả lại để bổ sung", { exact: true }).first().waitFor();
  await looked(above, "give-back-2-given-back");

  await officer.reload();
  await officer.getByText("Cấp trên trả lại để bổ sung: Đề nghị bổ sung kế hoạch", { exact: false }).waitFor();
  await looked(officer, "give-back-3-reason");
  await officer.getByLabel("Đạt tiêu chí A1").check();
  await officer.getByLabel("Thuyết minh A2").fill("Bốn báo cáo quý, hai báo cáo chuyên đề.");
  await officer.getByLabel("Thêm minh chứng cho A1").setInputFiles(given.file);
  await officer.getByRole("button", { name: "Tải Sáng kiến.pdf", exact: false }).waitFor();
  await officer.setViewportSize(PHONE);
  await looked(officer, "give-back-4-mended-phone");
  await handIn(officer);

  await above.goto(`${given.base}/${address}`);
  await above.getByText("Có 1 bản tự chấm đang chờ bạn xét duyệt.").waitFor();
  await toReview(above);
  await above.getByText("Bốn báo cáo quý, hai báo cáo chuyên đề.").waitFor();
  await above.getByLabel("Điểm chấp nhận A2").fill("4");
  await above.getByLabel("Lý do khác điểm tự chấm A2").fill("Một báo cáo nộp chậm.");
  await above.getByRole("button", { name: "Xác nhận", exact: true }).click();
  await above.getByText("Đã xác nhận").waitFor();
  await looked(above, "give-back-5-confirmed");
  return {};
});
