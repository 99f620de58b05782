import assert from "node:assert/strict";
import { test } from "node:test";

import { adapted, LARGEST, part, pause, SMALLEST } from "./backoff.ts";

test("each failure doubles the wait, up to half a minute, because a hall of phones comes back at once", () => {
  assert.deepEqual([1, 2, 3, 4].map((failures) => pause(failures, null, 1)), [1000, 2000, 4000, 8000]);
  assert.equal(pause(20, null, 1), 30_000);
  assert.equal(pause(3, null, 0), 2000);
});

test("what the server asks for is kept to", () => {
  assert.equal(pause(1, 12, 1), 12_000);
  assert.equal(pause(6, 1, 1), 30_000);
});

test("the last part ends where the file ends", () => {
  assert.deepEqual(part(0, 100, 64), [0, 64]);
  assert.deepEqual(part(64, 100, 64), [64, 100]);
  assert.deepEqual(part(100, 100, 64), [100, 100]);
});

test("parts grow on a good line and shrink on a bad one", () => {
  assert.equal(adapted(256 * 1024, 1), 512 * 1024);
  assert.equal(adapted(256 * 1024, 9), 256 * 1024);
  assert.equal(adapted(256 * 1024, null), 128 * 1024);
  assert.equal(adapted(LARGEST, 1), LARGEST);
  assert.equal(adapted(SMALLEST, null), SMALLEST);
});
