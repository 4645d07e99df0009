// The launch: ready before the opening, in by itself, through the queue and through trouble, over a reload.
import assert from "node:assert/strict";
import { device, given, looked, scenario, signIn, tab } from "./stage.mjs";

const DOOR = /\/api\/exam\/rounds\/[^/]+\/attempts$/;

await scenario(async () => {
  const asked = [];
  const context = await device();
  const page = await tab(context, `#/start/${given.contest}-w1`);
  // What exam answers over capacity and what nginx says in trouble, in this order; then the real door.
  const answers = [waiting("ticket-1", 5), waiting("ticket-2", 6), away(503), away(0)];
  await page.route(DOOR, async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    asked.push({ at: Date.now(), ticket: route.request().headers()["x-waiting-ticket"] ?? null });
    const answer = answers.shift();
    if (!answer) return route.continue();
    return answer.status ? route.fulfill(answer()) : route.abort("connectionfailed");
  });
  await page.getByText("Để vào thi, bạn cần có tài khoản.").waitFor();
  await page.getByRole("link", { name: "Tôi đã có tài khoản" }).click();
  await signIn(page);
  await page.getByRole("button", { name: "Tự vào thi khi mở" }).click();
  await page.getByText("Bạn đã sẵn sàng").waitFor();
  await looked(page, "opening-1-countdown");

  await page.getByText("Bạn đang trong hàng chờ").waitFor();
  await looked(page, "opening-2-queue");
  await page.reload();
  await page.getByText("Bạn đang trong hàng chờ").waitFor();
  await page.getByText("Đang kết nối lại").waitFor();
  await looked(page, "opening-3-trouble");
  await page.locator(".question").waitFor();
  assert.deepEqual(
    asked.map(({ ticket }) => ticket),
    [null, "ticket-1", "ticket-2", "ticket-2", "ticket-2"],
  );
  const gaps = asked.slice(3).map(({ at }, n) => at - asked[n + 2].at);
  assert.ok(
    gaps.every((gap) => gap >= 1000),
    `trouble is never answered at once: ${gaps}`,
  );
  // The page knows the server's clock by half a round trip, which is longer on a busy machine.
  assert.ok(asked[0].at >= given.opens_at_ms - 500, "nobody asks before the opening");
  assert.equal(
    await page.evaluate(() => sessionStorage.getItem(Object.keys(sessionStorage).find((key) => key.startsWith("hoithi.start.")))),
    "{}",
    "the ticket is gone",
  );
  return { asked: asked.length };
});

function waiting(ticket, seconds) {
  const answer = () => {
    const retry_at = new Date(Date.now() + seconds * 1000).toISOString();
    return {
      status: 202,
      headers: { "Retry-After": String(seconds) },
      json: { waiting: { ticket, position: 8312, wait_seconds: seconds, retry_at, server_time: new Date().toISOString() } },
    };
  };
  return Object.assign(answer, { status: 202 });
}

function away(status) {
  const body = JSON.stringify({ type: "about:blank", title: "Service Unavailable", status, detail: "busy" });
  return Object.assign(() => ({ status, headers: { "Retry-After": "1" }, contentType: "application/problem+json", body }), {
    status,
  });
}
