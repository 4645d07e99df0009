// A first visit over "slow 3G" (400 kbit/s, 400 ms): milliseconds until one can press what matters. Measured by bench/page.py.
import { device, given, scenario } from "./stage.mjs";

const SLOW_3G = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 };

await scenario(async () => {
  const context = await device({ serviceWorkers: "block" });
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  await wire.send("Network.emulateNetworkConditions", SLOW_3G);
  let bytes = 0;
  wire.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  const began = Date.now();
  const seen = {};
  const note = (name, what) => what.waitFor().then(() => (seen[name] = Date.now() - began));
  page.goto(`${given.base}/#/contests/${given.contest}`, { waitUntil: "commit" }).catch(() => undefined);
  await Promise.all([
    note("heading_ms", page.locator("h1")),
    note("usable_ms", page.getByRole("link", { name: "Đăng ký dự thi" })),
  ]);
  return { ...seen, bytes };
});
