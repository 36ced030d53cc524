// The workspaces that the switcher offers.

import { expect, test } from "vitest";
import { placesInOrder } from "./places-in-order";

const NAMES = ["acme", "berlin", "cargo", "delta", "east", "field", "garden", "harbour", "island"];
const ALL = NAMES.map((slug) => ({ slug, name: `The ${slug}`, url: "" }));
const slugs = (places: readonly { readonly slug: string }[]) => places.map(({ slug }) => slug);

test("of many workspaces those used last come first, without the one that is open", () => {
  const { recent, others } = placesInOrder(ALL, ["acme", "harbour", "gone", "cargo"], "acme", "");

  expect(slugs(recent)).toEqual(["harbour", "cargo"]);
  expect(slugs(others)).toEqual(["acme", "berlin", "delta", "east", "field", "garden", "island"]);
});

test("a few workspaces stay in one list", () => {
  const few = ALL.slice(0, 3);

  expect(placesInOrder(few, ["berlin"], "acme", "")).toEqual({ recent: [], others: few });
});

test("a search finds a workspace by any part of its name", () => {
  expect(slugs(placesInOrder(ALL, ["acme"], "acme", " The Is").others)).toEqual(["island"]);
});
