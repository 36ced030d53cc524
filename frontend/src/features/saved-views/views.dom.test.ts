import { beforeEach, expect, test } from "vitest";
import { forgetView, saveView, useViews, viewOf } from "./views";

const viewsOf = (list: string) => useViews.getState().lists[list] ?? [];

beforeEach(() => useViews.setState({ lists: {} }));

test("views of a list are kept by name, sorted, and apart from those of other lists", () => {
  saveView("runs", "Failures", { status: "failed" });
  saveView("runs", "Dear", { cost: "1000000" });
  saveView("audit", "Keys", { action: "api_key." });
  saveView("runs", "Failures", { status: "failed", since: "24h" });

  expect(viewsOf("runs")).toEqual([
    { name: "Dear", search: { cost: "1000000" } },
    { name: "Failures", search: { status: "failed", since: "24h" } },
  ]);
  forgetView("runs", "Dear");
  expect(viewsOf("runs").map(({ name }) => name)).toEqual(["Failures"]);
  expect(viewsOf("audit")).toHaveLength(1);
});

test("what is shown is known again, in whatever order its filters were chosen", () => {
  saveView("runs", "Failures", { status: "failed", since: "24h" });

  const found = viewOf(viewsOf("runs"), { since: "24h", q: "", status: "failed" });

  expect(found?.name).toBe("Failures");
  expect(viewOf(viewsOf("runs"), { status: "failed" })).toBeUndefined();
});
