// The plugins page tells which nodes an older version wrote, and what would become of each.

import { fireEvent, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { OutdatedNode, Plugin } from "@/api/types";
import { show } from "@/test/show";
import { PluginOutdated } from "./plugin-outdated";

const upgradeOf = (changes: OutdatedNode["upgrade"]["changes"], error: string | null) => ({
  type: "acme.post_message",
  from_version: 1,
  to_version: 2,
  params: error === null ? {} : null,
  changes,
  faults: [],
  error,
});

const NODES: readonly OutdatedNode[] = [
  {
    workflow: { id: "w1", name: "Greet" },
    node: "a",
    name: "Say hello",
    upgrade: upgradeOf([{ name: "text", change: "changed", before: "Hi", after: ["Hi"] }], null),
  },
  {
    workflow: { id: "w2", name: "Part" },
    node: "b",
    name: "",
    upgrade: upgradeOf([], "The package cannot take over what version 1 wrote."),
  },
];

const pluginWith = (outdated: readonly OutdatedNode[]) => ({ outdated }) as unknown as Plugin;

test("each node leads to its workflow and says what changes, or that it cannot", async () => {
  await show(<PluginOutdated plugin={pluginWith(NODES)} />);
  fireEvent.click(screen.getByText("2 nodes were written by an older version"));

  const first = screen.getByText("Say hello: version 1 to 2").closest("li");
  const second = screen.getByText("acme.post_message: version 1 to 2").closest("li");
  expect(screen.getByRole("link", { name: "Greet" })).toHaveAttribute("href", "/w/w1?node=a");
  expect(within(first as HTMLElement).getByRole("listitem")).toHaveTextContent(
    'Changedtext"Hi"["Hi"]',
  );
  expect(within(second as HTMLElement).getByText(/cannot take over/)).toBeVisible();
});

test("a package whose nodes are all of today says nothing", async () => {
  await show(<PluginOutdated plugin={pluginWith([])} />);

  expect(screen.queryByRole("group")).toBeNull();
});
