// The organiser sets when reports go out and how many points participation is worth.
import { DESKTOP, PHONE, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

await scenario(async () => {
  const desk = await tab(await device({ viewport: DESKTOP }), "desk/#/unit-reports");
  await signIn(desk);
  await desk.getByLabel("Cuộc thi", { exact: true }).selectOption(given.contest);
  await desk.getByLabel("Báo cáo ngày lúc").fill("16:30");
  await desk.getByLabel("Báo cáo tuần vào").selectOption("5");
  await desk.getByRole("button", { name: "Lưu giờ gửi" }).click();
  await desk.getByText("Đã lưu.").waitFor();
  await desk.getByLabel("Mức 1: điểm").fill("12");
  await desk.getByRole("button", { name: "Bỏ mức 4" }).click();
  await desk.getByRole("button", { name: "Lưu bảng điểm" }).click();
  await desk.getByText("Đã lưu.").nth(1).waitFor();
  await looked(desk, "officer-9-settings");
  await desk.setViewportSize(PHONE);
  await looked(desk, "officer-10-settings-phone");
  return {};
});
