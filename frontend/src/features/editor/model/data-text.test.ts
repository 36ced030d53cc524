import { describe, expect, it } from "vitest";
import { dataIn } from "./data-text";

const rows = (text: string, name: string | null = null) =>
  dataIn(text, name)?.items.map(({ json }) => json) ?? null;

describe("data in a text", () => {
  it("is an item for each object of a list, and one for a lone object", () => {
    expect(rows('[{"id":1},{"id":2}]')).toEqual([{ id: 1 }, { id: 2 }]);
    expect(rows('{"id":1}')).toEqual([{ id: 1 }]);
    expect(rows("[1, null]")).toEqual([{ value: 1 }, { value: null }]);
  });

  it("may be one object a line", () => {
    expect(rows('{"id":1}\n{"id":2}\n')).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it("keeps the form of items that were copied from an output", () => {
    expect(rows('[{"json":{"id":1},"paired":[]}]')).toEqual([{ id: 1 }]);
  });

  it("is read from a file with commas, semicolons or quotes", () => {
    expect(rows('id,name\r\n007,"Nord, ""GmbH"""\r\n', "orders.csv")).toEqual([
      { id: "007", name: 'Nord, "GmbH"' },
    ]);
    expect(rows("id;total\n1;2,50\n", "orders.csv")).toEqual([{ id: "1", total: "2,50" }]);
    expect(dataIn("id,n\n1,2", "New orders.csv")?.name).toBe("New orders");
  });

  it("is read from cells of a spreadsheet, and not from prose", () => {
    expect(rows("id\ttotal\n1\t2")).toEqual([{ id: "1", total: "2" }]);
    expect(rows("Well, this\nis, said she, a letter.")).toBeNull();
  });
});
