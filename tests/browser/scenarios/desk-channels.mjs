// An organiser sees by which channels people came, and takes the poster along.
import assert from "node:assert/strict";
import { DESKTOP, PHONE, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

await scenario(async () => {
  const page = await tab(await device({ viewport: DESKTOP }), `desk/#/contests/${given.contest}/channels`);
  await signIn(page);
  const row = page.getByRole("row", { name: /bao-ha-giang/ });
  await row.waitFor();
  assert.deepEqual(await row.getByRole("cell").allTextContents().then((cells) => cells.slice(-3)), ["12", "0", "0"]);
  assert.match(await page.getByRole("row", { name: /loa-xa/ }).textContent(), /dưới 10/);
  await looked(page, "desk-channels");
  const poster = page.waitForEvent("download");
  await page.getByRole("link", { name: /Áp phích A4/ }).click();
  assert.match((await poster).suggestedFilename(), /\.pdf$/);
  await page.setViewportSize(PHONE);
  await looked(page, "desk-channels-phone");
  return {};
});
