// Opens a workflow: builds the stores that the parts of one editor share.

import "@/lib/messages/editor";
import type { QueryClient } from "@tanstack/react-query";
import { keys } from "@/api/queries";
import type { Problem, Workflow, WorkflowDocument } from "@/api/types";
import type { Catalog } from "@/features/palette";
import type { RunStore } from "@/features/runs";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import { commitTo, createDocumentStore } from "./document-store";
import type { Editor } from "./editor-context";
import { createPresence } from "./presence/peers";
import { type Draft, Saving } from "./saving/autosave";
import { draftOf, draftServer } from "./saving/draft-server";
import type { Journal } from "./saving/journal";
import { createSelectionStore } from "./selection";
import { createEditorUi } from "./ui-store";

type OpenOptions = {
  readonly workflow: Workflow;
  readonly catalog: Catalog;
  readonly runStore: RunStore;
  readonly journal: Journal;
  readonly client: QueryClient;
  readonly readOnly: boolean;
  readonly inspecting: string | null;
  /** The name of who edits. */
  readonly person?: string;
};

export function openEditor(options: OpenOptions): Editor {
  const {
    workflow,
    catalog,
    runStore,
    journal,
    client,
    readOnly,
    inspecting,
    person = "",
  } = options;
  const { document, revision, problems } = draftOf(workflow);
  const docStore = createDocumentStore({ document, revision }, { problems, readOnly });
  const onSaved = (draft: Draft) =>
    client.setQueryData<Workflow>(
      keys.workflow(workflow.id),
      (known) => known && updated(known, draft),
    );
  const onMerged = async (author: string | null, before: WorkflowDocument, after: Draft) => {
    const { changesBetween, nodesTouched } = await import("./model/diff");
    const count = nodesTouched(changesBetween(before, after.document));
    toast(t("editor.merged", { author: author ?? t("editor.mergedSomebody"), count }), {
      key: "merge",
    });
  };
  const server = draftServer(workflow.id);
  return {
    workflowId: workflow.id,
    catalog,
    docStore,
    commit: commitTo(docStore),
    selection: createSelectionStore(),
    ui: createEditorUi(inspecting),
    runStore,
    presence: createPresence(),
    person,
    saving: readOnly
      ? null
      : new Saving({
          store: docStore,
          server,
          journal,
          onSaved,
          onMerged: (...news) => void onMerged(...news).catch(() => undefined),
        }),
  };
}

function updated(known: Workflow, { document, revision, problems }: Draft): Workflow {
  return {
    ...known,
    document,
    name: document.name,
    revision,
    problems,
    has_unpublished_changes: true,
  };
}

type ViewOptions = {
  readonly workflowId: string;
  readonly document: WorkflowDocument;
  readonly catalog: Catalog;
  readonly runStore: RunStore;
  readonly problems?: readonly Problem[];
  readonly marks?: Editor["marks"];
};

/** An editor that only shows: a past run on the document of its own version. */
export function createViewer(options: ViewOptions): Editor {
  const { workflowId, document, catalog, runStore, marks } = options;
  const docStore = createDocumentStore({ document, revision: 0 }, { readOnly: true });
  return {
    workflowId,
    catalog,
    docStore,
    commit: commitTo(docStore),
    selection: createSelectionStore(),
    ui: createEditorUi(),
    runStore,
    presence: createPresence(),
    person: "",
    saving: null,
    ...(marks ? { marks } : {}),
  };
}
