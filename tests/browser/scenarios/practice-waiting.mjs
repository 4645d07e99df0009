// Practice while waiting: a way there, the time that remains in sight, and back by itself before the opening.
import { device, given, looked, scenario, signIn, tab } from "./stage.mjs";

await scenario(async () => {
  const page = await tab(await device(), `#/sign-in/start/${given.contest}-w1`);
  await signIn(page);
  await page.getByRole("button", { name: "Tự vào thi khi mở" }).click();
  await page.getByRole("heading", { name: "Bạn đã sẵn sàng" }).waitFor();
  await looked(page, "practice-waiting-1-armed");
  await page.getByRole("link", { name: "Làm thử bài luyện tập" }).click();
  await page.getByText(/^Tuần 1 mở sau \d+:\d\d\.$/).waitFor();
  await page.getByRole("button", { name: "Bắt đầu luyện tập" }).click();
  await page.locator(".question").waitFor();
  await looked(page, "practice-waiting-2-paper");
  await page.getByRole("link", { name: "Về trang vào thi" }).click();
  // Still on the way in.
  await page.getByRole("heading", { name: "Bạn đã sẵn sàng" }).waitFor();

  await page.goto(`${given.base}/#/start/${given.soon}-w1`);
  await page.getByRole("button", { name: "Tự vào thi khi mở" }).click();
  await page.getByRole("heading", { name: "Bạn đã sẵn sàng" }).waitFor();
  await page.goto(`${given.base}/#/practice/${given.soon}/${given.soon}-w1`);
  await page.waitForFunction(() => location.hash.startsWith("#/start/"));
  await page.getByRole("heading", { name: "Bạn đã sẵn sàng" }).waitFor();
  return {};
});
