import assert from "node:assert/strict";
import { test } from "node:test";

import { ASK_AGAIN, ASK_AGAIN_LOW_DATA, ASK_AT_LEAST, pause } from "./pace.ts";

test("a quiet room is asked less and less often, at least once a minute", () => {
  const waits = [0];
  for (let turn = 0; turn < 8; turn += 1) waits.push(pause(waits.at(-1) ?? 0, false, false));
  assert.equal(waits[1], ASK_AGAIN);
  assert.ok(waits.slice(1).every((wait, turn) => wait >= (waits[turn] ?? 0)));
  assert.equal(waits.at(-1), ASK_AT_LEAST);
});

test("news bring the first pause back, three times as long where data are dear", () => {
  assert.equal(pause(ASK_AT_LEAST, true, false), ASK_AGAIN);
  assert.equal(pause(ASK_AT_LEAST, true, true), ASK_AGAIN_LOW_DATA);
});
