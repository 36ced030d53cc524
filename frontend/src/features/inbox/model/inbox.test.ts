// The card's facts, its urgency, and when a swipe is an answer.

import { expect, test } from "vitest";
import type { JsonObject } from "@/api/types";
import { factsOf, urgencyOf } from "./facts";
import { answerOf } from "./swipe";

const shownOf = (...items: JsonObject[]) => factsOf({ facts: [], items });

test("a card shows plain values only, six at most", () => {
  const facts = shownOf({
    a: "x",
    list: [1],
    none: null,
    b: 2,
    c: true,
    empty: "",
    d: 1,
    e: 1,
    f: 1,
    g: 1,
  });

  expect(facts.map(({ label }) => label)).toEqual(["a", "b", "c", "d", "e", "f"]);
  expect(shownOf({ long: "x".repeat(200) })[0]?.value).toHaveLength(80);
  expect(shownOf()).toEqual([]);
});

test("facts of the author stand instead of the item's", () => {
  const facts = [{ label: "IBAN", value: "matches", mark: "ok" }] as const;

  expect(factsOf({ facts, items: [{ a: 1 }] })).toEqual(facts);
});

test("within the hour it is urgent, afterwards too late", () => {
  const at = "2026-11-21T12:00:00Z";
  const before = (minutes: number) => Date.parse(at) - minutes * 60_000;

  expect(urgencyOf({ expires_at: at }, before(90))).toBe("none");
  expect(urgencyOf({ expires_at: at }, before(30))).toBe("soon");
  expect(urgencyOf({ expires_at: at }, before(-1))).toBe("over");
  expect(urgencyOf({ expires_at: null }, before(0))).toBe("none");
});

test("a card is answered by distance or by a flick, and springs back otherwise", () => {
  expect(answerOf(110, 2_000)).toBe("approve");
  expect(answerOf(-120, 2_000)).toBe("reject");
  expect(answerOf(60, 50)).toBe("approve");
  expect(answerOf(-60, 1_000)).toBeNull();
  expect(answerOf(20, 1)).toBeNull();
});
