// One paper in two tabs, and on two devices.
import assert from "node:assert/strict";
import { atServer, attemptOf, choose, device, given, looked, next, saved, scenario, signIn, startPaper, tab } from "./stage.mjs";

await scenario(async () => {
  const home = await device();
  const first = await tab(home, `#/sign-in/start/${given.contest}-w1`);
  await startPaper(first);
  const attempt = attemptOf(first);
  await choose(first, 0);
  await saved(first);

  // A second tab knows who is signed in, and does not write beside the first.
  const second = await tab(home, `#/paper/${encodeURIComponent(attempt)}`);
  await second.getByText("Bài thi đang mở ở thẻ khác").waitFor();
  await looked(second, "two-places-1-other-tab");
  await second.getByRole("button", { name: "Làm bài ở thẻ này" }).click();
  await second.locator(".question").waitFor();
  await first.getByText("Bài thi đang mở ở thẻ khác").waitFor();
  await next(second);
  await choose(second, 1);
  await saved(second);

  // Another device goes on with the same paper.
  const away = await device();
  const phone = await tab(away, `#/sign-in/paper/${encodeURIComponent(attempt)}`);
  await signIn(phone);
  await phone.locator(".question").waitFor();
  assert.ok(await phone.locator(".option input").nth(0).isChecked(), "the other device shows what was saved");
  await choose(phone, 2);
  await saved(phone);

  // The first device is one save behind: both answers are joined, and the person is told.
  await next(second);
  await choose(second, 3);
  await second.getByText("vừa được làm trên một máy khác").waitFor();
  await saved(second);
  await looked(second, "two-places-2-joined");
  const { answers, questions } = await atServer(given.account.token, attempt);
  const letters = [2, 1, 3].map((place, n) => questions[n].options[place].letter);
  assert.deepEqual([answers["1"], answers["2"], answers["3"]], letters);
  return { answers };
});
