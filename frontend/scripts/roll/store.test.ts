import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { RollStore, uuid, type Kept } from "./store.ts";

const held = new Map<string, string>();
let isFull = false;

beforeEach(() => {
  held.clear();
  isFull = false;
  Object.assign(globalThis, {
    localStorage: {
      getItem: (key: string) => held.get(key) ?? null,
      removeItem: (key: string) => held.delete(key),
      setItem: (key: string, value: string) => {
        if (isFull) throw new Error("no room");
        held.set(key, value);
      },
    },
  });
});

function line(id: string): Kept {
  return { id, fields: { name: id }, captured: "2027-01-05T09:00:00+07:00", state: "waiting" };
}

test("lines stay in the order of their capture, and one that changes keeps its place", () => {
  const store = new RollStore("7", "m");
  for (const id of ["a", "b", "c"]) store.put(line(id));
  store.put({ ...line("b"), state: "refused" });
  assert.deepEqual(store.all().map(({ id, state }) => [id, state]), [["a", "waiting"], ["b", "refused"], ["c", "waiting"]]);
  store.forget(["a", "c"]);
  assert.deepEqual(store.all().map(({ id }) => id), ["b"]);
});

test("each person and meeting has lines of its own, and nothing is left behind when all are sent", () => {
  new RollStore("7", "m").put(line("a"));
  assert.deepEqual(new RollStore("8", "m").all(), []);
  assert.deepEqual(new RollStore("7", "n").all(), []);
  new RollStore("7", "m").forget(["a"]);
  assert.equal(held.size, 0);
});

test("a phone without room says so, and broken storage is an empty roll", () => {
  const store = new RollStore("7", "m");
  isFull = true;
  assert.equal(store.put(line("a")), false);
  held.set("musrenbang:roll:7:m", "{broken");
  assert.deepEqual(store.all(), []);
});

test("a UUID of a phone's own has the shape that the server asks for", () => {
  assert.match(uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
