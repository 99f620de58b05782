import assert from "node:assert/strict";
import { test } from "node:test";

import { degrees, written } from "./typed.ts";

test("a comma and a dot are both decimal signs, since phones and people differ", () => {
  assert.equal(degrees("-0,18720", 90), -0.1872);
  assert.equal(degrees(" 109.2329 ", 180), 109.2329);
  assert.equal(degrees("−0,5", 90), -0.5);
});

test("what is no coordinate is refused, so that nothing lands at 0,0", () => {
  assert.equal(degrees("", 90), null);
  assert.equal(degrees("109", 90), null);
  assert.equal(degrees("abc", 90), null);
});

test("coordinates are written with five decimals and a comma", () => {
  assert.equal(written(-0.187204), "−0,18720");
});
