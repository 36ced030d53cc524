import { readFileSync } from "node:fs";
import { Box } from "lucide-react";
import { expect, it } from "vitest";
import type { NodeCatalog } from "@/api/types";
import { nodeIcon } from "./icons";

const catalog: NodeCatalog = JSON.parse(readFileSync("../fixtures/catalog.json", "utf8"));

it.each(catalog.nodes)("$type has its icon $icon", ({ icon }) => {
  expect(icon === "box" || nodeIcon(icon) !== Box).toBe(true);
});

it("draws a box for a name that is not known", () => {
  expect(nodeIcon("no-such-icon")).toBe(Box);
});
