// A browser for one scenario: Debian's chromium, no download. Waits are on what is seen, never on time.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const modules = process.env.HOITHI_MODULES;
const { chromium } = await import(join(modules, "playwright-core", "index.mjs"));
const axe = readFileSync(join(modules, "axe-core", "axe.min.js"), "utf8");

/** What pytest gave: base, browser, pictures, and the scenario's own. */
export const given = JSON.parse(process.env.HOITHI_SCENARIO);
/** Generous: a CI machine has two busy cores. */
const PATIENCE_MS = 60_000;
export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 850 };

mkdirSync(given.pictures, { recursive: true });
const LAUNCH = {
  executablePath: given.browser,
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
};
const started = await chromium.launch(LAUNCH);
const pages = [];
export const faults = [];

/** A device of its own: storage, network, screen. */
export async function device(options = {}) {
  const context = await started.newContext({ viewport: PHONE, locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh", ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** A browser with its profile in a folder: opened again there it is the same device, after its browser was closed. */
export async function opened(folder, options = {}) {
  const context = await chromium.launchPersistentContext(folder, {
    ...LAUNCH,
    viewport: PHONE,
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** What a device keeps: cookies by name, and everything in the page's storage as one text. */
export async function kept(context, page) {
  const cookies = Object.fromEntries((await context.cookies()).map((cookie) => [cookie.name, cookie]));
  const storage = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  return { cookies, storage };
}

/** A tab; what goes wrong in it, and requests to anybody else, end the scenario badly. */
export async function tab(context, address = "") {
  const page = await context.newPage();
  pages.push(page);
  page.on("pageerror", (error) => faults.push(`error in the page: ${error.stack}`));
  page.on("console", (message) => /Content Security Policy|Refused to/.test(message.text()) && faults.push(message.text()));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== new URL(given.base).origin)
      faults.push(`asked a third party: ${request.url()}`);
  });
  await page.goto(`${given.base}/${address}`);
  return page;
}

/** In light and dark: axe without violations, nothing wider than the screen, a picture. */
export async function looked(page, name) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await lookedIn(page, `${name}-${scheme}`);
  }
  await page.emulateMedia({ colorScheme: null });
}

async function lookedIn(page, name) {
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      // Every rule is looked at; nothing is written down about what is as it should be.
      resultTypes: ["violations"],
      selectors: false,
    });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`).join(" | ")}`,
    );
  });
  faults.push(...found.map((each) => `axe on ${name}: ${each}`));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) faults.push(`${name} is ${wide} px wider than the screen`);
  await page.screenshot({ path: join(given.pictures, `${name}.png`), fullPage: true });
}

export async function signIn(page, account = given.account) {
  await page.getByLabel("Số điện thoại hoặc thư điện tử").fill(account.identifier);
  await page.getByLabel("Mật khẩu", { exact: true }).fill(account.password);
  await page.locator("main").getByRole("button", { name: "Đăng nhập" }).click();
}

/** Signed in, on the paper of the scenario's round. */
export async function startPaper(page, account = given.account) {
  await signIn(page, account);
  await page.getByRole("button", { name: /^(Bắt đầu làm bài|Làm tiếp bài đang dở)$/ }).click();
  await page.locator(".question").waitFor();
}

/** Choose option `place` (0: the first) of the question that is shown. */
export const choose = (page, place) => page.locator(".option").nth(place).click();

/** There are so many of it: waited for, because a part in a file of its own comes a moment after what is around it. */
export async function counted(locator, wanted, why) {
  await locator.nth(wanted - 1).waitFor({ state: "attached" }).catch(() => {}); // how many came says more than a wait that ended
  assert.equal(await locator.count(), wanted, why);
}

export const next = (page) => page.getByRole("button", { name: "Câu sau" }).click();

export const saved = (page) => page.locator(".saved", { hasText: "Đã lưu" }).waitFor();

/** The paper as the server has it. */
export async function atServer(token, attemptId) {
  const answer = await fetch(`${given.base}/api/exam/attempts/${encodeURIComponent(attemptId)}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  return answer.json();
}

export const attemptOf = (page) => decodeURIComponent(new URL(page.url()).hash.split("/")[2]);

const words = createInterface({ input: process.stdin });

/** Asks pytest to do something to the platform; resolves when it is done. */
export function ask(word) {
  const done = once(words, "line");
  console.log(`@${word}`);
  return done;
}

/** Runs the scenario and leaves: exit code 0 only without faults. `found` is told to pytest. */
export async function scenario(play) {
  let found = {};
  try {
    found = (await play()) ?? {};
  } catch (error) {
    faults.push(error.stack);
    await Promise.all(
      pages.map((page, n) => page.screenshot({ path: join(given.pictures, `failed-${given.name}-${n}.png`) }).catch(() => {})),
    );
  }
  await started.close();
  if (faults.length) console.error(faults.join("\n"));
  console.log(JSON.stringify(found));
  process.exit(faults.length ? 1 : 0);
}
