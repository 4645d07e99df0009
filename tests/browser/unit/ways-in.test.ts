import assert from "node:assert/strict";
import { test } from "node:test";
import { sharedFrom } from "../../../web/making/shared";
import { snippets } from "../../../web/src/pages/snippets";
import { UnitRow, folded, found } from "../../../web/src/results/unit-rows";

const INDEX = `<!doctype html>
<html lang="vi">
<head>
  <meta charset="utf-8">
  <title>Hội thi</title>
  <meta name="description" content="về">
  <meta property="og:title" content="Hội thi">
  <meta name="theme-color" content="#27357f">
  <script type="module" crossorigin src="/assets/index-1.js"></script>
</head>
<body>
  <div id="app"><p>Đang tải</p></div>
</body>
</html>
`;

test("what a service tells stands in place of the page's own title, description and body", () => {
  const [plain, page] = sharedFrom(INDEX).split("<!--# endblock -->") as [string, string];
  assert.match(plain, /^<!--# block name="plain" --><title>Hội thi<\/title>[^]*og:title[^]*<\/head>\n<body>[^]*Đang tải[^]*<\/body>$/);
  assert.match(page, /^<!doctype html>/);
  assert.ok(page.includes("/assets/index-1.js") && page.includes("theme-color") && page.includes('charset="utf-8"'));
  assert.ok(!/<title>|description|og:|<body>|<\/head>/.test(page));
  assert.match(page, /<!--# include virtual="\$shared_page" stub="plain" -->\s*<\/html>\s*$/);
});

const row = (name: string): UnitRow => ({
  unit_id: name, name, kind: "commune", place: null, participants: 0, roster: null, rate_percent: null, mean_points: null,
});

test("units are found without diacritics, by the beginnings of words", () => {
  const rows = ["Xã Đồng Văn", "Xã Lũng Cú", "Phường Hà Giang 1"].map(row);
  const names = (text: string) => found(rows, text).map((each) => each.name);
  assert.deepEqual(names("dong van"), ["Xã Đồng Văn"]);
  assert.deepEqual(names("LUNG"), ["Xã Lũng Cú"]);
  assert.deepEqual(names("giang 1 ha"), ["Phường Hà Giang 1"]);
  assert.deepEqual(names("ong"), []);
  assert.equal(names("  ").length, 3);
  assert.equal(folded("Đặng Thùy Trâm"), "dang thuy tram");
});

test("a snippet keeps the channel and lets no title out of its attribute", () => {
  const made = snippets({ contest_id: "hg", title: `"><script>alert('1')</script>&` }, "https://thi.example.vn", "en", "bao");
  assert.ok(made.frame.includes('src="https://thi.example.vn/card/hg?lang=en&amp;from=bao"'));
  assert.ok(made.picture.includes('href="https://thi.example.vn/c/hg?from=bao"'));
  assert.ok(!made.frame.includes("<script") && !made.picture.includes("<script"));
  assert.equal(made.link, "https://thi.example.vn/c/hg?from=bao");
});
