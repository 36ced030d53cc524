import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { Peer } from "@/api/socket";
import { documentWith, editorOf, nodeOf, showInspector, stubServer } from "@/test/show-inspector";

const jonas: Peer = {
  id: "2",
  person: { id: "j", name: "Jonas" },
  node: "node",
  holds: true,
  at: 5,
  you: false,
};
const me: Peer = { ...jonas, id: "1", person: { id: "a", name: "Ada" }, holds: false, you: true };

it("parameters that somebody else edits wait until one takes over", async () => {
  stubServer();
  const editor = editorOf(documentWith([nodeOf("web.http_request")]));
  const takeOver = vi.fn();
  showInspector(editor);
  const form = await screen.findByRole("region", { name: "Parameters" });
  const isLocked = () => form.querySelector("[inert]") !== null;
  expect(isLocked()).toBe(false);

  act(() => editor.presence.setState({ people: [me, jonas], takeOver }));
  expect(screen.getByText("Jonas is editing this node.")).toBeVisible();
  expect(isLocked()).toBe(true);
  await userEvent.click(screen.getByRole("button", { name: "Take over" }));
  expect(takeOver).toHaveBeenCalledOnce();

  act(() => editor.presence.setState({ people: [{ ...me, holds: true, at: 9 }, jonas] }));
  expect(isLocked()).toBe(false);
});
