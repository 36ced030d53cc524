// Freezes what a node put out in the run that is shown, for runs of the draft.

import "@/lib/messages/inspector";
import { api } from "@/api/client";
import type { StepItems } from "@/api/types";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import type { Editor } from "./editor-context";
import { portsIn } from "./model/ports";
import { nodeById } from "./model/types";
import { pinning } from "./pinning";

/** A page of the server's: more do not belong in a document. */
const MOST_PINNED = 200;

/** False where the run has nothing that can be pinned: pinned items come out at the first output. */
export async function pinShown(editor: Editor, id: string): Promise<boolean> {
  const { runStore, docStore } = editor;
  const step = runStore.stepsOf(id)?.at(-1);
  const execution = runStore.summary()?.id;
  const port = pinnedPort(editor, id);
  if (!step || execution === undefined || port === null || !step.itemsOut[port]) return false;
  const [name, run] = [step.node, step.run].map(encodeURIComponent);
  const { items, total } = await api.get<StepItems>(
    `executions/${execution}/steps/${name}/${run}/`,
    { query: { side: "output", port, offset: 0, limit: MOST_PINNED } },
  );
  const node = nodeById(docStore.getState().document, id);
  if (!node || items.length === 0) return false;
  editor.commit(t("inspector.step.pin", { name: node.name }), pinning(editor, id, items));
  sayPinned(items.length, total);
  return true;
}

function pinnedPort({ docStore, catalog }: Editor, id: string): string | null {
  const { document } = docStore.getState();
  const node = nodeById(document, id);
  const outputs = node ? portsIn(document, node, catalog.byType).outputs : [];
  return outputs.find(({ kind }) => kind === "main")?.id ?? null;
}

/** Only where the pin is less than what came out. */
function sayPinned(count: number, total: number): void {
  if (count < total) toast(t("inspector.pin.part", { count, total }), { key: "pin" });
}
