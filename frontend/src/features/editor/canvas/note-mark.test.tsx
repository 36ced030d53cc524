// Notes of a node where it is drawn: the mark on its card, its row in the outline, its copy.

import { act, fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { aNode, documentOf } from "@/test/documents";
import { openCanvas } from "@/test/open-canvas";
import { loadDeferred } from "@/ui/deferred";
import { paste } from "../model/clipboard";
import { fragmentOf } from "../model/fragment";

const noted = documentOf([
  aNode("a", { name: "Orders", notes: "# Why\nAsk **Ada** first." }),
  aNode("b", { name: "Store", position: [320, 0] }),
]);

async function open() {
  const opened = openCanvas(noted);
  await act(loadDeferred);
  return opened;
}

const card = () => screen.getByRole("group", { name: /^Orders,/ });

test("the text shows under the pointer, and goes with Escape", async () => {
  await open();
  expect(screen.queryByRole("tooltip")).toBeNull();

  await userEvent.hover(screen.getByRole("img", { name: "Notes" }));
  expect(screen.getByRole("tooltip")).toHaveTextContent("Ask Ada first.");

  fireEvent.keyDown(document, { key: "Escape" });
  expect(screen.queryByRole("tooltip")).toBeNull();
});

test("the card and its row in the outline say the first line", async () => {
  const { editor } = await open();
  expect(card()).toHaveAccessibleDescription("Why");

  act(() => editor.ui.setState({ left: "outline" }));

  expect(screen.getByRole("treeitem", { name: /^Orders,.*Notes: Why$/ })).toBeInTheDocument();
});

test("a copy has them, too", () => {
  const { document, nodes } = paste(noted, fragmentOf(noted, new Set(["a"])), [0, 400]);

  expect(document.nodes.find(({ id }) => id === nodes[0])?.notes).toBe("# Why\nAsk **Ada** first.");
});
