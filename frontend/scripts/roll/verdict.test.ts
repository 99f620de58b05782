import assert from "node:assert/strict";
import { test } from "node:test";

import { quorum, women, type Counted } from "./verdict.ts";

const words = {
  met: "Kuorum terpenuhi.", short: "Belum: kurang {missing}.", and: "dan",
  people: "{count} orang", peopleOne: "{count} orang lagi", regions: "{count} wilayah",
  womenMet: "Perempuan {percent}%.", womenShort: "Perempuan {percent}%, kurang {count}.", womenShortOne: "kurang satu", womenFew: "Perempuan hanya {percent}%.",
};

function counted(met: boolean | null, short: Counted["quorum"]["short"] = [], share: Counted["women_share"] = { percent: 0, met: null, missing: 0 }): Counted {
  return { total: 1, hall: 1, online: 0, women: 0, regions: { represented: 0, of: 0 }, quorum: { met, short }, women_share: share };
}

test("where no rule asks nothing is said", () => {
  assert.equal(quorum(counted(null), words), "");
  assert.equal(women(counted(null), words), "");
});

test("what is short is told with its number, two with a word between them", () => {
  assert.equal(quorum(counted(true), words), "Kuorum terpenuhi.");
  const short = [{ rule: "people", have: 4, need: 9 }, { rule: "regions", have: 2, need: 4 }];
  assert.equal(quorum(counted(false, short), words), "Belum: kurang 5 orang dan 2 wilayah.");
  assert.equal(quorum(counted(false, [{ rule: "people", have: 8, need: 9 }]), words), "Belum: kurang 1 orang lagi.");
});

test("the share of women is told as it stands", () => {
  assert.equal(women(counted(null, [], { percent: 40, met: true, missing: 0 }), words), "Perempuan 40%.");
  assert.equal(women(counted(null, [], { percent: 20, met: false, missing: 3 }), words), "Perempuan 20%, kurang 3.");
  assert.equal(women(counted(null, [], { percent: 20, met: false, missing: 1 }), words), "kurang satu");
  assert.equal(women(counted(null, [], { percent: 20, met: false, missing: null }), words), "Perempuan hanya 20%.");
});
