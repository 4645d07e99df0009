// A platform that wants second factors and four eyes: A switches the factor on and proposes, B is told, refuses once, confirms then;
// a key is corrected by both; A loses the phone and an operator lifts the factor.
import assert from "node:assert/strict";
import { DESKTOP, PHONE, ask, device, given, looked, scenario, signIn, tab } from "./stage.mjs";
import { codeOf, enrolled, nextCodeOf } from "./totp.mjs";

const button = (page, name) => page.locator("main").getByRole("button", { name, exact: true });
const inMenu = (page, name) => page.getByRole("navigation", { name: "Danh mục" }).getByRole("link", { name });

/** Signed in at the desk with a code, the password having been right. */
async function withCode(page, account, code) {
  await signIn(page, account);
  await page.getByLabel("Mã xác thực").fill(code);
  await button(page, "Đăng nhập").click();
}

/** The token that a page sends along. */
const tokenOf = async (page) =>
  (await page.waitForRequest((request) => request.url().endsWith("/api/scoring/proposals") && request.method() === "GET")).headers()
    .authorization;

async function firstPerson() {
  const desktop = await device({ viewport: DESKTOP });
  const page = await tab(desktop, "desk/");
  await signIn(page, given.first);
  await page.getByRole("heading", { name: "Cần xác thực hai bước" }).waitFor();
  await looked(page, "four-eyes-1-asleep");
  await page.getByRole("link", { name: "Đến phần bảo mật" }).click();
  await page.getByLabel("Mật khẩu", { exact: true }).fill(given.first.password);
  await button(page, "Bắt đầu bật").click();
  const secret = (await page.locator("code.secret").textContent()).replaceAll(" ", "");
  await page.getByLabel("Mã xác thực").fill(codeOf(secret));
  await button(page, "Xác nhận và bật").click();
  await page.getByText("Còn 10 mã dự phòng").waitFor();
  const recovery = await page.locator(".codes code").allTextContents();

  // Elsewhere, the next morning: password and code; another time a recovery code, which then is used up.
  const other = await tab(await device(), "desk/");
  await withCode(other, given.first, nextCodeOf(secret));
  await other.getByRole("button", { name: "Danh mục" }).waitFor();
  const third = await tab(await device({ viewport: DESKTOP }), "desk/#/results");
  await withCode(third, given.first, recovery[0]);
  await third.getByRole("table").waitFor();
  return { page: third, recovery };
}

async function propose(page) {
  await page.goto(`${given.base}/desk/#/results/${given.round}`);
  await button(page, "Công bố chính thức").click();
  await page.getByRole("dialog").getByLabel("Văn bản công bố").fill("Quyết định số 12/QĐ-BTC");
  await page.getByRole("dialog").getByRole("button", { name: "Công bố chính thức" }).click();
  await page.getByText("Một thành viên khác của Ban Tổ chức phải xác nhận").waitFor();
}

await scenario(async () => {
  const { page: a, recovery } = await firstPerson();
  await propose(a);
  await inMenu(a, "Chờ xác nhận").click();
  await a.getByRole("heading", { name: "Tôi đã đề nghị" }).waitFor();
  await a.getByText("Không có việc nào chờ bạn.").waitFor();
  assert.equal(await button(a, "Xác nhận").count(), 0);
  await looked(a, "four-eyes-2-own");
  const [proposed] = await Promise.all([tokenOf(a), a.reload()]);
  const own = await fetch(`${given.base}/api/scoring/proposals`, { headers: { Authorization: proposed } });
  const [{ proposal_id }] = (await own.json()).proposals;
  const refused = await fetch(`${given.base}/api/scoring/rounds/${given.round}/proposals/${proposal_id}/confirmation`, {
    method: "POST",
    headers: { Authorization: proposed },
  });
  assert.equal(refused.status, 403);
  assert.match((await refused.json()).type, /own-proposal$/);

  await ask("told");
  const codes = await enrolled(given.second);
  const b = await tab(await device({ viewport: DESKTOP }), "desk/");
  await withCode(b, given.second, codes[0]);
  await inMenu(b, "Chờ xác nhận").locator(".count", { hasText: "1" }).waitFor();
  await inMenu(b, "Chờ xác nhận").click();
  const card = b.getByRole("article");
  const dialog = b.getByRole("dialog");
  await card.getByText("Giải sẽ trao").waitFor();
  await card.getByText(given.first.name).waitFor();
  await looked(b, "four-eyes-3-inbox");
  await button(b, "Không đồng ý").click();
  await dialog.getByRole("button", { name: "Không đồng ý" }).click();
  await dialog.getByText("hãy ghi rõ lý do", { exact: false }).waitFor();
  await dialog.getByLabel("Lý do").fill("Chờ họp Ban Tổ chức ngày mai");
  await looked(b, "four-eyes-4-refuse");
  await dialog.getByRole("button", { name: "Không đồng ý" }).click();
  await b.getByText("Đã trả lời không đồng ý.", { exact: false }).waitFor();

  await a.reload();
  const refusal = a.getByRole("region", { name: "Đề nghị của bạn không được đồng ý" });
  await refusal.getByText("Chờ họp Ban Tổ chức ngày mai").waitFor();
  await a.getByRole("table").getByText("Không được đồng ý").waitFor();
  await ask("refused");
  await looked(a, "four-eyes-5-refused");
  await propose(a);

  // On the phone, where most people sit in a meeting.
  await b.setViewportSize(PHONE);
  await b.reload();
  await card.getByText("Giải sẽ trao").waitFor();
  await looked(b, "four-eyes-6-phone");
  await b.setViewportSize(DESKTOP);
  await button(b, "Xác nhận").click();
  await dialog.getByRole("button", { name: "Xác nhận" }).click();
  await b.getByText("Đã xác nhận.", { exact: false }).waitFor();
  await b.getByText("Không có việc nào chờ bạn.").waitFor();
  await inMenu(b, "Chờ xác nhận").locator(".count").waitFor({ state: "detached" });
  await looked(b, "four-eyes-7-confirmed");

  // A key, proposed by B and confirmed by A, who has to look at who gains first.
  const authorization = await Promise.all([tokenOf(b), b.reload()]).then(([token]) => token);
  const body = JSON.stringify({ question_id: given.question, right: given.right, reason: "Đáp án in sai trong tài liệu" });
  const key = await fetch(`${given.base}/api/exam/rounds/${given.round}/keys`, {
    method: "POST",
    headers: { Authorization: authorization, "Content-Type": "application/json" },
    body,
  });
  assert.equal(key.status, 202);
  await inMenu(a, "Chờ xác nhận").click();
  await a.reload();
  await a.getByRole("article").getByText("Đáp án in sai trong tài liệu", { exact: false }).waitFor();
  assert.equal(await button(a, "Xác nhận").isDisabled(), true);
  await button(a, "Xem ai được, ai mất").click();
  await a.getByText("Nếu sửa đáp án").waitFor();
  await looked(a, "four-eyes-8-key");
  await button(a, "Xác nhận").click();
  await a.getByRole("dialog").getByRole("button", { name: "Xác nhận" }).click();
  await a.getByText("Đã xác nhận.", { exact: false }).waitFor();

  // A loses the phone and has no recovery codes: an operator lifts the factor, A's password alone opens no role.
  const operatorCodes = await enrolled(given.operator);
  const c = await tab(await device({ viewport: DESKTOP }), "desk/#/people");
  await withCode(c, given.operator, operatorCodes[0]);
  const row = c.locator("tbody tr", { hasText: given.first.name });
  await row.getByText("Đã bật").waitFor();
  await looked(c, "four-eyes-9-people");
  await row.getByRole("button", { name: "Gỡ xác thực hai bước" }).click();
  await c.getByRole("dialog").getByLabel("Lý do").fill("Mất điện thoại, đã gọi lại số cơ quan");
  await looked(c, "four-eyes-10-reset");
  await c.getByRole("dialog").getByRole("button", { name: "Gỡ xác thực hai bước" }).click();
  await row.getByText("Chưa bật").waitFor();
  const again = await tab(await device(), "desk/");
  await signIn(again, given.first);
  await again.getByRole("heading", { name: "Cần xác thực hai bước" }).waitFor();
  return { recovery: recovery.length };
});
