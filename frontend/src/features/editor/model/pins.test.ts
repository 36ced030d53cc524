// Pins with how they came about: made, carried through edits and merges, and told from what changed since.

import { expect, test } from "vitest";
import { aNode, anEdge, documentOf, specOf } from "@/test/documents";
import { deleteNodes } from "./edit-graph";
import { renameNode, setNotes, setParams } from "./edit-nodes";
import { unpinned } from "./kept-pins";
import { loadedDocument } from "./load-run";
import { merge } from "./merge";
import { hasChangedSincePin, setPin } from "./pins";

const ADA = { at: "2026-11-20T10:00:00Z", by: "Ada" };
const BO = { at: "2026-11-21T10:00:00Z", by: "Bo" };
const ITEMS = [{ json: { n: 1 } }];

const chain = documentOf(
  [aNode("a"), aNode("b", { params: { x: { "=": '{{ $("A").item.json.y }}' } } })],
  [anEdge("a", "b")],
);
const pinned = setPin(chain, "b", ITEMS, ADA);

test("a pin knows when it was made and by whom", () => {
  expect(pinned.pin_facts).toEqual({ b: { ...ADA, node: expect.stringMatching(/^[0-9a-f]{8}$/) } });
});

test("what is known of a pin goes with the pin", () => {
  expect(unpinned(pinned, "b")).toMatchObject({ pins: {}, pin_facts: {} });
  expect(deleteNodes(pinned, specOf, new Set(["b"])).pin_facts).toEqual({});
});

test("other parameters are a change since; notes and the new name of what it reads are none", () => {
  expect(hasChangedSincePin(pinned, "b")).toBe(false);
  expect(hasChangedSincePin(setNotes(pinned, "b", "Why"), "b")).toBe(false);
  expect(hasChangedSincePin(renameNode(pinned, "a", "Orders"), "b")).toBe(false);
  expect(hasChangedSincePin(setParams(pinned, "b", { x: 1 }), "b")).toBe(true);
});

test("the order of keys is no change", () => {
  const first = setPin(setParams(chain, "b", { p: 1, q: { r: 2, s: 3 } }), "b", ITEMS, ADA);

  expect(hasChangedSincePin(setParams(first, "b", { q: { s: 3, r: 2 }, p: 1 }), "b")).toBe(false);
});

test("a pin from before this was kept says nothing about its node", () => {
  const old = { ...chain, pins: { b: ITEMS } };

  expect(hasChangedSincePin(setParams(old, "b", { x: 1 }), "b")).toBe(false);
});

test("a merge keeps the facts of the items that stay", () => {
  const mine = setPin(chain, "a", [{ json: { n: 2 } }], BO);

  const { document, conflicts } = merge(chain, mine, pinned);

  expect(conflicts).toEqual([]);
  expect(document.pin_facts).toMatchObject({ a: BO, b: ADA });
});

test("two who pinned one node differently are asked once", () => {
  const mine = setPin(chain, "b", [{ json: { n: 2 } }], BO);
  const choices = new Map([["pins/b", "theirs" as const]]);

  expect(merge(chain, mine, pinned).conflicts).toHaveLength(1);
  expect(merge(chain, mine, pinned, choices).document.pin_facts).toEqual(pinned.pin_facts);
});

test("loading a run forgets what was known of the pins that it replaces", () => {
  const loaded = loadedDocument(pinned, chain, { a: ITEMS }, BO);

  expect(loaded.pins).toEqual({ a: ITEMS });
  expect(loaded.pin_facts).toMatchObject({ a: BO });
  expect(loaded.pin_facts).not.toHaveProperty("b");
});
