// The paper in another language and aloud: chosen once, kept with the paper, heard again without network.
import assert from "node:assert/strict";
import { choose, counted, device, given, looked, next, saved, scenario, startPaper, tab } from "./stage.mjs";

await scenario(async () => {
  const context = await device();
  const sounds = [];
  context.on("request", (request) => request.url().includes("/sounds/") && sounds.push(new URL(request.url()).pathname));
  const page = await tab(context, `#/sign-in/start/${given.contest}-w1`);
  await startPaper(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const original = await page.locator(".asked").textContent();
  assert.match(original, /^Câu hỏi số \d nói gì\?$/);
  assert.equal(await page.locator(".listen").count(), 0, "nothing is read aloud before somebody asks for it");
  const language = page.getByLabel("Đọc hoặc nghe câu hỏi bằng");
  await language.waitFor();
  await looked(page, "speech-1-original");

  await language.selectOption({ label: "Tày, có tiếng đọc" });
  await page.getByText(`Tày: ${original}`).waitFor();
  assert.equal(await page.locator(".asked").getAttribute("lang"), "tyz");
  await counted(page.locator(".listen"), 5);
  // The option that is said is the option that is shown.
  for (const text of await page.locator(".option > span:last-child").allTextContents()) assert.match(text, /^Tày: Đáp án [abcd]/);
  await looked(page, "speech-2-tay");
  await heard(page, /^Nghe câu hỏi/);
  await heard(page, "Nghe đáp án B");
  // Listening chooses nothing; choosing is as ever.
  assert.equal(await page.locator(".option input:checked").count(), 0);
  await choose(page, 1);
  await saved(page);
  assert.equal(new Set(sounds).size, 2, "only what was pressed is fetched");

  // Without network: the language stays over a reload, and what was heard before is heard again.
  await page.waitForFunction(async () => {
    const found = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return found.flat().filter(({ url }) => url.includes("/sounds/")).length === 2;
  });
  await context.setOffline(true);
  await page.reload();
  await page.getByText(`Tày: ${original}`).waitFor();
  await heard(page, "Nghe đáp án B");
  await page.getByRole("button", { name: "Nghe đáp án C" }).click();
  await page.getByText("Chưa nghe được, hãy bấm lại.").waitFor();
  await looked(page, "speech-3-offline");
  await context.setOffline(false);

  // The original can be heard alone; the next question is in the chosen language at once.
  await page.getByLabel("Đọc hoặc nghe câu hỏi bằng").selectOption({ label: "Tiếng Việt, có tiếng đọc" });
  await page.getByText(original, { exact: true }).waitFor();
  await heard(page, "Nghe đáp án A");
  await next(page);
  await page.getByRole("button", { name: "Nghe câu hỏi 2" }).waitFor();
  await page.getByLabel("Đọc hoặc nghe câu hỏi bằng").selectOption({ label: "Nguyên bản, không có tiếng đọc" });
  await page.locator(".listen").first().waitFor({ state: "detached" });

  // Practice is heard too, by who has no account.
  const stranger = await tab(await device(), `#/practice/${given.contest}`);
  await stranger.getByRole("button", { name: "Bắt đầu luyện tập" }).click();
  await stranger.getByLabel("Đọc hoặc nghe câu hỏi bằng").selectOption({ label: "Tày, có tiếng đọc" });
  await stranger.getByText(/^Tày: Câu hỏi số/).waitFor();
  await heard(stranger, "Nghe đáp án D");
  await stranger.getByRole("button", { name: "Xem tất cả câu trên một trang" }).click();
  await stranger.getByRole("button", { name: "Xem kết quả" }).first().click();
  await stranger.getByRole("heading", { name: /^Tày: Câu hỏi/ }).first().waitFor();
  return { sounds };
});

/** Pressed, it plays to its end: the button says so meanwhile and is itself again afterwards. */
async function heard(page, name) {
  await page.getByRole("button", { name }).click();
  await page.locator(".listen.is-playing").waitFor();
  await page.locator(".listen.is-playing").waitFor({ state: "detached" });
  await page.getByRole("button", { name }).waitFor();
}
