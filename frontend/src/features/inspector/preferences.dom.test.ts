// The inspector's layout, as a person changes it.

import { beforeEach, expect, test } from "vitest";
import { setLayout, toggleFull, usePreferences } from "./preferences";

const layout = () => usePreferences.getState().layout;

beforeEach(() => usePreferences.setState({ layout: null, formerLayout: null }));

test("from the whole window it goes back to what it was before", () => {
  setLayout("side");

  toggleFull("side");
  expect(layout()).toBe("full");

  toggleFull("full");
  expect(layout()).toBe("side");
});

test("where nobody had chosen, the width of the window decides again", () => {
  toggleFull("dock");
  toggleFull("full");

  expect(layout()).toBeNull();
});
