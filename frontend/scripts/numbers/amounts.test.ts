import assert from "node:assert/strict";
import { test } from "node:test";

import { grouped, parse, product, rupiah } from "./amounts.ts";

test("dots group thousands and a comma is the decimal sign, as people here write", () => {
  assert.equal(parse("Rp 1.250.000"), 1_250_000);
  assert.equal(parse("8,6"), 8.6);
  assert.equal(parse("1.250,5"), 1250.5);
});

test("a lone dot before one or two digits is decimal, since phones type it so", () => {
  assert.equal(parse("1.5"), 1.5);
  assert.equal(parse("1.500"), 1500);
});

test("what is no number is nothing, never zero", () => {
  assert.equal(parse("dua"), null);
  assert.equal(parse(""), null);
  assert.equal(product("-3", "1000"), null);
});

test("the product is whole rupiah, even where floats would err", () => {
  assert.equal(product("0,1", "3"), 0);
  assert.equal(product("1,005", "1.000"), 1005);
  assert.equal(product("520", "740.000"), 384_800_000);
  assert.equal(rupiah(384_800_000), "Rp384.800.000");
  assert.equal(grouped(1180), "1.180");
});
