import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Store, type Kept } from "./store.ts";

const held = new Map<string, string>();
let isFull = false;

beforeEach(() => {
  held.clear();
  isFull = false;
  Object.assign(globalThis, {
    localStorage: {
      getItem: (key: string) => held.get(key) ?? null,
      setItem: (key: string, value: string) => {
        if (isFull) throw new Error("no room");
        held.set(key, value);
      },
    },
  });
});

function draft(id: string, at: number): Kept {
  return { id, title: id, address: "/usulan/baru/", version: 0, fields: { title: id }, at, state: "kept" };
}

test("the same form kept twice is one record, the newest first", () => {
  const store = new Store("7");
  store.put(draft("a", 1));
  store.put(draft("b", 2));
  store.put({ ...draft("a", 3), title: "new" });
  assert.deepEqual(store.all().map(({ id, title }) => [id, title]), [["a", "new"], ["b", "b"]]);
  store.forget("a");
  assert.equal(store.get("a"), undefined);
});

test("on a phone that is shared nobody sees what another person typed", () => {
  new Store("7").put(draft("a", 1));
  assert.deepEqual(new Store("8").all(), []);
});

test("a phone without room says so, and broken storage is an empty one", () => {
  const store = new Store("7");
  isFull = true;
  assert.equal(store.put(draft("a", 1)), false);
  held.set("musrenbang:drafts:7", "{broken");
  assert.deepEqual(store.all(), []);
});
