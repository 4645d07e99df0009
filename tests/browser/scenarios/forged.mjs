// Another site makes the person's browser send requests: none of them works, the session lives on.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { device, given, scenario, signIn, tab } from "./stage.mjs";

const DOORS = `${given.base}/api/registration/session`;
const EVIL = `<!doctype html><title>evil</title><form method="post" action="${DOORS}/sign-out"><input name="a" value="b"></form>`;

await scenario(async () => {
  const server = createServer((_, response) => response.setHeader("Content-Type", "text/html").end(EVIL)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const context = await device();
  const own = await tab(context, "#/sign-in/me");
  await signIn(own);
  await own.getByText("Các lượt thi của tôi").waitFor();

  // "localhost" is another site than "127.0.0.1".
  const evil = await context.newPage();
  const site = `http://localhost:${server.address().port}/`;
  await evil.goto(site);
  const seen = [];
  evil.on("request", (request) => request.url().startsWith(DOORS) && seen.push(request));
  const simple = await evil.evaluate(async (address) => {
    const answer = await fetch(address, { method: "POST", mode: "no-cors", credentials: "include" });
    return [answer.type, answer.status];
  }, `${DOORS}/sign-out`);
  assert.deepEqual(simple, ["opaque", 0]);
  const withHeader = await evil.evaluate(
    (address) =>
      fetch(address, { method: "POST", credentials: "include", headers: { "X-Hoithi-Page": "1" } }).then(
        () => "sent",
        () => "stopped by the browser",
      ),
    `${DOORS}/refresh`,
  );
  assert.equal(withHeader, "stopped by the browser");
  const [answer] = await Promise.all([
    evil.waitForResponse(`${DOORS}/sign-out`),
    evil.evaluate(() => document.forms[0].submit()),
  ]);
  assert.equal(answer.status(), 403);
  for (const request of seen) assert.ok(!((await request.allHeaders()).cookie ?? "").includes("hoithi-session"), request.url());

  await own.reload();
  await own.getByText("Các lượt thi của tôi").waitFor();
  await own.getByText("Bạn chưa có lượt thi nào trong vòng này.").first().waitFor();
  server.close();
  return { forged: seen.length };
});
