// Saving a draft over HTTP: a JSON patch against the revision we know.

import { api, request } from "@/api/client";
import { isProblem, messageOf, OfflineError } from "@/api/problem";
import type { Workflow } from "@/api/types";
import type { Draft, DraftServer, SaveOutcome } from "./autosave";

const SERVER_FAULT = 500;

export function draftServer(id: string): DraftServer {
  return {
    patch: async (operations, revision) => {
      try {
        const { data } = await request<Workflow>("PATCH", `workflows/${id}/`, {
          body: operations,
          headers: { "If-Match": `"${revision}"`, "Content-Type": "application/json-patch+json" },
        });
        return { kind: "saved", draft: draftOf(data) };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    fetch: async () => {
      try {
        return draftOf(await api.get<Workflow>(`workflows/${id}/`));
      } catch {
        return null;
      }
    },
  };
}

export function draftOf({ document, revision, problems = [] }: Workflow): Draft {
  return { document, revision, problems };
}

function outcomeOf(error: unknown): SaveOutcome {
  if (isProblem(error, "revision_conflict")) {
    return { kind: "stale", author: authorIn(error.body.facts["author"]) };
  }
  if (error instanceof OfflineError) return { kind: "offline" };
  const transient = isProblem(error) && error.status >= SERVER_FAULT;
  return { kind: "refused", message: messageOf(error), transient };
}

function authorIn(author: unknown): string | null {
  const name =
    typeof author === "object" && author !== null && "name" in author ? author.name : null;
  return typeof name === "string" ? name : null;
}
