// The tree of folders.

import { expect, test } from "vitest";
import { foldersIn, pathTo, placesFor } from "./folders";

const folder = (id: string, parent_id: string | null) => ({
  id,
  name: id,
  parent_id,
  workflows: 0,
});
const FOLDERS = [folder("sales", null), folder("orders", "sales"), folder("it", null)];
const names = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);

test("the way to a folder begins at the top", () => {
  expect(names(pathTo(FOLDERS, "orders"))).toEqual(["sales", "orders"]);
  expect(pathTo(FOLDERS, "gone")).toEqual([]);
});

test("only what lies in a folder itself is in it", () => {
  expect(names(foldersIn(FOLDERS, null))).toEqual(["sales", "it"]);
});

test("a folder is not offered a place in itself", () => {
  const offered = (moved: string | null) =>
    placesFor(FOLDERS, moved).map((place) => [place.folder.id, place.depth]);

  expect(offered(null)).toEqual([
    ["sales", 0],
    ["orders", 1],
    ["it", 0],
  ]);
  expect(offered("sales")).toEqual([["it", 0]]);
});
