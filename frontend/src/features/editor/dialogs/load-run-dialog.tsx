// Loads a past run into the editor: says what it replaces, then does it as one step of the history.

import "@/lib/messages/loading";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import { executionQuery } from "@/api/queries";
import type { Execution, Item, StepItems } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { QueryState } from "@/ui/query-state";
import { toast } from "@/ui/toast";
import type { Editor } from "../editor-context";
import { changesOf, loadedDocument, type PinSource, pinSources } from "../model/load-run";
import { makerOf } from "../pinning";
import { useDocument, useEditor } from "../store";

type Props = { readonly executionId: string; readonly onClose: () => void };

/** Pins travel with every save, so only as many items as people look at. */
const PINNED_ITEMS = 200;

export function LoadRunDialog({ executionId, onClose }: Props) {
  const editor = useEditor();
  const query = useQuery(executionQuery(executionId));
  const [busy, setBusy] = useState(false);
  const load = async (execution: Execution) => {
    setBusy(true);
    try {
      await loadInto(editor, execution);
      onClose();
    } catch (error) {
      toast(t("editor.load.failed"), { kind: "error", description: messageOf(error) });
      setBusy(false);
    }
  };
  const { data } = query;
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("editor.load.title", { number: data?.number ?? "" })}
      description={t("editor.load.hint")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={busy || !data}
            onClick={() => data && void load(data)}
          >
            {t("editor.load.take")}
          </Button>
        </>
      }
    >
      <QueryState query={query} rows={3}>
        {data && <Changes execution={data} />}
      </QueryState>
    </Dialog>
  );
}

function Changes({ execution }: { readonly execution: Execution }) {
  const editor = useEditor();
  const draft = useDocument((document) => document);
  const changes = useMemo(() => changesOf(draft, execution.document), [draft, execution]);
  const sources = useMemo(() => pinSources(execution, editor.catalog.byType), [execution, editor]);
  return (
    <dl className="flex flex-col gap-3">
      <Row term={t("editor.load.nodes")} names={changes.nodes} none={t("editor.load.noNodes")} />
      <Row
        term={t("editor.load.pins")}
        names={sources.map(({ name, items }) => t("editor.load.pin", { name, count: items }))}
        none={t("editor.load.noPins")}
      />
      {changes.pins.length > 0 && (
        <Row term={t("editor.load.unpinned")} names={changes.pins} none="" />
      )}
    </dl>
  );
}

type RowProps = {
  readonly term: string;
  readonly names: readonly string[];
  readonly none: string;
};

function Row({ term, names, none }: RowProps) {
  return (
    <div>
      <dt className="text-xs font-medium text-fg-subtle">{term}</dt>
      <dd className="mt-0.5 break-words">{names.length > 0 ? names.join(", ") : none}</dd>
    </div>
  );
}

async function loadInto(editor: Editor, execution: Execution): Promise<void> {
  const sources = pinSources(execution, editor.catalog.byType);
  const pinned = await Promise.all(
    sources.map(async (source) => [source.node, await itemsOf(execution.id, source)] as const),
  );
  const pins = Object.fromEntries(pinned);
  const maker = makerOf(editor);
  const label = t("editor.step.loadRun", { number: execution.number });
  editor.commit(label, (draft) => loadedDocument(draft, execution.document, pins, maker));
  toast(t("editor.load.done", { number: execution.number }), { kind: "success", key: "load" });
}

async function itemsOf(
  execution: string,
  { node, run, port }: PinSource,
): Promise<readonly Item[]> {
  const path = `executions/${execution}/steps/${encodeURIComponent(node)}/${encodeURIComponent(run)}/`;
  const { items } = await api.get<StepItems>(path, {
    query: { side: "output", port, offset: 0, limit: PINNED_ITEMS },
  });
  return items.map(({ json, binary }) => (binary ? { json, binary } : { json }));
}
