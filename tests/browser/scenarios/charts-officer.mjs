// A commune's officer begins with the own unit; everybody else, signed in or not, sees no group under ten.
import assert from "node:assert/strict";
import { DESKTOP, PHONE, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

const chartsOf = async (query, token) => {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  return (await fetch(`${given.base}/api/scoring/rounds/${given.round}/charts${query}`, { headers })).json();
};

await scenario(async () => {
  const desk = await tab(await device({ viewport: DESKTOP }), "desk/#/charts");
  await signIn(desk);
  await desk.getByRole("heading", { name: "Biểu đồ", exact: true }).waitFor();
  const chosen = desk.getByLabel("Cuộc thi", { exact: true });
  if (await chosen.count()) {
    await chosen.selectOption(given.contest);
    await desk.getByLabel("Vòng thi", { exact: true }).selectOption(given.round);
    await desk.getByLabel("Phạm vi").selectOption({ value: `administrative/${given.unit}` });
  }
  await desk.getByText("Từ đăng ký đến đúng hết", { exact: true }).waitFor();
  await desk.getByText("Phân bố điểm hiển thị khi đã có kết quả.").waitFor();
  await looked(desk, "charts-6-officer");

  const token = await desk.evaluate(async (account) => {
    const answer = await fetch("/api/registration/sign-in", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(account),
    });
    return (await answer.json()).access_token;
  }, given.account);
  assert.equal((await chartsOf(`?unit_id=${given.unit}`, token)).full, true);
  assert.equal((await chartsOf(`?unit_id=${given.other}`, token)).full, false);

  // A stranger, on the participant's page.
  const phone = await tab(await device({ viewport: PHONE }), `#/charts/${given.round}`);
  await phone.getByRole("heading", { level: 1, name: /^Biểu đồ: / }).waitFor();
  await phone.getByText("không hiển thị", { exact: false }).first().waitFor();
  await phone.locator("svg[role=group] a").nth(3).waitFor();
  await looked(phone, "charts-7-public-phone");
  const everybody = await chartsOf("");
  assert.ok(everybody.days.every(({ newcomers }) => newcomers === null || newcomers >= 10));
  assert.equal(everybody.scores, null);
  await phone.setViewportSize(DESKTOP);
  await looked(phone, "charts-8-public");
  await phone.locator("svg[role=group] a").first().click();
  await phone.getByRole("link", { name: "← Lên một cấp" }).waitFor();
  return {};
});
