import assert from "node:assert/strict";
import { test } from "node:test";

import { AGED, CHANGED, FRESH, Pages } from "./pages.js";

const page = (size = 10, tags = []) => ({
  status: 200,
  headers: {},
  body: Buffer.alloc(size),
  tags: new Set(tags),
  forms: {},
});

test("a page ages", () => {
  let now = 0;
  const pages = new Pages(1_000_000, 60, () => now);
  pages.keep("/", page(), pages.changes);

  assert.equal(pages.find("/").state, FRESH);
  now = 61;
  assert.equal(pages.find("/").state, AGED);
  now = 11 * 60 * 1000;
  assert.equal(pages.find("/").state, CHANGED);
  now = 61;
  pages.change(() => true);
  assert.equal(pages.find("/").state, CHANGED);
  pages.keep("/", page(), pages.changes);
  assert.equal(pages.find("/").state, FRESH);
});

test("the page used longest ago makes room, and the memory has an end", () => {
  const pages = new Pages(100_000, 60, () => 0);
  pages.keep("/a", page(20_000), 0);
  pages.keep("/b", page(20_000), 0);
  pages.find("/a");
  pages.keep("/c", page(20_000), 0);

  assert.ok(pages.find("/a"));
  assert.ok(pages.find("/c"));
  assert.equal(pages.find("/b"), undefined);

  pages.keep("/groot", page(100_000), 0);
  assert.equal(pages.find("/groot"), undefined);
  assert.ok(pages.find("/a"));
});

test("the same page again takes its room once", () => {
  const pages = new Pages(100_000, 60, () => 0);
  for (let number = 0; number < 50; number += 1) pages.keep("/a", page(40_000), 0);

  assert.ok(pages.find("/a"));
});
