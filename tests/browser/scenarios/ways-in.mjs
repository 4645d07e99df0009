// A newspaper's page shows the card; a click on it leads through joining to a paper, and the channel is counted.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { DESKTOP, choose, device, faults, given, looked, scenario, tab } from "./stage.mjs";

const CHANNEL = "bao-ha-giang";

await scenario(async () => {
  const newspaper = await serve(`<!doctype html><html lang="vi"><head><title>Báo Hà Giang</title></head><body><main><h1>Báo Hà Giang</h1>
    <iframe src="${given.base}/card/${given.contest}?from=${CHANNEL}" title="Cuộc thi" width="320" height="100" style="border:0"></iframe>
    <iframe src="${given.base}/card/${given.contest}?lang=en" title="Contest" width="640" height="160" style="border:0"></iframe>
    <iframe id="never" src="${given.base}/" title="Trang" width="300" height="100"></iframe>
    <a href="${given.base}/c/${given.contest}?from=${CHANNEL}"><img src="${given.base}/card/${given.contest}.svg" alt="Cuộc thi" width="320" height="100"></a>
    </main></body></html>`);
  const context = await device({ viewport: DESKTOP });
  const paper = await context.newPage();
  const errors = [];
  paper.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await paper.goto(newspaper.address);
  const card = paper.frameLocator("iframe").first();
  await card.getByText("Tuần 1 đóng sau").waitFor();
  await paper.frameLocator("iframe").nth(1).getByText("Tuần 1 closes in").waitFor();
  const picture = await paper.locator("img").evaluate((image) => image.decode().then(() => image.naturalWidth));
  assert.equal(picture, 320, "the picture of the card is drawn");
  assert.ok(errors.some((error) => /frame/i.test(error)), `nothing but the card is framed: ${errors}`);
  assert.ok(!errors.some((error) => /style|script/i.test(error) && /card/.test(error)), errors.join("\n"));
  for (const scheme of ["light", "dark"]) {
    await paper.emulateMedia({ colorScheme: scheme });
    await paper.screenshot({ path: `${given.pictures}/${given.name}-0-newspaper-${scheme}.png` });
  }
  await paper.emulateMedia({ colorScheme: null });

  const opened = context.waitForEvent("page");
  await card.getByRole("link", { name: "Vào thi" }).click();
  const page = await opened;
  page.on("pageerror", (error) => faults.push(error.stack));
  await page.getByRole("link", { name: "Đăng ký dự thi" }).waitFor();
  assert.equal(new URL(page.url()).hash, `#/contests/${given.contest}`, "the shared link is the page's own address");
  assert.equal(new URL(page.url()).search, "", "the channel left the address");
  assert.equal(await page.evaluate(() => JSON.parse(sessionStorage.getItem("hoithi.channel")).code), CHANNEL);
  assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => /channel/.test(key)).length), 0, "only for the visit");
  await page.reload();
  await page.getByRole("link", { name: "Đăng ký dự thi" }).click();

  await page.getByLabel("Họ và tên", { exact: true }).fill("Giàng Thị Mỷ");
  await page.getByLabel("Ngày", { exact: true }).fill("1");
  await page.getByLabel("Tháng").fill("6");
  await page.getByLabel("Năm").fill("1990");
  await page.getByLabel("Thư điện tử (nếu có)").fill(given.email);
  await page.getByLabel("Mật khẩu", { exact: true }).fill("ruộng bậc thang mùa vàng");
  await page.getByLabel("Người dân").check();
  await page.getByRole("combobox").fill("lung cu");
  await page.getByRole("option", { name: "Lũng Cú" }).first().waitFor();
  await page.getByRole("combobox").press("Enter");
  await page.getByLabel("Tôi đã đọc và đồng ý").first().check();
  await page.getByRole("button", { name: "Tạo tài khoản" }).click();
  await page.getByRole("button", { name: "Bắt đầu làm bài" }).click();
  await page.locator(".question").waitFor();
  await choose(page, 0);

  // The card, looked at by itself: at its smallest, larger, and the page that hands out the snippets.
  for (const [name, size] of [["320", { width: 320, height: 100 }], ["640", { width: 640, height: 180 }]]) {
    const alone = await tab(await device({ viewport: size }), `card/${given.contest}?from=${CHANNEL}`);
    await alone.getByText("Tuần 1 đóng sau").waitFor();
    assert.equal(await alone.locator("script").count(), 0);
    const high = await alone.evaluate(() => document.documentElement.scrollHeight);
    assert.ok(high <= size.height, `the card needs ${high} of ${size.height} px`);
    await looked(alone, `${given.name}-1-card-${name}`);
  }
  const embed = await tab(await device(), `#/embed/${given.contest}`);
  await embed.getByLabel("Mã kênh").fill("báo hà giang");
  await embed.getByText("tối đa 32 ký tự").waitFor();
  await looked(embed, `${given.name}-2-embed-wrong`);
  await embed.getByLabel("Mã kênh").fill(CHANNEL);
  assert.match(await embed.getByLabel("Thẻ nhúng (iframe)").inputValue(), /\/card\/[a-z0-9-]+\?from=bao-ha-giang"/);
  await looked(embed, `${given.name}-2-embed`);
  newspaper.close();
  return {};
});

/** Another site, on a port of its own. */
async function serve(html) {
  const server = createServer((_, answer) => answer.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(html));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
