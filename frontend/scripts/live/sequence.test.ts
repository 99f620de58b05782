import assert from "node:assert/strict";
import { test } from "node:test";

import { Sequence } from "./sequence.ts";

const event = (seq: number) => ({ seq, kind: "comment" });

test("events in order are taken one by one", () => {
  const sequence = new Sequence(6);
  assert.deepEqual([sequence.accept(event(7)), sequence.accept(event(8))], ["next", "next"]);
});

test("an event told twice is taken once, since the socket and the catch-up may both bring it", () => {
  const sequence = new Sequence(6);
  sequence.accept(event(7));
  assert.equal(sequence.accept(event(7)), "old");
});

test("a gap is seen and nothing is skipped until it is filled", () => {
  const sequence = new Sequence(6);
  assert.equal(sequence.accept(event(9)), "gap");
  assert.equal(sequence.last, 6);
  assert.deepEqual([7, 8, 9].map((seq) => sequence.accept(event(seq))), ["next", "next", "next"]);
});
