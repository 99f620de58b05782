import assert from "node:assert/strict";
import { test } from "node:test";

import { area, length } from "./measures.ts";

// what PostGIS says of the same points: ST_Length and ST_Area of geography
test("a length is the database's to a thousandth, so that what is told while drawing is what is kept", () => {
  const line = [{ lon: 109.4, lat: -0.09 }, { lon: 109.41, lat: -0.09 }];
  assert.ok(Math.abs(length(line) / 1113.19 - 1) < 0.001);
  assert.equal(length([line[0]!]), 0);
});

test("an area is the database's to a thousandth, whichever way round it was drawn", () => {
  const corner = [{ lon: 109.4, lat: -0.09 }, { lon: 109.41, lat: -0.09 }, { lon: 109.41, lat: -0.08 }];
  assert.ok(Math.abs(area(corner) / 615_452.87 - 1) < 0.001);
  assert.equal(area(corner), area([...corner].reverse()));
  assert.equal(area(corner.slice(0, 2)), 0);
});
