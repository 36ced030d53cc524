// Without a network a change is refused at once; it never waits unseen.

import { onlineManager } from "@tanstack/react-query";
import { afterEach, expect, test } from "vitest";
import { OfflineError } from "@/api/problem";
import { createQueryClient } from "./query-client";

afterEach(() => onlineManager.setOnline(true));

test("a change that is made offline fails at once", async () => {
  onlineManager.setOnline(false);
  const client = createQueryClient();
  const change = client.getMutationCache().build(client, {
    mutationFn: () => Promise.reject(new OfflineError("no network")),
  });

  const saving = change.execute(undefined);
  void saving.catch(() => undefined);

  await expect.poll(() => change.state.isPaused || change.state.status).toBe("error");
});
