import assert from "node:assert/strict";
import { test } from "node:test";
import { channelIn, rightAddress } from "../../../web/src/arrival";

test("a shared link is the page's own address, without another request", () => {
  assert.equal(rightAddress("/c/cong-dan-so", "", ""), "/#/contests/cong-dan-so");
  assert.equal(rightAddress("/r/cong-dan-so-w1", "?from=bao", ""), "/#/rounds/cong-dan-so-w1");
  assert.equal(rightAddress("/z/AB12-CD34", "", ""), "/#/certificate/AB12-CD34");
});

test("who went on from a shared link stays where they are", () => {
  assert.equal(rightAddress("/c/cong-dan-so", "", "#/me"), "/#/me");
});

test("the channel leaves the address, nothing else is touched", () => {
  assert.equal(rightAddress("/", "?from=bao", "#/contests/a"), "/#/contests/a");
  assert.equal(rightAddress("/", "", "#/contests/a"), null);
  assert.equal(rightAddress("/c/a/b", "", ""), null);
});

test("a channel is letters, digits and hyphens", () => {
  assert.equal(channelIn("?from=Bao-Ha-Giang"), "bao-ha-giang");
  for (const wrong of ["", "?from=", "?from=a%20b", "?from=a.b", `?from=${"x".repeat(33)}`, "?from=%3Cscript%3E"])
    assert.equal(channelIn(wrong), null, wrong);
});
