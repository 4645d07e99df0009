// A whole paper on a desktop with the keyboard alone: nothing needs a mouse, and the focus is where one would look for it.
import assert from "node:assert/strict";
import { DESKTOP, device, given, looked, scenario, tab } from "./stage.mjs";

await scenario(async () => {
  const context = await device({ viewport: DESKTOP, reducedMotion: "reduce" });
  const page = await tab(context, `#/sign-in/start/${given.contest}-w1`);
  await page.getByLabel("Số điện thoại hoặc thư điện tử").waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Đến nội dung chính", "the first stop is the way past the header");
  await page.keyboard.press("Enter");
  await reach(page, "Số điện thoại hoặc thư điện tử");
  await page.keyboard.type(given.account.identifier);
  await page.keyboard.press("Tab");
  await page.keyboard.type(given.account.password);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Bắt đầu làm bài" }).waitFor();
  await looked(page, "keyboard-1-ready");
  await reach(page, "Bắt đầu làm bài");
  await page.keyboard.press("Enter");
  await page.locator(".question").waitFor();
  for (let n = 1; n <= 20; n += 1) {
    await page.getByText(`Câu ${n} / 20`).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    if (n === 2) await page.keyboard.press("ArrowDown");
    assert.equal(
      await page
        .locator(".option input")
        .nth(n === 2 ? 1 : 0)
        .isChecked(),
      true,
      `question ${n} is answered`,
    );
    await reach(page, n < 20 ? "Câu sau" : "Xem lại và nộp");
    if (n === 20) await looked(page, "keyboard-2-paper");
    await page.keyboard.press("Enter");
  }
  await page.getByText("Bạn đã trả lời tất cả các câu.").waitFor();
  await reach(page, "Tôi không dự đoán");
  await page.keyboard.press("Space");
  await reach(page, "Nộp bài");
  await page.keyboard.press("Enter");
  await page.locator(".qr").waitFor();
  await looked(page, "keyboard-3-receipt");
  return {};
});

/** What the focused element is called. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    return (element?.labels?.[0]?.textContent ?? element?.getAttribute("aria-label") ?? element?.textContent ?? "").trim();
  });
}

/** Tab on until the element of that name has the focus. */
async function reach(page, name) {
  for (let steps = 0; steps < 60; steps += 1) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`${name} is not reached by the keyboard`);
}
