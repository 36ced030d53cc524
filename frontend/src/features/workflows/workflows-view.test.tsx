// The page of workflows: a search inside a folder, and how it gets out of it.

import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { show } from "@/test/show";
import { stubServer } from "@/test/show-inspector";
import { WorkflowsView } from "./workflows-view";

const EVERYWHERE = { name: "Search all folders" };

test("a search inside a folder is widened to all of them by one press", async () => {
  stubServer();
  const onSearch = vi.fn();
  await show(
    <WorkflowsView search={{ q: "mail", folder: "f", view: "grid" }} onSearch={onSearch} />,
  );

  await userEvent.click(await screen.findByRole("button", EVERYWHERE));

  expect(onSearch).toHaveBeenLastCalledWith({ q: "mail", view: "grid" });
});

test("a folder that is only looked into offers nothing of the kind", async () => {
  stubServer();
  await show(<WorkflowsView search={{ folder: "f", sort: "name" }} onSearch={() => undefined} />);

  await screen.findByRole("searchbox");
  expect(screen.queryByRole("button", EVERYWHERE)).toBeNull();
});
