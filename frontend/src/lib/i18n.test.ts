import { describe, expect, it } from "vitest";
import { fill, t } from "./i18n";

describe("fill", () => {
  it("puts values in and leaves unknown names visible", () => {
    expect(fill("{name} has {what}", { name: "Mira" })).toBe("Mira has {what}");
  });

  it.each([
    [0, "no items"],
    [1, "1 item of Mira"],
    [1200, "1,200 items"],
  ])("chooses the form for %d", (count, text) => {
    const message = "{count, plural, =0 {no items} one {# item of {who}} other {# items}}";

    expect(fill(message, { count, who: "Mira" })).toBe(text);
  });

  it("does not look at values again", () => {
    expect(fill("{name}", { name: "{other}", other: "x" })).toBe("{other}");
  });
});

describe("messages", () => {
  it("are read by key", () => {
    expect(t("executions.runNumber", { number: "7" })).toBe("Run #7");
  });
});
