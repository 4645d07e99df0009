// An organiser looks at charts: the contest, a round, a unit; with the keyboard; on a phone; on paper.
import assert from "node:assert/strict";
import { join } from "node:path";
import { DESKTOP, PHONE, counted, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

const PAPER = { format: "A4", printBackground: false, preferCSSPageSize: true };
const paperOf = (name) => join(given.pictures, `${name}.pdf`);

await scenario(async () => {
  const desk = await tab(await device({ viewport: DESKTOP }), `desk/#/charts/${given.contest}`);
  await signIn(desk);
  await desk.getByText("Số người tham gia theo vòng", { exact: true }).waitFor();
  await looked(desk, "charts-1-contest");

  await desk.getByLabel("Vòng thi", { exact: true }).selectOption(given.round);
  await desk.getByText("Phân bố điểm", { exact: true }).waitFor();
  const fields = desk.locator("svg[role=group] a");
  await fields.nth(10).waitFor();
  await looked(desk, "charts-2-round");

  // The table says what the picture says: everybody is in one of its rows.
  const chart = desk.locator("figure", { hasText: "Các đơn vị: số người và tỷ lệ tham gia" });
  await chart.locator("summary").click();
  const people = await chart.locator("tbody td:nth-child(2)").allTextContents();
  assert.equal(people.reduce((sum, each) => sum + Number(each.replace(/\D/g, "")), 0), given.people);
  await chart.locator("summary").click();

  // With the keyboard: one stop for the tabulator, arrows within, Enter opens.
  await fields.first().focus();
  await desk.keyboard.press("ArrowRight");
  await desk.keyboard.press("ArrowDown");
  await counted(desk.locator("svg[role=group] a[tabindex='0']"), 1);
  const name = await desk.evaluate(() => document.activeElement.getAttribute("aria-label"));
  const ring = await desk.evaluate(() => getComputedStyle(document.activeElement.querySelector("rect")).strokeWidth);
  assert.equal(ring, "8px", "where one is can be seen");
  await looked(desk, "charts-3-walked");
  await fields.nth(2).focus();
  await desk.keyboard.press("Enter");
  await desk.getByRole("heading", { level: 2, name: name.split(":")[0] }).waitFor();
  await desk.getByText("Không có đơn vị trực thuộc nào có người tham gia.").waitFor();
  await looked(desk, "charts-4-unit");
  await desk.getByRole("link", { name: /^← Lên/ }).click();
  await fields.nth(10).waitFor();

  await desk.setViewportSize(PHONE);
  await looked(desk, "charts-5-phone");
  await desk.setViewportSize(DESKTOP);

  // On paper: charts with their tables, then tables of other pages; no menu, no buttons.
  await desk.pdf({ path: paperOf("charts-paper-round"), ...PAPER });
  await desk.emulateMedia({ media: "print" });
  assert.equal(await desk.locator(".menu").isVisible(), false);
  assert.equal(await desk.getByRole("button", { name: "In trang này" }).isVisible(), false);
  assert.equal(await desk.locator("thead").first().evaluate((head) => getComputedStyle(head).display), "table-header-group");
  await desk.emulateMedia({ media: null });
  for (const [page, ready] of [
    [`rounds/${given.round}`, "Theo đơn vị"],
    [`contests/${given.contest}`, "Thể lệ"],
    ["audit", "Nhật ký thao tác"],
  ]) {
    await desk.goto(`${given.base}/desk/#/${page}`);
    await desk.getByText(ready, { exact: false }).first().waitFor();
    await desk.locator("tbody tr, input").first().waitFor();
    await desk.pdf({ path: paperOf(`charts-paper-${page.split("/")[0]}`), ...PAPER });
    await desk.emulateMedia({ media: "print" });
    assert.equal(await desk.locator(".sort:visible").count(), await desk.locator(".sort").count(), "heads of columns are words");
    await desk.emulateMedia({ media: null });
  }
  return { paper: paperOf("charts-paper-round") };
});
