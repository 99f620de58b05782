import assert from "node:assert/strict";
import { test } from "node:test";

import { apart, crowded, sides, standing } from "./names.ts";
import { read } from "./reading.ts";
import { rupiahShort } from "../numbers/told.ts";
import { spots } from "./spots.ts";
import { covering, depth } from "./tiles.ts";

test("a view asks for every tile that it shows and no other", () => {
  const tiles = covering({ west: 108.9, south: -0.6, east: 109.9, north: 0.4, zoom: 11 }, 10);
  const names = tiles.map(({ z, x, y }) => `${z}/${x}/${y}`);
  assert.deepEqual(new Set(names).size, names.length);
  assert.ok(names.includes("10/821/510") && names.includes("10/824/513"));
  assert.ok(tiles.every(({ z }) => z === 10));
  assert.equal(tiles.length, 4 * 4);
});

test("a view beyond the edge of the world asks only for tiles that exist", () => {
  assert.deepEqual(covering({ west: -500, south: -89, east: 500, north: 89, zoom: 1 }, 0), [{ z: 0, x: 0, y: 0 }]);
});

test("shapes that would cover each other become one spot, others stay single", () => {
  const points = [{ x: 10, y: 10 }, { x: 20, y: 12 }, { x: 90, y: 10 }, { x: 25, y: 30 }];
  const found = spots(points, (point) => point, 24);
  assert.deepEqual(found.map((spot) => spot.items.length), [2, 1, 1]);
  assert.deepEqual(found[0]?.items, [points[0], points[1]]);
});

test("every proposal is in exactly one spot", () => {
  const points = Array.from({ length: 400 }, (_, index) => ({ x: (index * 37) % 300, y: (index * 53) % 200 }));
  const found = spots(points, (point) => point, 24);
  assert.equal(found.reduce((sum, spot) => sum + spot.items.length, 0), points.length);
});

test("the shallowest tiles that draw the same regions are asked for", () => {
  const steps = [0, 6, 8, 10, 12];
  assert.deepEqual([4, 6, 7, 9, 10, 11].map((zoom) => depth(zoom, steps)), [2, 6, 6, 8, 10, 10]);
  assert.deepEqual([12, 13, 15].map((zoom) => depth(zoom, steps)), [12, 12, 14]);
});

test("a name stands where it covers neither bubble nor name; the larger bubble's goes first", () => {
  const bubbles = [{ x: 50, y: 50, r: 30, width: 80 }, { x: 60, y: 95, r: 22, width: 60 }, { x: 300, y: 50, r: 22, width: 60 }, { x: 330, y: 40, r: 22, width: 60 }];
  assert.deepEqual(sides(bubbles, [-100, -100, 500, 300]), ["above", "below", "below", "above"]);
  assert.deepEqual(sides(bubbles, [20, 0, 420, 300]), ["right", "below", "below", "above"], "a name never leaves the view");
});

test("discs that cover each other are pushed apart, and never far from their place", () => {
  const [one, other] = [{ x: 0, y: 0, r: 20, width: 60 }, { x: 10, y: 0, r: 20, width: 60 }];
  const moved = apart([one, other]);
  assert.ok(Math.hypot(moved[1]!.x - moved[0]!.x, moved[1]!.y - moved[0]!.y) >= 42);
  assert.ok(Math.hypot(moved[0]!.x - one.x, moved[0]!.y - one.y) <= 26.01);
  assert.deepEqual(apart([one]), [{ x: 0, y: 0 }]);
});

test("of labels that cover each other the first stands, so that the list's order decides", () => {
  assert.deepEqual(standing([[0, 0, 50, 20], [40, 0, 90, 20], [60, 0, 110, 20]]), [true, false, true]);
});

test("a phone is crowded by twenty discs, a wide map is not", () => {
  assert.ok(crowded(20, 360, 460));
  assert.ok(!crowded(20, 900, 650));
});

test("a name and its rupiah need two lines", () => {
  const one = { x: 50, y: 50, r: 20, width: 60 };
  const below = { x: 50, y: 112, r: 20, width: 10 };
  assert.equal(sides([one, below], [-200, -200, 400, 400])[0], "below");
  assert.equal(sides([{ ...one, lines: 2 }, below], [-200, -200, 400, 400])[0], "above");
});

test("a tile's lines are read with or without their point, and what is no geometry is left out", () => {
  const line = { type: "LineString", coordinates: [[109.4, -0.1], [109.5, -0.1]] };
  const told = { id: "a", stage: "village", outcome: "open", shape: line };
  const [single, drawn] = read({ features: [{ kind: "proposal", lon: 109.4, lat: -0.1, ...told }, { kind: "shape", ...told }, { kind: "shape", id: "b", shape: 7 }] }, [0, 0]);
  assert.equal(single?.type === "proposal" && single.shape?.type, "LineString");
  assert.equal(drawn?.type, "shape");
});

test("money on the map is written as the server writes it", () => {
  assert.deepEqual([1_250_000_000, 444_000_000, 62_140_000_000, 9_800_000_000_000, 141_949, 999_999_999].map(rupiahShort), [
    "Rp1,25 M", "Rp444 juta", "Rp62,1 M", "Rp9,8 T", "Rp141.949", "Rp1 M",
  ]);
});
