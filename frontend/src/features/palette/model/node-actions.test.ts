import { describe, expect, it } from "vitest";
import { aSpec } from "@/test/documents";
import { buildCatalog } from "./catalog";
import { actionsOf, searchActions } from "./node-actions";

const store = aSpec("files.s3", {
  title: "S3 Storage",
  synonyms: ["bucket"],
  params: {
    properties: {
      operation: { enum: ["get", "put"], "x-ui": { labels: { get: "Fetch a file" } } },
    },
  },
});
const catalog = buildCatalog({
  nodes: [store, aSpec("flow.if", { title: "If" })],
  broken: [],
  categories: [],
});
const found = (query: string) =>
  searchActions(catalog, query, () => true).map(({ params }) => params["operation"]);

describe("what a node can do", () => {
  it("are the choices of its operation, under their labels", () => {
    expect(actionsOf(store).map(({ label }) => label)).toEqual(["Fetch a file", "put"]);
  });

  it("is found by words of the action, with words of the node", () => {
    expect(found("fetch")).toEqual(["get"]);
    expect(found("bucket fetch")).toEqual(["get"]);
    expect(found("mail fetch")).toEqual([]);
  });

  it("is not found by words of the node alone, which finds the node", () => {
    expect(found("bucket")).toEqual([]);
    expect(found("")).toEqual([]);
  });
});
