// Files of an item are looked into without downloading them.

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { FileRef } from "@/api/types";
import { TooltipProvider } from "@/ui/tooltip";
import { BinaryView } from "./binary-view";

function showFile(given: Partial<FileRef>, content: string) {
  const file = { id: "f", name: "note.txt", mime: "text/plain", size: 12, sha256: "", ...given };
  vi.stubGlobal("fetch", async (url: string) =>
    url.startsWith("/api/v1/files/f/url/")
      ? Response.json({ url: "/api/v1/files/content/token/note", expires_in_s: 600 })
      : new Response(content, { headers: { "Content-Type": file.mime } }),
  );
  const item = { json: {}, binary: { data: file } };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <TooltipProvider>
        <BinaryView item={item} />
      </TooltipProvider>
    </QueryClientProvider>,
  );
}

const previewButton = () => screen.queryByRole("button", { name: /^Preview / });

function openPreview() {
  const button = previewButton();
  if (button) fireEvent.click(button);
}

afterEach(() => vi.unstubAllGlobals());

test("text is read in place", async () => {
  showFile({}, "Dear customer");

  openPreview();

  expect(await screen.findByText("Dear customer")).toBeInTheDocument();
});

test("a picture is shown from bytes, never from an address that could run something", async () => {
  URL.createObjectURL = () => "blob:picture";
  URL.revokeObjectURL = () => undefined;
  showFile({ name: "plan.svg", mime: "image/svg+xml" }, "<svg/>");

  openPreview();

  expect(await screen.findByRole("img", { name: "plan.svg" })).toHaveAttribute(
    "src",
    "blob:picture",
  );
});

test("what cannot be shown, or is too large for it, is offered for download only", () => {
  showFile({ mime: "application/zip" }, "");
  expect(previewButton()).not.toBeInTheDocument();

  showFile({ size: 6_000_000 }, "");
  expect(previewButton()).not.toBeInTheDocument();
  expect(screen.getAllByRole("button", { name: /^Download / })).toHaveLength(2);
});
