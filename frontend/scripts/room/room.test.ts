import assert from "node:assert/strict";
import { test } from "node:test";

import { left, written } from "./clock.ts";
import { PAUSE, Saying } from "./saying.ts";
import { spread } from "./spread.ts";

test("one sentence in ten seconds, the decision before the floor", () => {
  const saying = new Saying();
  saying.hear("floor", "giliran berubah");
  saying.hear("decision", "keputusan 4");
  assert.equal(saying.next(0), "keputusan 4");
  saying.hear("floor", "giliran berubah");
  assert.equal(saying.next(PAUSE - 1), null);
  assert.equal(saying.next(PAUSE), "giliran berubah");
  assert.equal(saying.next(3 * PAUSE), null);
});

test("who wants decisions only hears nothing else", () => {
  const saying = new Saying();
  saying.decisionsOnly = true;
  saying.hear("motion", "pemungutan suara");
  assert.equal(saying.next(0), null);
  saying.hear("decision", "keputusan 5");
  assert.equal(saying.next(0), "keputusan 5");
});

test("presence is counted, never read out", () => {
  const saying = new Saying();
  saying.hear("presence", "75 hadir");
  assert.equal(saying.next(0), null);
});

test("one page asks at once, thousands spread over ten seconds at most", () => {
  assert.equal(spread(0, 1), 0);
  assert.equal(spread(3000, 1), 10_000);
  assert.equal(spread(3000, 0.5), 5_000);
  assert.equal(spread(100_000, 1), 10_000);
});

test("the time to speak counts from the server's times, whatever the phone's clock says", () => {
  const server = Date.parse("2027-02-11T03:00:00Z");
  const phone = server + 2 * 24 * 3600 * 1000;
  const offset = server - phone;
  assert.equal(left("2027-02-11T02:59:00Z", 180, phone + offset), 120);
  assert.equal(written(120), "2.00");
  assert.equal(written(-65), "−1.05");
});
