import { describe, expect, it } from "vitest";
import type { Peer } from "@/api/socket";
import { holderOf, lockOf, othersIn } from "./peers";

function peer(id: string, given: Partial<Peer> & { readonly name?: string } = {}): Peer {
  const { name = id, ...rest } = given;
  return { id, person: { id: name, name }, node: "n", holds: true, at: 1, you: false, ...rest };
}

describe("who has the say over a node", () => {
  it("is whoever claimed it last, at this node", () => {
    const people = [
      peer("a", { at: 1 }),
      peer("b", { at: 3 }),
      peer("c", { at: 5, holds: false }),
      peer("d", { at: 7, node: "other" }),
    ];

    expect(holderOf(people, "n")?.id).toBe("b");
  });

  it("locks nobody out of what they hold themselves, also in another tab", () => {
    const me = peer("me", { name: "Ada", you: true, holds: false });

    expect(lockOf([me, peer("tab", { name: "Ada" })], "n")).toBeNull();
    expect(lockOf([me, peer("other", { name: "Jonas" })], "n")?.person.name).toBe("Jonas");
  });
});

it("people with several tabs are shown once", () => {
  const people = [
    peer("1", { name: "Ada", you: true }),
    peer("2", { name: "Jonas" }),
    peer("3", { name: "Jonas" }),
  ];

  expect(othersIn(people).map(({ id }) => id)).toEqual(["2"]);
});
