// Rights in groups.

import { expect, test } from "vitest";
import { groupRights, rightLabel, subjectLabel } from "./rights";

test("rights are grouped by what they are about, seeing first", () => {
  const groups = groupRights(["api_key.create", "workflow.edit", "workflow.view"]);

  expect(groups).toEqual([
    { subject: "api_key", rights: ["api_key.create"] },
    { subject: "workflow", rights: ["workflow.view", "workflow.edit"] },
  ]);
});

test("a right of a newer server is shown by its own words", () => {
  expect(subjectLabel("data_table")).toBe("data table");
  expect(rightLabel("data_table.empty_out")).toBe("empty out");
  expect(rightLabel("workflow.view")).toBe("See");
});
