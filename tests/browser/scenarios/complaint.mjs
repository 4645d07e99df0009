// A complaint about the own result: filed by a person on a phone, questioned and decided by an organiser, seen by the person.
import assert from "node:assert/strict";
import { ask, device, given, looked, scenario, signIn, tab } from "./stage.mjs";

await scenario(async () => {
  const page = await tab(await device(), `#/rounds/${given.round}`);
  await page.getByRole("link", { name: "Kết quả của tôi và khiếu nại" }).click();
  await signIn(page);
  await page.getByRole("heading", { name: "Kết quả của tôi – Tuần 1" }).waitFor();
  await page.getByText("trong bảng Người dân").waitFor();
  await page.getByText(/bạn có thể khiếu nại đến hết/).waitFor();
  await looked(page, "complaint-1-result");

  await page.getByText("Gửi khiếu nại").first().click();
  await page.getByRole("button", { name: "Gửi khiếu nại" }).click();
  await page.getByText("Có chỗ chưa đúng").waitFor();
  await looked(page, "complaint-2-errors");
  await page.getByLabel("Điểm số").check();
  await page.getByLabel("Lượt thi", { exact: true }).selectOption({ label: "Lượt 1" });
  await page.getByLabel("Nội dung khiếu nại").fill("Tôi chọn A ở câu 4 và tin rằng đó là đáp án đúng.");
  await looked(page, "complaint-3-filled");
  await page.getByRole("button", { name: "Gửi khiếu nại" }).click();
  await page.getByText("Đã nhận, đang chờ giải quyết").waitFor();
  await page.getByText(/Giải quyết chậm nhất là hết/).waitFor();
  await looked(page, "complaint-4-received");

  // A second one of the kind has to wait for the first.
  await page.getByText("Gửi khiếu nại").first().click();
  await page.getByLabel("Điểm số").check();
  await page.getByLabel("Nội dung khiếu nại").fill("Tôi vẫn tin là mình đúng.");
  await page.getByRole("button", { name: "Gửi khiếu nại" }).click();
  await page.locator(".errors", { hasText: "chưa được giải quyết" }).waitFor();

  await ask("question");
  await page.reload();
  await page.getByText("Ban Tổ chức hỏi thêm, mời bạn trả lời").waitFor();
  await page.getByText("Bạn dùng bản đề nào?").waitFor();
  await page.getByLabel("Trả lời của bạn").fill("Bản trên điện thoại.");
  await looked(page, "complaint-5-questioned");
  await page.getByRole("button", { name: "Gửi trả lời" }).click();
  await page.getByText("Bạn đã trả lời, đang chờ giải quyết").waitFor();

  await ask("decision");
  await page.reload();
  await page.getByText("Khiếu nại không được chấp nhận").waitFor();
  await page.getByText("Đáp án câu 4 đã được kiểm tra lại và đúng.").waitFor();
  assert.equal(await page.getByRole("button", { name: "Rút khiếu nại này" }).count(), 0, "a decided complaint is not withdrawn");
  await looked(page, "complaint-6-decided");
  await page.setViewportSize({ width: 320, height: 640 });
  await looked(page, "complaint-6-decided-320");
  return {};
});
