// What the first visit costs over the wire, headers and the service worker's store included, until one could press start.
import { device, given, scenario, signIn, tab } from "./stage.mjs";

await scenario(async () => {
  const context = await device();
  const costs = [];
  context.on("requestfinished", (request) => costs.push(cost(request)));
  const page = await tab(context, `#/contests/${given.contest}`);
  await page.getByText("đang mở, đóng sau").waitFor();
  await page.getByRole("link", { name: "Tôi đã có tài khoản" }).click();
  await signIn(page);
  await page.getByRole("button", { name: "Bắt đầu làm bài" }).waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForLoadState("networkidle");
  const ready = await Promise.all(costs.splice(0));
  await page.getByRole("button", { name: "Bắt đầu làm bài" }).click();
  await page.locator(".question").waitFor();
  await page.waitForLoadState("networkidle");
  const paper = await Promise.all(costs.splice(0));
  return { ready, paper };
});

async function cost(request) {
  const sizes = await request.sizes();
  return {
    path: new URL(request.url()).pathname,
    method: request.method(),
    bytes: sizes.responseBodySize + sizes.responseHeadersSize,
    worker: request.serviceWorker() !== null,
  };
}
