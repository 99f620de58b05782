import assert from "node:assert/strict";
import { test } from "node:test";

import { read, write } from "./points.ts";

test("pairs are read as phones copy them, with dots or commas", () => {
  const expected = [{ lat: -0.0893, lon: 109.4021 }];
  for (const text of ["-0.0893, 109.4021", "−0,0893; 109,4021", "-0,0893, 109,4021", "(-0.0893 109.4021)", "-0.0893,109.4021\r\n"]) {
    assert.deepEqual(read(text), expected, text);
  }
});

test("a text with a line that is no pair is left alone, so that nothing typed is lost", () => {
  assert.equal(read('{"type":"LineString"}'), null);
  assert.equal(read("-0.09, 109.4\nlewat masjid"), null);
  assert.equal(read("400, 109.4"), null);
  assert.deepEqual(read("  \n"), []);
});

test("what is written is read as the same", () => {
  const points = [{ lat: -0.0893, lon: 109.4021 }, { lat: -0.09, lon: 109.41 }];
  assert.deepEqual(read(write(points)), points);
});
