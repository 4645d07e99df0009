// A village helper lets people use the own phone, one after the other: the whole way, and nothing of anybody stays.
import assert from "node:assert/strict";
import { atServer, attemptOf, choose, device, given, kept, looked, next, saved, scenario, signIn, tab } from "./stage.mjs";

const SETTINGS = ["hoithi.clock", "hoithi.helping", "hoithi.language", "hoithi.turn"];
const WORKS_FOR = (name) => `Máy đang phục vụ: ${name}`;

await scenario(async () => {
  const context = await device();
  await context.addInitScript(() => {
    globalThis.born = Math.random();
    globalThis.printed = 0;
    globalThis.print = () => (globalThis.printed += 1);
  });
  await context.clock.install();
  const page = await tab(context, "#/sign-in/help");
  const begun = () => page.locator(".whom", { hasText: "Máy đang phục vụ" }).waitFor();
  const lives = () => page.evaluate(() => globalThis.born);
  let born = await lives();
  const ended = async () => {
    await page.getByText("Máy không giữ lại gì của người đó").waitFor();
    // The page begins anew, so that nothing is left in its memory either; the cookie goes with the server's answer.
    await page.waitForFunction((before) => globalThis.born !== before, born);
    born = await lives();
    await page.waitForFunction(() => localStorage.getItem("hoithi.sign-out-owed") === null);
    const { cookies, storage } = await kept(context, page);
    assert.deepEqual(cookies, {}, "the session is over");
    const [own, ofTab, readable] = JSON.parse(storage);
    assert.deepEqual(Object.keys(own).filter((name) => !SETTINGS.includes(name)), []);
    assert.deepEqual([ofTab, readable], [{}, ""], "nothing of the person is here");
  };

  // The helper is signed in on the own phone. Nobody else may use that account.
  await signIn(page, given.helper);
  await page.getByText("Bạn đang đăng nhập với tên Lò Văn Páo").waitFor();
  await page.getByRole("combobox").fill("lung cu");
  await page.getByRole("option", { name: "Lũng Cú" }).first().click();
  await looked(page, "assisted-1-begin");
  await page.getByRole("button", { name: "Bắt đầu giúp" }).click();
  await page.getByRole("heading", { name: "Người tiếp theo" }).waitFor();
  await page.waitForFunction(() => localStorage.getItem("hoithi.sign-out-owed") === null);
  assert.deepEqual((await kept(context, page)).cookies, {}, "the helper is signed out");
  await looked(page, "assisted-2-next");

  // One who has an account: the whole way to the receipt.
  await page.goto(`${given.base}/#/sign-in/start/${given.contest}-w1`);
  await looked(page, "assisted-3-sign-in");
  await signIn(page, given.account);
  await page.getByRole("button", { name: "Bắt đầu làm bài" }).waitFor();
  await page.getByText(WORKS_FOR("Lò Văn Páo")).waitFor();
  await looked(page, "assisted-4-ready");
  await page.getByRole("button", { name: "Bắt đầu làm bài" }).click();
  await page.locator(".question").waitFor();
  await choose(page, 0);
  await saved(page);
  await looked(page, "assisted-5-paper");
  // A person who reads for long is not sent away from a paper.
  await context.clock.fastForward("08:00");
  await page.getByRole("button", { name: "Kết thúc", exact: true }).click();
  await page.getByText("Bài thi đang làm dở.").waitFor();
  await looked(page, "assisted-6-asked");
  await page.getByRole("button", { name: "Quay lại" }).click();
  await page.getByRole("button", { name: "Xem lại và nộp" }).click();
  await page.getByLabel("Tôi không dự đoán").check();
  await page.getByRole("button", { name: "Nộp bài" }).click();
  await page.getByText("Bài thi đã được nhận").waitFor();
  await page.locator(".qr").waitFor();
  await page.getByText("Phiên tự kết thúc sau").waitFor();
  await looked(page, "assisted-7-receipt");
  await page.getByRole("button", { name: "In biên nhận" }).click();
  assert.equal(await page.evaluate(() => globalThis.printed), 1);
  await page.getByRole("button", { name: "Thêm 3 phút" }).click();
  assert.match(await page.locator(".watch").getByRole("timer").textContent(), /^(6:00|5:\d\d)$/);
  await context.clock.fastForward("06:10");
  await ended();
  await looked(page, "assisted-8-done");

  // One without an account: the village's commune is filled in.
  await page.getByRole("link", { name: "Đăng ký dự thi" }).click();
  await page.getByLabel("Họ và tên", { exact: true }).fill("Sùng Thị Máy");
  assert.match(await page.getByRole("combobox").first().inputValue(), /Lũng Cú/);
  assert.ok(await page.getByLabel("Người dân").isChecked());
  await page.getByLabel("Ngày", { exact: true }).fill("1");
  await page.getByLabel("Tháng").fill("6");
  await page.getByLabel("Năm").fill("1980");
  await page.getByLabel("Thư điện tử (nếu có)").fill(given.email);
  await page.getByLabel("Mật khẩu", { exact: true }).fill("chợ phiên Đồng Văn");
  await page.getByLabel("Tôi đã đọc và đồng ý").first().check();
  await looked(page, "assisted-9-join");
  await page.getByRole("button", { name: "Tạo tài khoản" }).click();
  await page.getByText(WORKS_FOR("Sùng Thị Máy")).waitFor();
  await page.getByRole("button", { name: "Kết thúc", exact: true }).click();
  await ended();

  // No network at the end: what was answered is sent first.
  await page.goto(`${given.base}/#/sign-in/start/${given.contest}-w1`);
  await signIn(page, given.other);
  await page.getByRole("button", { name: "Bắt đầu làm bài" }).click();
  await page.locator(".question").waitFor();
  await begun();
  const attempt = attemptOf(page);
  await choose(page, 1);
  await saved(page);
  await context.setOffline(true);
  await next(page);
  await choose(page, 2);
  await page.getByRole("button", { name: "Kết thúc", exact: true }).click();
  await page.getByRole("button", { name: "Kết thúc phiên của Lò Văn Páo" }).click();
  await page.getByText("Còn câu trả lời chưa gửi được.").waitFor();
  await looked(page, "assisted-10-unsent");
  await context.setOffline(false);
  await ended();
  const { answers } = await atServer(given.other.token, attempt);
  assert.deepEqual(Object.keys(answers), ["1", "2"]);

  // Somebody who goes away: told, and then the session ends by itself.
  await page.goto(`${given.base}/#/sign-in/me`);
  await signIn(page, given.account);
  await begun();
  await context.clock.fastForward("04:20");
  await page.getByText("Đã lâu không ai chạm vào máy").waitFor();
  await looked(page, "assisted-11-warned");
  await context.clock.fastForward("06:00");
  await ended();
  await page.getByRole("button", { name: "Thôi giúp, dùng máy cho tôi" }).click();
  await page.getByRole("heading", { name: "Giúp người khác dự thi" }).waitFor();
  return { answers };
});
