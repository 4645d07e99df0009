// What people set on their devices, on every main state: 320 pixels, 200 % zoom, type twice as large, strong contrast, colours
// of the system, no motion - and targets that a thumb can hit.
import assert from "node:assert/strict";
import { join } from "node:path";
import { DESKTOP, PHONE, choose, counted, device, faults, given, scenario, signIn, tab } from "./stage.mjs";

const TARGET_PX = 44;
const SCREENS = {
  "320": { size: { width: 320, height: 640 }, type: 1 },
  "zoom-200": { size: { width: DESKTOP.width / 2, height: DESKTOP.height / 2 }, type: 1 },
  "type-200": { size: PHONE, type: 2 },
};

await scenario(async () => {
  const page = await tab(await device(), `#/contests/${given.contest}`);
  await page.getByText("đang mở, đóng sau").waitFor();
  await bears(page, "contest");
  await page.getByRole("link", { name: "Đăng ký dự thi" }).click();
  await page.getByLabel("Họ và tên", { exact: true }).waitFor();
  await bears(page, "join");
  await page.goto(`${given.base}/#/sign-in/start/${given.contest}-w1`);
  await page.getByLabel("Mật khẩu", { exact: true }).waitFor();
  await bears(page, "sign-in");
  await signIn(page);
  await page.getByRole("button", { name: "Bắt đầu làm bài" }).waitFor();
  await bears(page, "start");
  await page.getByRole("button", { name: "Bắt đầu làm bài" }).click();
  await page.locator(".question").waitFor();
  await choose(page, 0);
  await bears(page, "paper");
  await seenWithoutColours(page);
  await page.getByRole("button", { name: "Xem tất cả câu trên một trang" }).click();
  await bears(page, "paper-all");
  // The choice is kept.
  await page.reload();
  await signInAgain(page);
  await counted(page.locator(".question"), 20);
  await page.getByRole("button", { name: "Xem lại và nộp" }).click();
  await page.getByRole("button", { name: "Nộp bài" }).waitFor();
  await bears(page, "check");
  await page.getByLabel("Tôi không dự đoán").check();
  await page.getByRole("button", { name: "Nộp bài" }).click();
  await page.locator(".qr").waitFor();
  await bears(page, "receipt");
  await page.goto(`${given.base}/#/practice/${given.contest}`);
  await page.getByRole("button", { name: "Bắt đầu luyện tập" }).click();
  await bears(page, "practice");
  await page.locator(".row.spread").getByRole("button", { name: "Xem kết quả" }).click();
  await page.locator(".reviewed").first().waitFor();
  await bears(page, "practice-result");
  return {};
});

/** A tab keeps its session over a reload. */
async function signInAgain(page) {
  await page.locator(".question").first().waitFor();
}

async function bears(page, name) {
  for (const [screen, { size, type }] of Object.entries(SCREENS)) {
    await page.setViewportSize(size);
    await page.evaluate((scale) => (document.documentElement.style.fontSize = scale === 1 ? "" : `${18 * scale}px`), type);
    for (const each of await tooWide(page)) faults.push(`${name} at ${screen}: ${each}`);
    await picture(page, `conditions-${name}-${screen}`);
  }
  await page.evaluate(() => (document.documentElement.style.fontSize = ""));
  await page.setViewportSize(PHONE);
  for (const each of await tooSmall(page)) faults.push(`${name}: a target is too small: ${each}`);
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const each of await moving(page)) faults.push(`${name} moves although no motion is wanted: ${each}`);
  await page.emulateMedia({ forcedColors: "active" });
  await picture(page, `conditions-${name}-forced-colours`);
  await page.emulateMedia({ forcedColors: null, contrast: "more" });
  await picture(page, `conditions-${name}-contrast`);
  await page.emulateMedia({ contrast: null, reducedMotion: null });
}

async function picture(page, name) {
  await page.screenshot({ path: join(given.pictures, `${name}.png`), fullPage: true });
}

/** What makes the page wider than its screen. */
function tooWide(page) {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((each) => each.getBoundingClientRect().right > clientWidth + 1);
    return [`${scrollWidth - clientWidth} px too wide: ${wide.slice(-3).map((each) => each.outerHTML.slice(0, 120))}`];
  });
}

/** Buttons, fields and options; links inside a sentence are as high as their line (WCAG 2.5.8 lets them). */
function tooSmall(page) {
  return page.evaluate((least) => {
    const targets = "button, a.button, select, summary, label.option, label.tick, input:not([type=radio], [type=checkbox])";
    const seen = [...document.querySelectorAll(targets)].filter((each) => each.checkVisibility());
    const small = seen.filter((each) => {
      const { width, height } = each.getBoundingClientRect();
      return width < least || height < least;
    });
    return small.map((each) => `${each.outerHTML.slice(0, 120)} ${JSON.stringify(each.getBoundingClientRect())}`);
  }, TARGET_PX);
}

function moving(page) {
  return page.evaluate(() => {
    const moves = (each) => {
      const { transitionDuration, animationName } = getComputedStyle(each);
      return animationName !== "none" || /[1-9]/.test(transitionDuration);
    };
    return [...document.querySelectorAll("*")].filter(moves).map((each) => each.outerHTML.slice(0, 120));
  });
}

/** In the system's colours an answered question and a chosen option still look unlike the others. */
async function seenWithoutColours(page) {
  await page.emulateMedia({ forcedColors: "active" });
  const looks = await page.evaluate(() => {
    const look = (selector) => {
      const { backgroundColor, borderTopColor, borderTopWidth } = getComputedStyle(document.querySelector(selector));
      return JSON.stringify([backgroundColor, borderTopColor, borderTopWidth]);
    };
    return {
      answered: look(".overview .answered"),
      blank: look(".overview button:not(.answered)"),
      chosen: look(".option:has(input:checked)"),
      other: look(".option:not(:has(input:checked))"),
    };
  });
  assert.notEqual(looks.answered, looks.blank);
  assert.notEqual(looks.chosen, looks.other);
  await page.emulateMedia({ forcedColors: null });
}
