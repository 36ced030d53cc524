// Cells survive the way through their input, and what does not fit says why.

import { describe, expect, it } from "vitest";
import type { ColumnType, JsonValue } from "@/api/types";
import { readCell, shownCell, typedCell } from "./cells";

describe("a cell", () => {
  it.each<[ColumnType, JsonValue]>([
    ["text", "Ada"],
    ["number", -1.5],
    ["boolean", false],
    ["date_time", "2026-01-31T09:30:00.000Z"],
    ["json", { tags: ["a"] }],
    ["text", null],
  ])("of the type %s comes back from its input as it was", (type, value) => {
    expect(readCell(type, typedCell(type, value))).toEqual({ ok: true, value });
  });

  it("is emptied by an empty input", () => {
    expect(readCell("number", "  ")).toEqual({ ok: true, value: null });
    expect(shownCell("number", null)).toBe("");
  });

  it.each<[ColumnType, string]>([
    ["number", "old"],
    ["json", "{tags"],
  ])("of the type %s refuses what it cannot hold", (type, text) => {
    expect(readCell(type, text).ok).toBe(false);
  });
});
