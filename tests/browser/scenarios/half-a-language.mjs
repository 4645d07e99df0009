// A build with two languages that a translator has only begun: each sentence that is missing is said in Vietnamese.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { device, given, looked, scenario } from "./stage.mjs";

await scenario(async () => {
  const context = await device({ serviceWorkers: "block" });
  // The page is the build under test, the answers are the platform's.
  await context.route(/^(?!.*\/api\/).*$/, (route) => {
    const { pathname } = new URL(route.request().url());
    const file = join(given.site, pathname === "/" ? "index.html" : pathname);
    return existsSync(file) ? route.fulfill({ path: file }) : route.fulfill({ status: 404 });
  });
  const page = await context.newPage();
  await page.goto(`${given.base}/#/contests/${given.contest}`);
  const languages = page.getByRole("combobox", { name: "Ngôn ngữ" });
  await languages.waitFor();
  assert.deepEqual((await languages.locator("option").allTextContents()).sort(), ["English", "Tiếng Việt", "Tày", "hmn"].sort());
  await languages.selectOption("tyz");
  await page.getByRole("link", { name: "Hất thử bài (Tày)" }).waitFor();
  await page.getByText("1 vòng (Tày)").waitFor();
  await page.getByRole("heading", { name: "Thể lệ tóm tắt" }).waitFor();
  assert.equal(await page.getAttribute("html", "lang"), "tyz");
  await looked(page, "half-a-language");
  await page.reload();
  await page.getByRole("link", { name: "Hất thử bài (Tày)" }).waitFor();
  await page.getByRole("combobox", { name: "Ngôn ngữ" }).selectOption("hmn");
  await page.getByRole("link", { name: "Làm thử bài luyện tập" }).waitFor();
  return {};
});
